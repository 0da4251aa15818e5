/** Copying and forwarding messages from one chat into another. */
import type { Message, MessageId, Opts } from "grammy/types";
import type { SimulatedChat, StoredMessage } from "../chat.ts";
import { toPoll, withCaption } from "../content.ts";
import { badRequest } from "../error.ts";
import { type Content, kindOf, traitsOf } from "../kind.ts";
import { knowsAnswer, toMessageFor } from "../message.ts";
import { post } from "../post.ts";
import { originOf } from "../reply.ts";
import { gone, readableChat, requirePermission, writableChat } from "./access.ts";
import type { Execution } from "./execution.ts";
import {
  type CaptionArgs,
  captionContent,
  howToSend,
  MAX_CAPTION_LENGTH,
  MAX_TEXT_LENGTH,
  type SendingArgs,
} from "./send.ts";
import { requireSendable } from "./media.ts";
import { rollDice } from "./texts.ts";

const MAX_MESSAGES = 100;

/** https://core.telegram.org/bots/api#copymessage */
export function copyMessage(call: Execution, args: Opts<"copyMessage">): MessageId {
  const from = readableChat(call, args.from_chat_id);
  const source = from.records.get(args.message_id);
  if (source === undefined) throw gone(call, "message to copy not found");
  if (!isCopyable(call, source)) throw badRequest("the message can't be copied");
  const content = withNewCaption(duplicate(call, source), args);
  const chat = writableChat(call, args.chat_id);
  requirePermission(call, chat, kindOf(content));
  const isRebuilt = args.reply_parameters !== undefined || args.reply_markup !== undefined;
  if (isRebuilt) {
    refuseLong(content);
    requireSendable(call, content);
  }
  const { record } = post(call.world, { ...howToSend(call, chat, args), content });
  return { message_id: record.id };
}

/** https://core.telegram.org/bots/api#copymessages */
export function copyMessages(call: Execution, args: Opts<"copyMessages">): MessageId[] {
  const sources = sourcesOf(call, args).filter((source) => isCopyable(call, source));
  return repeat(call, args, sources, (source) => {
    const content = duplicate(call, source);
    if (!args.remove_caption) return { content };
    return { content: withCaption(content, {}) };
  });
}

/** https://core.telegram.org/bots/api#forwardmessage */
export function forwardMessage(call: Execution, args: Opts<"forwardMessage">): Message {
  const from = readableChat(call, args.from_chat_id);
  const source = from.records.get(args.message_id);
  if (source === undefined) throw badRequest("message to forward not found");
  if (isProtected(source)) {
    throw badRequest("message has protected content and can't be forwarded");
  }
  if (kindOf(source.content) === "service") throw badRequest("the message can't be forwarded");
  const chat = writableChat(call, args.chat_id);
  requirePermission(call, chat, kindOf(source.content));
  const { record } = post(call.world, {
    ...howToSend(call, chat, args),
    content: source.content,
    origin: originOf(source),
    replyMarkup: source.replyMarkup,
  });
  return toMessageFor(call.bot, record);
}

/** https://core.telegram.org/bots/api#forwardmessages */
export function forwardMessages(call: Execution, args: Opts<"forwardMessages">): MessageId[] {
  const sources = sourcesOf(call, args).filter((source) =>
    !isProtected(source) && kindOf(source.content) !== "service"
  );
  return repeat(call, args, sources, (source) => ({
    content: source.content,
    origin: originOf(source),
    replyMarkup: source.replyMarkup,
  }));
}

/** The messages that exist, of those that are named; the others are skipped without a word. */
function sourcesOf(
  call: Execution,
  args: { from_chat_id: number | string; message_ids: readonly number[] },
): StoredMessage[] {
  const { message_ids: ids } = args;
  if (ids.length === 0) throw badRequest("there are no messages to forward");
  if (ids.length > MAX_MESSAGES) throw badRequest("too much messages to forward");
  if (ids.some((id, index) => index > 0 && id <= (ids[index - 1] ?? 0))) {
    throw badRequest("message identifiers must be in a strictly increasing order");
  }
  const from = readableChat(call, args.from_chat_id);
  const sources = ids.flatMap((id) => from.records.get(id) ?? []);
  // The server leaves out what it cannot find, and then has nothing to forward (Client.cpp of
  // tdlib/telegram-bot-api, TdOnCheckMessagesCallback; TDLib, get_forwarded_messages).
  if (sources.length === 0) throw gone(call, "there are no messages to forward");
  return sources;
}

/** Posts several messages; what was one album stays one. */
function repeat(
  call: Execution,
  args: SendingArgs,
  sources: StoredMessage[],
  draftOf: (source: StoredMessage) => Pick<StoredMessage, "content"> & object,
): MessageId[] {
  if (sources.length === 0) throw badRequest("messages can't be forwarded");
  const chat: SimulatedChat = writableChat(call, args.chat_id);
  for (const source of sources) requirePermission(call, chat, kindOf(source.content));
  const how = howToSend(call, chat, args);
  const albums = new Map<string, string>();
  return sources.map((source) => {
    const { mediaGroupId: album } = source;
    if (album !== undefined && !albums.has(album)) {
      albums.set(album, call.world.newMediaGroupId());
    }
    const mediaGroupId = album === undefined ? undefined : albums.get(album);
    const draft = { ...how, ...draftOf(source), mediaGroupId };
    return { message_id: post(call.world, draft).record.id };
  });
}

function isProtected({ isProtected, chat }: StoredMessage): boolean {
  return isProtected === true || chat.hasProtectedContent;
}

function isCopyable({ bot }: Execution, source: StoredMessage): boolean {
  const { content } = source;
  if (content.poll?.type === "quiz" && !knowsAnswer(bot, source)) return false;
  return traitsOf(kindOf(content)).copyable;
}

/** What a copy says: dice roll anew, polls start anew, live locations stand still. */
function duplicate(call: Execution, { content }: StoredMessage): Content {
  const { dice, location, poll } = content;
  if (dice !== undefined) {
    return { dice: { emoji: dice.emoji, value: rollDice(call, dice.emoji) } };
  }
  if (poll !== undefined) {
    const options = poll.options.map(({ text }) => text);
    return toPoll(call.world.files.newId(), { ...poll, options, is_closed: false });
  }
  if (location?.live_period !== undefined) {
    const { live_period: _, heading: __, proximity_alert_radius: ___, ...point } = location;
    return { location: point };
  }
  return content;
}

/** A given caption replaces the old one, an empty one removes it. */
function withNewCaption(content: Content, args: CaptionArgs): Content {
  const { editable } = traitsOf(kindOf(content));
  if (args.caption === undefined || editable !== "caption") return content;
  return { ...withCaption(content, {}), ...captionContent(args) };
}

/** Copies that are built anew have to fit, though their originals by Premium users may not. */
function refuseLong({ text, caption }: Content): void {
  if ((text?.length ?? 0) > MAX_TEXT_LENGTH) throw badRequest("message is too long");
  if ((caption?.length ?? 0) > MAX_CAPTION_LENGTH) {
    throw badRequest("message caption is too long");
  }
}
