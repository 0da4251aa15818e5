/** The one way in for updates: what does not have the shape of one goes no further. */
import type { Update } from "grammy/types";
import { UPDATE_TYPES } from "../updates.ts";
import { chat, member, message, pressedMessage, reaction, user } from "./message.ts";
import {
  both,
  type Fields,
  isRecord,
  list,
  messageId,
  record,
  shallow,
  type Shape,
  text,
  time,
} from "./shape.ts";

/** An update as it was read; or, as far as that could be told, which one it would have been. */
export type ReadUpdate =
  | { update: Update; misfit?: undefined }
  /** `misfit`: where it is not what it should be. */
  | { misfit: string; updateId?: number; update?: undefined };

/** No message is nested as deeply; what is would be more than our own code, or JSON's, may follow. */
const MOST_LEVELS = 64;

const memberChange = record({
  chat,
  from: user,
  date: time,
  old_chat_member: member,
  new_chat_member: member,
});

/** What an update of each kind that we ask for holds (Bot API, Update). */
const CONTENTS: Record<typeof UPDATE_TYPES[number], Shape> = {
  message,
  edited_message: message,
  channel_post: message,
  message_reaction: record(
    { chat, message_id: messageId, date: time, new_reaction: list(reaction) },
    { user, actor_chat: chat },
  ),
  callback_query: record({ id: text, from: user }, { message: pressedMessage, data: text }),
  inline_query: record({ id: text, from: user, query: text, offset: text }),
  chosen_inline_result: record({ result_id: text, from: user }),
  my_chat_member: memberChange,
  chat_member: memberChange,
  chat_join_request: record({ chat, from: user, date: time }),
};

const SHAPES = new Map<string, Shape>(
  UPDATE_TYPES.map((type) => [type, both(shallow(MOST_LEVELS), CONTENTS[type])]),
);

/**
 * Reads an update off the wire. One of a kind that we do not ask for is read as one without content:
 * it means nothing to us.
 */
export function readUpdate(value: unknown): ReadUpdate {
  if (!isRecord(value)) return { misfit: "update" };
  const updateId = updateIdOf(value);
  if (updateId === undefined) return { misfit: "update_id" };
  const update: Fields = { update_id: updateId };
  for (const [type, shape] of SHAPES) {
    const content = value[type];
    if (content === undefined) continue;
    // At most one of them can be there (Bot API, Update).
    if (Object.keys(update).length > 1) return { misfit: type, updateId };
    const misfit = shape(content);
    if (misfit !== null) return { misfit: misfit === "" ? type : `${type}.${misfit}`, updateId };
    update[type] = content;
  }
  return { update: update as unknown as Update };
}

/** The ID of an update; `undefined`: it has none that could be one. */
export function updateIdOf(value: unknown): number | undefined {
  if (!isRecord(value)) return undefined;
  const { update_id: updateId } = value;
  return messageId(updateId) === null ? updateId as number : undefined;
}

/** In which chat a message was written, as far as an update that does not fit can tell. */
export function placeOf(value: unknown): { chatId: number; messageId: number } | undefined {
  if (!isRecord(value)) return undefined;
  const written = value.message ?? value.edited_message;
  if (!isRecord(written) || chat(written.chat) !== null) return undefined;
  if (messageId(written.message_id) !== null) return undefined;
  return { chatId: (written.chat as { id: number }).id, messageId: written.message_id as number };
}

/** The chat whose order an update belongs to; `undefined`: it belongs to none. */
export function chatIdIn(value: unknown): number | undefined {
  if (!isRecord(value)) return undefined;
  for (const content of Object.values(value)) {
    if (isRecord(content) && chat(content.chat) === null) {
      return (content.chat as { id: number }).id;
    }
  }
  return undefined;
}
