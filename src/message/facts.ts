/** What is to be known of a message before anything is decided: its album, its place, what it answers. */
import type { Message } from "grammy/types";
import type { Lane } from "../conversation/lane.ts";
import type { Place } from "./link.ts";
import { snapshotOf } from "./snapshot.ts";

const KEPT_MOST_BYTES = 50_000;

/**
 * A message as it can wait until it is known whose it is: a record of the database takes 64 KiB
 * (https://docs.deno.com/deploy/kv/#limits), so of a very long one what it answers is left out.
 */
export function kept(message: Message): Message {
  const bytes = new TextEncoder().encode(JSON.stringify(message)).length;
  if (bytes < KEPT_MOST_BYTES) return message;
  const { reply_to_message: _answered, ...rest } = message;
  return rest as Message;
}

/** Comments that start with `#` are internal notes of the team. */
export function isNote(message: Message): boolean {
  return (message.text ?? message.caption ?? "").startsWith("#");
}

/** Where a message of a lane's writer is; in the group, with the thread it is in. */
export function placeOf({ chat, message_id, message_thread_id }: Message, lane: Lane): Place {
  const isInThread = lane.direction === "to-customer" && message_thread_id !== undefined;
  return {
    chatId: chat.id,
    messageId: message_id,
    ...(isInThread ? { rootId: message_thread_id } : {}),
  };
}

/** Under which name the album of a message can be found; nothing if it is in none. */
export function albumOf(message: Message): string | undefined {
  const isPiece = message.media_group_id !== undefined && snapshotOf(message).media !== undefined;
  return isPiece ? `album/${message.media_group_id}` : undefined;
}

/** Which message of its chat a message answers, if any. The root is answered by every comment. */
export function answering(message: Message): { answerTo?: number } {
  const answered = message.reply_to_message;
  return answered && !answered.is_automatic_forward ? { answerTo: answered.message_id } : {};
}
