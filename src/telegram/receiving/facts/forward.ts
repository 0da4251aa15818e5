/** Reads what Telegram itself forwards: a channel's posts, into the channel's discussion group. */
import type { Message } from "grammy/types";

/**
 * Whether a message is the automatic forward of a post of this channel. Only Telegram's servers mark
 * a message as one; where posts carry their authors' profiles, its `sender_chat` may be another than
 * the channel (Bot API, Message.is_automatic_forward and forward_origin).
 */
export function isForwardFrom(
  channelId: number,
  { is_automatic_forward, forward_origin: origin }: Message,
): boolean {
  return is_automatic_forward === true && origin?.type === "channel" &&
    origin.chat.id === channelId;
}
