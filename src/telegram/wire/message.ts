/** The shapes of messages, and of who and what they name, as far as they are relied on. */
import {
  both,
  count,
  decimal,
  either,
  flag,
  groupId,
  kinds,
  list,
  messageId,
  name,
  record,
  text,
  time,
  userId,
  whole,
} from "./shape.ts";

/** A user (Bot API, User). */
export const user = record(
  { id: userId, is_bot: flag, first_name: name },
  { last_name: name, username: name, language_code: name },
);

const ofPerson = record({ id: userId });
const ofMany = record({ id: groupId });

/** A chat as messages name it (Bot API, Chat). */
export const chat = both(
  record({ type: text, id: either(userId, groupId) }, {
    title: name,
    username: name,
    first_name: name,
    last_name: name,
  }),
  kinds("type", { private: ofPerson, group: ofMany, supergroup: ofMany, channel: ofMany }),
);

const entities = list(record({ type: text, offset: count, length: count }));

const file = record({ file_id: text, file_unique_id: text }, { file_size: count });

const origin = kinds("type", {
  user: record({ sender_user: user }),
  hidden_user: record({ sender_user_name: name }),
  chat: record({ sender_chat: chat }),
  channel: record({ chat, message_id: messageId }),
});

const place = record({ latitude: decimal, longitude: decimal }, { live_period: count });

const option = record({ text }, { text_entities: entities });

/** The fields of a message besides those that hold another message. */
const OWN_FIELDS = {
  message_thread_id: messageId,
  from: user,
  sender_chat: chat,
  via_bot: user,
  author_signature: name,
  edit_date: time,
  media_group_id: name,
  is_automatic_forward: flag,
  forward_origin: origin,
  quote: record({ text, position: count }, { entities, is_manual: flag }),
  // It is a help to whoever reads the message, which says enough where an origin is missing.
  external_reply: record({}, { origin, chat, message_id: messageId }),
  reply_markup: record({}, {
    inline_keyboard: list(list(record({ text }, { url: text, callback_data: text }))),
  }),
  link_preview_options: record({}),
  text,
  entities,
  caption: text,
  caption_entities: entities,
  animation: file,
  audio: file,
  document: file,
  video: file,
  voice: file,
  video_note: file,
  sticker: file,
  live_photo: record({ file_id: text, file_unique_id: text }, { photo: list(file) }),
  photo: list(file),
  location: place,
  venue: record({ location: place, title: text, address: text }),
  contact: record({ phone_number: text, first_name: name }, { last_name: name, vcard: text }),
  dice: record({ emoji: text, value: count }),
  poll: record(
    {
      question: text,
      options: list(option),
      type: text,
      is_anonymous: flag,
      allows_multiple_answers: flag,
    },
    { question_entities: entities, correct_option_ids: list(count) },
  ),
  new_chat_members: list(user),
  migrate_to_chat_id: groupId,
  chat_shared: record({ request_id: whole, chat_id: groupId }, { title: name }),
};

/** A message that another one holds: it may come without its chat. */
const heldMessage = record({ message_id: messageId, date: time }, { chat, ...OWN_FIELDS });

/** A message or a post (Bot API, Message). */
export const message = record({ message_id: messageId, date: time, chat }, {
  ...OWN_FIELDS,
  reply_to_message: heldMessage,
  pinned_message: record({}, { text }),
});

/** A message that a call has made: what is kept of it (Bot API, Message and MessageId). */
export const sentMessage = record({ message_id: messageId }, { message_thread_id: messageId });

/** Somebody's place in a chat (Bot API, ChatMember). */
export const member = record({ status: text, user }, { is_member: flag });

/** A chat as it is described when asked for (Bot API, ChatFullInfo). */
export const fullChat = both(
  chat,
  record({}, {
    linked_chat_id: groupId,
    permissions: record({}),
    slow_mode_delay: count,
    message_auto_delete_time: count,
  }),
);

/** A message under which there is a button (Bot API, MaybeInaccessibleMessage). */
export const pressedMessage = either(
  message,
  record({ message_id: messageId, chat, date: (value) => value === 0 ? null : "" }),
);

/** A reaction (Bot API, ReactionType). */
export const reaction = kinds("type", { emoji: record({ emoji: text }) });
