/** Updates: which ones Telegram is asked for, and what it takes to accept one. */
import type { Update } from "grammy/types";
import type { Decision } from "../jobs/reader.ts";
import { TryAgain } from "../values/try_again.ts";

/**
 * Accepts an update: what `decide` says is written in one commit, and the lanes it adds to are
 * begun in the background. Rejects if the database did not take it.
 */
export type Accept = (update: Update, decide: Decision) => Promise<void>;

/** Thrown while an update cannot be received yet: Telegram has to bring it again. */
export class NotReady extends TryAgain {
  override name = "NotReady";
  override readonly isSaid = true;
}

/**
 * The updates we ask Telegram for. Spelled out, because those about other people's membership are
 * not sent otherwise (Bot API, setWebhook, allowed_updates).
 */
export const UPDATE_TYPES = [
  "message",
  "edited_message",
  "channel_post",
  "message_reaction",
  "callback_query",
  "inline_query",
  "chosen_inline_result",
  "my_chat_member",
  "chat_member",
  "chat_join_request",
] as const satisfies Exclude<
  keyof Update,
  "update_id"
>[];
