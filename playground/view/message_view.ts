/** A message as the page shows it: plain data, made of what the simulated Telegram stores. */
import type { InlineKeyboardButton, MessageEntity } from "grammy/types";
import { defined } from "../../src/values/defined.ts";
import type { StoredMessage } from "../telegram/chat.ts";
import { type Content, type Kind, kindOf } from "../telegram/kind.ts";

/** A button under a message, and what a client does when it is pressed. */
export interface ButtonView {
  text: string;
  does: "press" | "copy" | "open" | "query" | "nothing";
  /** What is copied, opened or typed behind the bot's name. */
  value?: string;
}

/** A file, as far as it is shown. */
export interface FileView {
  /** The same in every copy. */
  id: string;
  name?: string;
  bytes?: number;
  durationS?: number;
  width?: number;
  height?: number;
  title?: string;
  emoji?: string;
  /** Its bytes can be asked for. */
  isThere?: true;
}

/** A message of any chat. Times are in seconds, as in the Bot API. */
export interface MessageView {
  id: number;
  date: number;
  edited?: number;
  /** Who is shown as having written it. */
  by: { id: number; name: string; is: "person" | "bot" | "chat"; title?: string };
  /** Who has. */
  account: number;
  kind: Kind;
  text?: string;
  entities?: MessageEntity[];
  answers?: number;
  quote?: string;
  /** The first message of its thread. */
  thread?: number;
  /** The channel post of which it is the automatic forward. */
  post?: number;
  /** Whom it was forwarded from. */
  origin?: string;
  album?: string;
  via?: string;
  buttons?: ButtonView[][];
  reactions?: { emoji: string; accounts: number[] }[];
  file?: FileView;
  /** What else there is to it, in the Bot API's own fields. */
  more?: Partial<
    Pick<Content, "location" | "venue" | "contact" | "poll" | "dice" | "checklist" | "game">
  >;
}

/** Shows a stored message. */
export function viewOf(record: StoredMessage, hasBytes: boolean): MessageView {
  const { content, author, chat } = record;
  const kind = kindOf(content);
  const { location, venue, contact, poll, dice, checklist, game } = content;
  const more = defined({ location, venue, contact, poll, dice, checklist, game });
  return {
    id: record.id,
    date: record.date,
    by: authorOf(record),
    account: author.accountId,
    kind,
    ...defined({
      edited: record.editDate,
      text: content.text ?? content.caption ?? serviceText(record, kind),
      entities: content.entities ?? content.caption_entities,
      answers: record.replyToId,
      quote: record.quote?.is_manual ? record.quote.text : undefined,
      thread: chat.type === "supergroup" ? record.threadId : undefined,
      post: postOf(record),
      origin: record.isAutomaticForward ? undefined : originOf(record),
      album: record.mediaGroupId,
      via: record.viaBot?.info.username,
      buttons: record.replyMarkup?.inline_keyboard.map((row) => row.map(buttonOf)),
      reactions: reactionsOf(record),
      file: fileOf(content, kind, hasBytes),
      more: Object.keys(more).length > 0 ? more : undefined,
    }),
  };
}

function authorOf({ author, chat }: StoredMessage): MessageView["by"] {
  const title = author.signature;
  if (author.senderChat) {
    const { id, title: name = "" } = author.senderChat;
    return { id, name, is: "chat", ...defined({ title }) };
  }
  const { from } = author;
  if (!from) return { id: chat.id, name: chat.title ?? "", is: "chat" };
  const name = [from.first_name, from.last_name].filter(Boolean).join(" ");
  return { id: from.id, name, is: from.is_bot ? "bot" : "person" };
}

function postOf({ isAutomaticForward, origin }: StoredMessage): number | undefined {
  return isAutomaticForward && origin?.type === "channel" ? origin.message_id : undefined;
}

function originOf({ origin }: StoredMessage): string | undefined {
  switch (origin?.type) {
    case undefined:
      return undefined;
    case "user":
      return origin.sender_user.first_name;
    case "hidden_user":
      return origin.sender_user_name;
    case "chat":
      return "title" in origin.sender_chat ? origin.sender_chat.title : undefined;
    case "channel":
      return "title" in origin.chat ? origin.chat.title : undefined;
  }
}

function buttonOf(button: InlineKeyboardButton): ButtonView {
  const { text } = button;
  if ("callback_data" in button) return { text, does: "press" };
  if ("copy_text" in button) return { text, does: "copy", value: button.copy_text.text };
  if ("url" in button) return { text, does: "open", value: button.url };
  if ("switch_inline_query_current_chat" in button) {
    return { text, does: "query", value: button.switch_inline_query_current_chat };
  }
  return { text, does: "nothing" };
}

function reactionsOf({ reactions }: StoredMessage): MessageView["reactions"] {
  const accountsByEmoji = new Map<string, number[]>();
  for (const [account, given] of reactions) {
    for (const reaction of given) {
      if (reaction.type !== "emoji") continue;
      const accounts = accountsByEmoji.get(reaction.emoji) ?? [];
      accountsByEmoji.set(reaction.emoji, [...accounts, account]);
    }
  }
  if (accountsByEmoji.size === 0) return undefined;
  return [...accountsByEmoji].map(([emoji, accounts]) => ({ emoji, accounts }));
}

function fileOf(content: Content, kind: Kind, hasBytes: boolean): FileView | undefined {
  const { photo, video, animation, audio, voice, video_note, sticker, document } = content;
  const files: Partial<Record<Kind, { file_unique_id: string } | undefined>> = {
    photo: photo?.at(-1),
    live_photo: photo?.at(-1),
    video,
    animation,
    audio,
    voice,
    video_note,
    sticker,
    document,
  };
  const shown = files[kind];
  if (!shown) return undefined;
  const file: { file_unique_id: string } & Record<string, unknown> = { ...shown };
  const title = [file.performer, file.title].filter(Boolean).join(" – ");
  return {
    id: shown.file_unique_id,
    ...defined({
      name: file.file_name as string | undefined,
      bytes: file.file_size as number | undefined,
      durationS: file.duration as number | undefined,
      width: file.width as number | undefined,
      height: file.height as number | undefined,
      title: title || undefined,
      emoji: file.emoji as string | undefined,
      isThere: hasBytes ? true as const : undefined,
    }),
  };
}

/** What a service message tells. */
function serviceText({ content, author }: StoredMessage, kind: Kind): string | undefined {
  if (kind !== "service") return undefined;
  const who = author.from?.first_name ?? author.senderChat?.title ?? "Telegram";
  const names = (people: { first_name: string }[] = []) =>
    people.map(({ first_name }) => first_name).join(", ");
  if (content.pinned_message) return `${who} pinned a message`;
  if (content.new_chat_members) return `${names(content.new_chat_members)} joined the group`;
  if (content.left_chat_member) {
    const { first_name: left, id } = content.left_chat_member;
    return id === author.accountId ? `${left} left the group` : `${who} removed ${left}`;
  }
  if (content.chat_shared) return `${who} shared a chat with the bot`;
  return `${Object.keys(content)[0]?.replaceAll("_", " ") ?? "something happened"}`;
}
