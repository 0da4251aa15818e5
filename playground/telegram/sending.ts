/** A person's message on its way from their client into a chat. */
import type { ExternalReplyInfo, InlineKeyboardMarkup, MessageOrigin } from "grammy/types";
import type { SimulatedBot } from "./bot.ts";
import type { Answering, SimulatedChat, SimulatedMessage, StoredMessage } from "./chat.ts";
import { assertFits, assertMayWrite, authorOf } from "./client_rules.ts";
import {
  type CaptionSpec,
  type ContentSpec,
  isCaptionField,
  toContent,
  withCaption,
} from "./content.ts";
import { forwardEdit, forwardPosts } from "./forwarding.ts";
import { type Content, kindOf } from "./kind.ts";
import { toMessage } from "./message.ts";
import type { Person } from "./person.ts";
import { type Draft, expire, post } from "./post.ts";
import { publishMessage } from "./publish.ts";
import { automaticQuoteOf, externalReplyTo, markedIn } from "./reply.ts";
import type { World } from "./world.ts";

/** How a message is sent. */
export interface SendOptions {
  /** ID of the message answered, in the same chat. */
  replyTo?: number;
  /** The quoted part of the answered message. */
  quote?: string;
  /** A message of another chat to answer, or what is shown of one. */
  externalReplyTo?: SimulatedMessage | ExternalReplyInfo;
  /** A story, a task or an option to answer. */
  answering?: Answering;
  /** In groups: oneself, the group (anonymous administrators), or one of one's channels. */
  as?: "self" | "anonymous" | SimulatedChat;
  viaBot?: SimulatedBot;
  forwardedFrom?: MessageOrigin;
  /** The buttons under what is forwarded, or comes by way of a bot: people make none. */
  keyboard?: InlineKeyboardMarkup;
  effectId?: string;
  mediaGroupId?: string;
}

/** What somebody typed or picked, as content. */
export function contentOf(world: World, spec: ContentSpec): Content {
  const content = toContent(world.files, spec, world.date);
  if (content.text === "") throw new Error("A client sends no empty text");
  return content;
}

/** What a message says once it was edited to that. A caption alone leaves the medium as it is. */
export function editedContent(
  world: World,
  record: StoredMessage,
  content: ContentSpec | CaptionSpec,
): Content {
  const isCaption = typeof content !== "string" && Object.keys(content).every(isCaptionField);
  return isCaption
    ? withCaption(record.content, content as CaptionSpec)
    : contentOf(world, content as ContentSpec);
}

/** Puts a content in the place of the old one, and tells the bots. */
export function editTo(world: World, record: StoredMessage, content: Content): void {
  record.content = content;
  record.editDate = world.date;
  if (record.author.bot === undefined) void publishMessage(world, record, true);
  forwardEdit(world, record);
}

/** Sends a content, if the person's client and Telegram let it through. */
export function sendAs(
  world: World,
  user: Person,
  chat: SimulatedChat,
  content: Content,
  options: SendOptions,
  more: Pick<Draft, "replyMarkup" | "inlineMessageId"> = {},
): SimulatedMessage {
  expire(world);
  const replyTo = answeredIn(chat, options.replyTo);
  const author = authorOf(user.info, chat, options.as ?? "self");
  if (user.isDeactivated) throw new Error(`${user.info.first_name}'s account is deleted`);
  const kind = kindOf(content);
  if (kind !== "service") {
    assertMayWrite(user.info, chat, {
      isReply: replyTo !== undefined,
      kind,
      date: world.date,
    });
    assertFits(user.info, content);
  }
  const { keyboard, forwardedFrom, viaBot } = options;
  if (keyboard !== undefined && forwardedFrom === undefined && viaBot === undefined) {
    throw new Error("A client puts no buttons under what a person writes");
  }
  const { record } = post(world, {
    chat,
    author,
    content,
    replyTo,
    ...quoting(world, replyTo, options),
    answering: options.answering,
    origin: forwardedFrom,
    viaBot,
    replyMarkup: keyboard,
    effectId: options.effectId,
    mediaGroupId: options.mediaGroupId,
    ...more,
  });
  void forwardPosts(world);
  return toMessage(record);
}

/** A message of another chat that is answered, and what is quoted of the answered message. */
function quoting(
  world: World,
  replyTo: StoredMessage | undefined,
  { quote: text, externalReplyTo: external }: SendOptions,
): Pick<Draft, "quote" | "externalReply"> {
  const isShown = external !== undefined && !("message_id" in external && "date" in external);
  if (isShown) {
    const quote = text === undefined
      ? {}
      : { quote: { text, position: 0, is_manual: true } as const };
    return { externalReply: external as ExternalReplyInfo, ...quote };
  }
  const target = external === undefined
    ? replyTo
    : world.storedMessage(external as SimulatedMessage);
  const chosen = text !== undefined && target !== undefined ? markedIn(target, text) : undefined;
  if (text !== undefined && chosen === undefined) throw new Error(`"${text}" is no quote`);
  if (external === undefined || target === undefined) return chosen ? { quote: chosen } : {};
  const added = world.unproven.quotesOtherChats ? automaticQuoteOf(target) : undefined;
  return { externalReply: externalReplyTo(target), quote: chosen ?? added };
}

function answeredIn(chat: SimulatedChat, id: number | undefined): StoredMessage | undefined {
  if (id === undefined) return undefined;
  const target = chat.records.get(id);
  if (target === undefined) throw new Error(`There is no message ${id} to answer`);
  return target;
}
