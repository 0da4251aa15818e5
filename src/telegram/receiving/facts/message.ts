/** Reads a message of Telegram's: the one step from what came to what decisions are told. */
import type { Message } from "grammy/types";
import { commandGivenIn } from "../../../commands/command.ts";
import { type CardCopy, readCard, readCopy } from "../../../conversation/card.ts";
import { type Customer, toCustomer } from "../../../conversation/conversation.ts";
import type { Circumstances } from "../../../decisions/circumstances.ts";
import type { Desk } from "../../../desk/desk.ts";
import { type Person, personOf } from "../../../desk/team.ts";
import { treatmentOf } from "../../../message/content.ts";
import type { AnsweredFacts, CommandFacts, MessageFacts } from "../../../message/facts.ts";
import type { Reference } from "../../../message/snapshot.ts";
import { excerpt } from "../../../words/excerpt.ts";
import { plain } from "../../../words/formatted.ts";
import type { Place } from "../../../message/link.ts";
import { toContent, traceOf } from "../../../replies/reply.ts";
import { defined } from "../../../values/defined.ts";
import { spokenLanguage, type Wording } from "../../../words/language.ts";
import { authorOf } from "./author.ts";
import { readContent } from "./content.ts";
import { isForwardFrom } from "./forward.ts";
import { showsOf } from "./fingerprint.ts";

/** From where a message is looked at: which bot reads it, of which desk. */
export type Viewpoint = Pick<Circumstances, "desk" | "botId" | "botUsername" | "fingerprintKey">;

/** Reads a message, a post, or what either was edited into. */
export function readMessage(message: Message, viewpoint: Viewpoint): MessageFacts {
  const { desk, botId, botUsername, fingerprintKey } = viewpoint;
  const content = readContent(message);
  const { snapshot: { words, media } } = content;
  const given = commandGivenIn(words, botUsername);
  const isCommand = given !== null && given !== "of another bot";
  const answered = readAnswered(message, desk, { isCommand });
  const post = postOf(message, desk);
  const pinned = pinnedIn(message);
  const posted = chatIsChannel(message, desk) ? cardIn(message.reply_to_message) : null;
  const { chat, from, media_group_id: album, edit_date: editedS } = message;
  const reply = message.via_bot?.id === botId ? toContent(content) : null;
  return {
    place: placeOf(message),
    sentMs: message.date * 1000,
    ...(editedS ? { editedMs: editedS * 1000 } : {}),
    author: authorOf(message, desk),
    ...(from && chat.type === "private" ? { customer: toCustomer(from) } : {}),
    wording: wordingOf(from),
    content,
    treatment: treatmentOf(content.kind),
    shows: showsOf(message, content, fingerprintKey),
    ...defined({ album: media && album }),
    given,
    isNote: words?.text.startsWith("#") === true,
    ...(message.via_bot ? { isInserted: true } : {}),
    ...(reply ? { replyTrace: traceOf(reply, fingerprintKey) } : {}),
    ...defined({ answered, post, pinned: pinned ?? undefined, posted: posted ?? undefined }),
  };
}

/** Reads what obeying a command needs of its message. */
export function readCommand(message: Message, desk: Desk): CommandFacts {
  const answered = readAnswered(message, desk, { isCommand: true });
  return {
    author: authorOf(message, desk),
    wording: wordingOf(message.from),
    content: readContent(message),
    ...defined({ answered, isOfAlbum: message.media_group_id === undefined ? undefined : true }),
  };
}

/** Reads where a message is, and which root it answers, as far as it can be seen. */
export function readThread(
  message: Message,
  desk: Desk,
): Pick<MessageFacts, "place" | "answered"> {
  const answered = readAnswered(message, desk, { isCommand: false });
  return { place: placeOf(message), ...defined({ answered }) };
}

/** In whose words a user is answered. */
export function wordingOf(user: Message["from"]): Wording {
  const language = spokenLanguage(user?.language_code);
  return language ? { language } : {};
}

function placeOf({ chat, message_id, message_thread_id: rootId }: Message): Place {
  return {
    chatId: chat.id,
    messageId: message_id,
    // In a private chat it is a topic, and no root.
    ...defined({ rootId: chat.type === "private" ? undefined : rootId }),
  };
}

function readAnswered(
  { chat, reply_to_message }: Message,
  desk: Desk,
  { isCommand }: { isCommand: boolean },
): AnsweredFacts | undefined {
  if (!reply_to_message) return undefined;
  // It may come without the chat, which is that of the answer.
  const answered: Message = { ...reply_to_message as Message, chat };
  const post = postOf(answered, desk);
  const subject = subjectOf(answered);
  return {
    messageId: answered.message_id,
    author: authorOf(answered, desk),
    ...defined({
      isRoot: answered.is_automatic_forward,
      post,
      subject,
      says: chat.type === "private" ? said(answered) : undefined,
      content: isCommand ? readContent(answered) : undefined,
    }),
  };
}

/** How much is said of an answered message. */
const SAID_MOST = 200;

/** What a message is, and how its words begin. */
function said(message: Message): Reference {
  const { kind, snapshot: { words } } = readContent(message);
  const text = words ? excerpt(words.text, SAID_MOST) : "";
  return text === "" ? { kind } : { words: plain(text) };
}

/** Whom a message is about: who has joined, or wrote what it forwards. */
function subjectOf({ new_chat_members, forward_origin }: Message): Person | undefined {
  const [joined] = new_chat_members ?? [];
  if (joined) return personOf(joined);
  return forward_origin?.type === "user" ? personOf(forward_origin.sender_user) : undefined;
}

/** The desk's post that a message is the automatic forward of: in the desk's group, and of its channel. */
function postOf(message: Message, { channelId, groupId }: Desk): CardCopy | undefined {
  const { chat, forward_origin: origin, text = "" } = message;
  if (chat.id !== groupId || !isForwardFrom(channelId, message)) return undefined;
  return origin?.type === "channel" ? readCopy(origin.message_id, text) : undefined;
}

function pinnedIn({ pinned_message: pinned }: Message): Customer | null {
  return pinned && "text" in pinned ? cardIn(pinned) : null;
}

function chatIsChannel({ chat }: Message, { channelId }: Desk): boolean {
  return chat.id === channelId;
}

/** Whose card a post is; `null`: it is none. */
function cardIn(post: Pick<Message, "text"> | undefined): Customer | null {
  return readCard(post?.text ?? "");
}
