/** Putting a message into a chat: the one way by which messages come into being. */
import type {
  ExternalReplyInfo,
  InlineKeyboardMarkup,
  MessageOrigin,
  ReplyKeyboardMarkup,
  TextQuote,
} from "grammy/types";
import type { SimulatedBot } from "./bot.ts";
import type { Answering, Author, SimulatedChat, StoredMessage } from "./chat.ts";
import { asBotsMay } from "./custom_emoji.ts";
import type { Content } from "./kind.ts";
import { defined } from "./message.ts";
import { publishMessage } from "./publish.ts";
import type { World } from "./world.ts";

/** A message that is about to be posted. */
export interface Draft {
  chat: SimulatedChat;
  author: Author;
  content: Content;
  replyTo?: StoredMessage | undefined;
  externalReply?: ExternalReplyInfo | undefined;
  quote?: TextQuote | undefined;
  answering?: Answering | undefined;
  origin?: MessageOrigin | undefined;
  isAutomaticForward?: boolean;
  viaBot?: SimulatedBot | undefined;
  inlineMessageId?: string | undefined;
  mediaGroupId?: string | undefined;
  effectId?: string | undefined;
  isProtected?: boolean | undefined;
  replyMarkup?: InlineKeyboardMarkup | undefined;
  hadReplyKeyboard?: boolean | undefined;
  /** It names itself as the thread that it begins. */
  beginsThread?: boolean;
  editDate?: number | undefined;
  /** The keyboard that it has clients show from then on; `null`: none. */
  keyboard?: ReplyKeyboardMarkup | null | undefined;
}

/** A posted message, and when the bots that may see it had a first chance to. */
export interface Posted {
  record: StoredMessage;
  handedOut: Promise<unknown>;
}

/** Posts a message and tells the bots. A channel post still has to be forwarded to its group. */
export function post(world: World, draft: Draft): Posted {
  const { chat, replyTo, keyboard, beginsThread, ...rest } = draft;
  const isBuilt = rest.author.bot !== undefined && rest.origin === undefined;
  const id = chat.nextMessageId();
  const isThreaded = chat.type === "supergroup" && replyTo !== undefined;
  const own = beginsThread ? id : topicOf(chat, rest.author);
  const record = defined<StoredMessage>({
    ...rest,
    content: isBuilt ? asBotsMay(world.unproven, rest.content) : rest.content,
    id,
    chat,
    date: world.date,
    replyToId: replyTo?.id,
    threadId: isThreaded ? replyTo.threadId ?? replyTo.id : own,
    disappearsS: chat.autoDeleteS > 0 ? world.date + chat.autoDeleteS : undefined,
    reactions: new Map(),
  });
  chat.records.set(record.id, record);
  if (record.disappearsS !== undefined && chat.peers === undefined) world.disappearing.add(record);
  if (keyboard !== undefined) chat.keyboard = keyboard ?? undefined;
  if (record.author.bot === undefined) chat.isOpened = true;
  else chat.lastBot = record.author.bot;
  const handedOut = publishMessage(world, record, false);
  if (chat.type === "channel") world.discussions.notice(record);
  return { record, handedOut };
}

/**
 * The topic in which a person writes to a bot that has topics. What the bot sends without naming one
 * is in none.
 */
function topicOf(chat: SimulatedChat, author: Author): number | undefined {
  if (!chat.peers?.bot.info.has_topics_enabled || author.bot !== undefined) return undefined;
  return chat.topicId ??= chat.nextMessageId();
}

/** Takes away what a chat's timer has let disappear. */
export function expire(world: World): void {
  for (const record of world.disappearing) {
    if ((record.disappearsS ?? Infinity) <= world.date) erase(world, record);
  }
}

/** Takes a message out of its chat. No update tells of it. */
export function erase(world: World, record: StoredMessage): void {
  const { chat } = record;
  chat.records.delete(record.id);
  world.disappearing.delete(record);
  chat.deleted.add(record.id);
  chat.unpin(record.id);
  if (world.unproven.forwardDiesWithPost && record.forward !== undefined) {
    erase(world, record.forward);
  }
}
