/** Pinning messages, and the service message that tells of it. */
import type { Author, StoredMessage } from "./chat.ts";
import { toMentioned } from "./message.ts";
import { post } from "./post.ts";
import type { World } from "./world.ts";

/** Pins a message on somebody's behalf; false if it was pinned already. */
export function pin(world: World, record: StoredMessage, author: Author): boolean {
  const { chat } = record;
  if (chat.pinned.includes(record.id)) return false;
  chat.pinned.push(record.id);
  if (world.unproven.notesPins[chat.type]) notePin(world, record, author);
  return true;
}

/** Pins an automatic forward, as Telegram does by itself. */
export function pinAutomatically(world: World, forward: StoredMessage): void {
  forward.chat.pinned.push(forward.id);
  if (world.unproven.notesAutomaticPins) notePin(world, forward, forward.author);
}

/** Service messages carry no signature. */
function notePin(world: World, record: StoredMessage, { signature: _, ...author }: Author): void {
  post(world, {
    chat: record.chat,
    author,
    content: { pinned_message: toMentioned(record) },
  });
}
