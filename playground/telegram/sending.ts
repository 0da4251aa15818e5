/** A person's message on its way from their client into a chat. */
import type { MessageOrigin } from "grammy/types";
import type { SimulatedBot } from "./bot.ts";
import type { SimulatedChat, SimulatedMessage, StoredMessage } from "./chat.ts";
import { assertFits, assertMayWrite, authorOf } from "./client_rules.ts";
import { type ContentSpec, toContent } from "./content.ts";
import { forwardPosts } from "./forwarding.ts";
import { type Content, kindOf } from "./kind.ts";
import { toMessage } from "./message.ts";
import type { Person } from "./person.ts";
import { type Draft, expire, post } from "./post.ts";
import { externalReplyTo, quoteOf } from "./reply.ts";
import type { World } from "./world.ts";

/** How a message is sent. */
export interface SendOptions {
  /** ID of the message answered, in the same chat. */
  replyTo?: number;
  /** The quoted part of that message. */
  quote?: string;
  /** A message of another chat to answer. */
  externalReplyTo?: SimulatedMessage;
  /** In groups: oneself, the group (anonymous administrators), or one of one's channels. */
  as?: "self" | "anonymous" | SimulatedChat;
  viaBot?: SimulatedBot;
  forwardedFrom?: MessageOrigin;
  effectId?: string;
  mediaGroupId?: string;
}

/** What somebody typed or picked, as content. */
export function contentOf(world: World, spec: ContentSpec): Content {
  const content = toContent(world.files, spec, world.date);
  if (content.text === "") throw new Error("A client sends no empty text");
  return content;
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
  const { quote: text, externalReplyTo: external } = options;
  const quote = text !== undefined && replyTo !== undefined
    ? quoteOf(replyTo, { text })
    : undefined;
  if (text !== undefined && quote === undefined) throw new Error(`"${text}" is no quote`);
  const { record } = post(world, {
    chat,
    author,
    content,
    replyTo,
    quote,
    externalReply: external && externalReplyTo(world.storedMessage(external)),
    origin: options.forwardedFrom,
    viaBot: options.viaBot,
    effectId: options.effectId,
    mediaGroupId: options.mediaGroupId,
    ...more,
  });
  void forwardPosts(world);
  return toMessage(record);
}

function answeredIn(chat: SimulatedChat, id: number | undefined): StoredMessage | undefined {
  if (id === undefined) return undefined;
  const target = chat.records.get(id);
  if (target === undefined) throw new Error(`There is no message ${id} to answer`);
  return target;
}
