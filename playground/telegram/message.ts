/**
 * How Telegram shows a message that it stores: by a Message object made anew each time, so that a
 * reply shows what its target says now (https://core.telegram.org/bots/api#message).
 */
import type { Message, MessageOrigin } from "grammy/types";
import type { SimulatedBot } from "./bot.ts";
import type { SimulatedMessage, StoredMessage } from "./chat.ts";
import { withFileIdsOf } from "./files.ts";

const stored = new WeakMap<Message, StoredMessage>();

/** The stored message behind a Message that was shown. */
export function storedMessageOf(message: Message): StoredMessage | undefined {
  return stored.get(message);
}

/** The message as everybody in the chat sees it. */
export function toMessage(record: StoredMessage): SimulatedMessage {
  const shown = render(record, true);
  stored.set(shown, record);
  return shown;
}

/** The message as a service message shows it that is about it: without the one it answers. */
export function toMentioned(record: StoredMessage): SimulatedMessage {
  const shown = render(record, false);
  stored.set(shown, record);
  return shown;
}

/** The message as a bot sees it: with file IDs of its own and no answers it may not know. */
export function toMessageFor(bot: SimulatedBot, record: StoredMessage): Message {
  const shown = withFileIdsOf(render(record, true), bot.id);
  if (shown.poll?.type === "quiz" && !knowsAnswer(bot, record)) {
    const { correct_option_ids: _, explanation: __, ...poll } = shown.poll;
    shown.poll = poll;
  }
  return shown;
}

/**
 * Whether a bot may know a quiz's right answer: it is closed, the bot sent it, or somebody sent
 * (not forwarded) it to the bot (https://core.telegram.org/bots/api#poll).
 */
export function knowsAnswer(bot: SimulatedBot, record: StoredMessage): boolean {
  if (record.content.poll?.is_closed || record.author.bot === bot) return true;
  return record.chat.type === "private" && record.origin === undefined;
}

/** A copy of an object without the keys that are undefined. */
export function defined<T extends object>(object: { [K in keyof T]: T[K] | undefined }): T {
  const copy: Partial<T> = {};
  for (const name in object) {
    const value = object[name];
    if (value !== undefined) copy[name] = value;
  }
  return copy as T;
}

function render(record: StoredMessage, withReply: boolean): Message {
  const { author } = record;
  const replied = record.replyToId === undefined
    ? undefined
    : record.chat.records.get(record.replyToId);
  return defined({
    message_id: record.id,
    from: author.from,
    sender_chat: author.senderChat?.toChat(),
    chat: record.chat.toChat(),
    date: record.date,
    edit_date: record.editDate,
    message_thread_id: record.threadId,
    is_topic_message: record.chat.type === "private" && record.threadId !== undefined
      ? true
      : undefined,
    ...forwardFields(record.origin),
    is_automatic_forward: record.isAutomaticForward ? true : undefined,
    reply_to_message: withReply && replied !== undefined ? render(replied, false) : undefined,
    external_reply: record.externalReply,
    quote: record.quote,
    ...record.answering,
    via_bot: record.viaBot?.user,
    has_protected_content: record.isProtected || record.chat.hasProtectedContent ? true : undefined,
    media_group_id: record.mediaGroupId,
    author_signature: author.signature,
    effect_id: record.effectId,
    ...record.content,
    reply_markup: record.replyMarkup,
  } as Message);
}

/** Bots still receive the fields that `forward_origin` replaced in Bot API 7.0. */
function forwardFields(origin: MessageOrigin | undefined): object {
  if (origin === undefined) return {};
  const common = { forward_origin: origin, forward_date: origin.date };
  switch (origin.type) {
    case "user":
      return { ...common, forward_from: origin.sender_user };
    case "hidden_user":
      return { ...common, forward_sender_name: origin.sender_user_name };
    case "chat":
      return {
        ...common,
        forward_from_chat: origin.sender_chat,
        forward_signature: origin.author_signature,
      };
    case "channel":
      return {
        ...common,
        forward_from_chat: origin.chat,
        forward_from_message_id: origin.message_id,
        forward_signature: origin.author_signature,
      };
  }
}
