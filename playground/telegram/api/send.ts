/** Sending: what all methods that send a message have in common. */
import type { Message, MessageEntity, ReplyParameters } from "grammy/types";
import type { SimulatedChat, StoredMessage } from "../chat.ts";
import { toCaption } from "../content.ts";
import { formatted } from "../entities.ts";
import { badRequest } from "../error.ts";
import { type Content, kindOf } from "../kind.ts";
import { toMessageFor } from "../message.ts";
import { type Draft, post } from "../post.ts";
import { externalReplyTo, quoteOf } from "../reply.ts";
import { authorIn, readableChat, requirePermission, writableChat } from "./access.ts";
import type { Execution } from "./execution.ts";
import { checkedMarkup, type Markup } from "./markup.ts";

/** Longest text of a message, in UTF-16 code units. */
export const MAX_TEXT_LENGTH = 4096;
/** Longest caption. */
export const MAX_CAPTION_LENGTH = 1024;

/** The parameters that say where and how a message is sent. */
export interface SendingArgs {
  chat_id: number | string;
  protect_content?: boolean;
  message_effect_id?: string;
  reply_parameters?: ReplyParameters;
  reply_markup?: Markup;
}

/** The parameters of a caption. */
export interface CaptionArgs {
  caption?: string;
  caption_entities?: MessageEntity[];
  show_caption_above_media?: boolean;
  has_spoiler?: boolean;
}

/** Sends a content and answers with the message. */
export function send(
  call: Execution,
  args: SendingArgs,
  content: Content,
  more: Pick<Draft, "origin"> = {},
): Message {
  const chat = writableChat(call, args.chat_id);
  requirePermission(call, chat, kindOf(content));
  const draft = { content, ...howToSend(call, chat, args), ...more };
  return toMessageFor(call.bot, post(call.world, draft).record);
}

/** Everything about a message that is about to be sent but its content. */
export function howToSend(
  call: Execution,
  chat: SimulatedChat,
  args: SendingArgs,
): Omit<Draft, "content"> {
  if (args.message_effect_id !== undefined && chat.type !== "private") {
    throw badRequest("can't use message effects in the chat");
  }
  return {
    chat,
    author: authorIn(call, chat),
    effectId: args.message_effect_id,
    isProtected: args.protect_content,
    ...answered(call, chat, args.reply_parameters),
    ...checkedMarkup(call, args.reply_markup, chat),
  };
}

/** A text as content, refused if it is empty or too long. */
export function textContent(args: { text?: string; entities?: MessageEntity[] }): Content {
  if (args.text === undefined || args.text === "") throw badRequest("message text is empty");
  const content = formatted(args.text, args.entities);
  if (content.text === "") throw badRequest("text must be non-empty");
  if (content.text.length > MAX_TEXT_LENGTH) throw badRequest("message is too long");
  return content;
}

/** A caption as content, refused if it is too long. */
export function captionContent(args: CaptionArgs): Content {
  const content = toCaption({
    caption: args.caption ?? "",
    caption_entities: args.caption_entities ?? [],
    ...(args.show_caption_above_media ? { show_caption_above_media: true } : {}),
    ...(args.has_spoiler ? { has_media_spoiler: true } : {}),
  });
  if ((content.caption?.length ?? 0) > MAX_CAPTION_LENGTH) {
    throw badRequest("message caption is too long");
  }
  return content;
}

/** The message a new one answers (https://core.telegram.org/bots/api#replyparameters). */
function answered(
  call: Execution,
  chat: SimulatedChat,
  reply: ReplyParameters | undefined,
): Pick<Draft, "replyTo" | "quote" | "externalReply"> {
  if (reply?.message_id === undefined) return {};
  const elsewhere = reply.chat_id === undefined ? undefined : readableChat(call, reply.chat_id);
  const isExternal = elsewhere !== undefined && elsewhere !== chat;
  const target = (elsewhere ?? chat).records.get(reply.message_id);
  if (target === undefined) {
    if (reply.allow_sending_without_reply && !isExternal) return {};
    return answeringDeleted(call, elsewhere ?? chat, reply.message_id);
  }
  const quote = quoted(target, reply);
  return isExternal ? { externalReply: externalReplyTo(target), ...quote } : {
    replyTo: target,
    ...quote,
  };
}

/** What becomes of an answer to a message that is not there: refused, or without what it answers. */
function answeringDeleted(
  { world }: Execution,
  chat: SimulatedChat,
  messageId: number,
): Record<never, never> {
  const how = chat.deleted.has(messageId) ? world.unproven.answersToDeleted : "not found";
  if (how === "astray" && chat.type === "supergroup") return {};
  throw badRequest(
    how === "invalid" ? "REPLY_MESSAGE_ID_INVALID" : "message to be replied not found",
  );
}

function quoted(target: StoredMessage, reply: ReplyParameters): Pick<Draft, "quote"> {
  if (reply.quote === undefined) return {};
  const quote = quoteOf(target, {
    text: reply.quote,
    ...(reply.quote_entities === undefined ? {} : { entities: reply.quote_entities }),
    ...(reply.quote_position === undefined ? {} : { position: reply.quote_position }),
  });
  if (quote === undefined) throw badRequest("QUOTE_TEXT_INVALID");
  return { quote };
}
