/** Methods about the bot itself: who it is, its updates, its files. */
import type { File, Opts, Update, UserFromGetMe, WebhookInfo } from "grammy/types";
import { badRequest, conflict } from "../error.ts";
import type { UpdateType } from "../update_queue.ts";
import { webhookAddress } from "../webhook_address.ts";
import type { Execution } from "./execution.ts";

const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;
const DEFAULT_CONNECTIONS = 40;
const MAX_CONNECTIONS = 100;
const MAX_SECRET_LENGTH = 256;

/** https://core.telegram.org/bots/api#getme */
export function getMe({ bot }: Execution): UserFromGetMe {
  return bot.info;
}

/** https://core.telegram.org/bots/api#getupdates */
export function getUpdates(
  { bot, signal }: Execution,
  args: NonNullable<Opts<"getUpdates">>,
): Promise<Update[]> {
  if (bot.webhook.settings !== undefined) {
    throw conflict(
      "can't use getUpdates method while webhook is active; use deleteWebhook to delete the " +
        "webhook first",
    );
  }
  if (args.allowed_updates !== undefined) bot.allowedUpdates = args.allowed_updates;
  return bot.polling.get(args, signal);
}

/** https://core.telegram.org/bots/api#setwebhook: what is not given again is reset. */
export function setWebhook({ bot }: Execution, args: Opts<"setWebhook">): true {
  if (args.url === "") return removeWebhook({ bot }, args);
  const { secret_token: secretToken, max_connections: connections = DEFAULT_CONNECTIONS } = args;
  const ipAddress = webhookAddress(args.url, args.ip_address);
  if ((secretToken?.length ?? 0) > MAX_SECRET_LENGTH) throw badRequest("secret token is too long");
  if (!/^[\w-]*$/.test(secretToken ?? "")) {
    throw badRequest("secret token contains unallowed characters");
  }
  if (args.allowed_updates !== undefined) bot.allowedUpdates = args.allowed_updates;
  if (args.drop_pending_updates) bot.queue.clear();
  bot.polling.terminate("terminated by setWebhook request");
  bot.polling.isUsed = false;
  const settings = {
    url: args.url,
    maxConnections: Math.min(Math.max(1, connections), MAX_CONNECTIONS),
    ipAddress,
    ...(secretToken === undefined || secretToken === "" ? {} : { secretToken }),
  };
  const isSame = JSON.stringify(settings) === JSON.stringify(bot.webhook.settings);
  if (!isSame || args.drop_pending_updates) bot.webhook.set(settings);
  return true;
}

/** https://core.telegram.org/bots/api#deletewebhook */
export function deleteWebhook(
  call: Execution,
  args: NonNullable<Opts<"deleteWebhook">>,
): true {
  return removeWebhook(call, args);
}

/** https://core.telegram.org/bots/api#getwebhookinfo */
export function getWebhookInfo({ bot }: Execution): WebhookInfo {
  const allowed = bot.allowedUpdates as UpdateType[];
  return {
    ...bot.webhook.info(),
    ...(allowed.length === 0 ? {} : { allowed_updates: [...allowed] }),
  };
}

/** https://core.telegram.org/bots/api#getfile */
export function getFile({ world, bot }: Execution, args: Opts<"getFile">): File {
  const file = world.files.find(args.file_id, bot.id, "get");
  const isLimited = typeof world.files.serving === "string";
  if (isLimited && file.sizeBytes > MAX_DOWNLOAD_BYTES) throw badRequest("file is too big");
  return {
    file_id: args.file_id,
    file_unique_id: file.uniqueId,
    file_size: file.sizeBytes,
    file_path: world.files.pathFor(file, bot.token),
  };
}

function removeWebhook(
  { bot }: Pick<Execution, "bot">,
  args: { drop_pending_updates?: boolean },
): true {
  if (args.drop_pending_updates) bot.queue.clear();
  bot.webhook.set(undefined);
  return true;
}
