/** The bot as Telegram sees it: which updates it asks for, and who answers them. */
import { Bot } from "grammy";
import type { Update } from "grammy/types";
import type { Decision } from "../change.ts";
import type { Config } from "../config.ts";
import type { Circumstances } from "../relay.ts";
import { CALL_TIMEOUT_S, signalFor } from "./api.ts";
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
  "my_chat_member",
  "chat_member",
] as const satisfies Exclude<
  keyof Update,
  "update_id"
>[];

/** A bot with all its handlers. It answers updates once it knows its own name (`bot.botInfo`). */
export function createBot(
  { config, fetch, signal, ...handlers }: {
    config: Config;
    fetch: typeof globalThis.fetch;
    /** Ends every call that is under way. */
    signal: AbortSignal;
    accept: Accept;
    /** Throws while the desk is not known. */
    circumstances: () => Circumstances;
    /** Called when the bot's own place in the channel or group has changed. */
    onDeskChanged: () => void;
    /** Called when the group has become another chat. */
    onMigrated: (groupId: number) => void;
  },
): Bot {
  const bot = new Bot(config.botToken, {
    client: { apiRoot: config.apiRoot, timeoutSeconds: CALL_TIMEOUT_S, fetch },
  });
  bot.api.config.use((call, method, payload, own) =>
    call(method, payload, own ?? signalFor(signal))
  );
  bot.use(customers(handlers), group(handlers));
  return bot;
}
