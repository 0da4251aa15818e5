/** The bot as Telegram sees it: which updates it asks for, and who answers them. */
import { Bot, type Composer, type Context } from "grammy";
import type { Update } from "grammy/types";
import type { Decision } from "../change.ts";
import type { Config } from "../config.ts";
import type { Circumstances } from "../relay.ts";
import { CALL_TIMEOUT_S, signalFor, unrepeated } from "./api.ts";
import { customers } from "./customers.ts";
import { group } from "./group.ts";

/**
 * Accepts an update: what `decide` says is written in one commit, and the lanes it adds to are
 * begun in the background. Rejects if the database did not take it.
 */
export type Accept = (update: Update, decide: Decision) => Promise<void>;

/**
 * The updates we ask Telegram for. Spelled out, because those about other people's membership are
 * not sent otherwise (Bot API, setWebhook, allowed_updates).
 */
export const UPDATE_TYPES = [
  "message",
  "edited_message",
  "message_reaction",
  "callback_query",
  "my_chat_member",
  "chat_member",
] as const satisfies Exclude<
  keyof Update,
  "update_id"
>[];

/** A bot without handlers: its API client, over the given `fetch`. */
export function createBot(
  { config, fetch, signal }: {
    config: Config;
    fetch: typeof globalThis.fetch;
    /** Ends every call that is under way. */
    signal: AbortSignal;
  },
): Bot {
  const bot = new Bot(config.botToken, {
    client: { apiRoot: config.apiRoot, timeoutSeconds: CALL_TIMEOUT_S, fetch: unrepeated(fetch) },
  });
  bot.api.config.use((call, method, payload, own) =>
    call(method, payload, own ?? signalFor(signal))
  );
  return bot;
}

/** Who answers which updates, in order. What throws leaves the update to be brought again. */
export function addHandlers(
  bot: Bot,
  { admin, ...handlers }: {
    admin: Composer<Context>;
    accept: Accept;
    /** Throws while the desk is not known. */
    circumstances: () => Circumstances;
    /** Called when the bot's own place in the channel or group has changed. */
    onDeskChanged: () => void;
    /** Called when the group has become another chat. */
    onMigrated: (groupId: number) => void;
  },
): void {
  bot.use(admin, customers(handlers), group(handlers));
}
