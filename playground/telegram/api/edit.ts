/** Editing messages (https://core.telegram.org/bots/api#updating-messages). */
import type { InlineKeyboardMarkup, Message, Opts, Poll } from "grammy/types";
import type { StoredMessage } from "../chat.ts";
import { withCaption } from "../content.ts";
import { asBotsMay } from "../custom_emoji.ts";
import { badRequest } from "../error.ts";
import { forwardEdit } from "../forwarding.ts";
import { type Content, kindOf, traitsOf } from "../kind.ts";
import { hasRight } from "../member.ts";
import { defined, toMessageFor } from "../message.ts";
import { publishMessage } from "../publish.ts";
import { toRichMessage } from "../rich.ts";
import { gone, writableChat } from "./access.ts";
import type { Execution } from "./execution.ts";
import { checkedInlineKeyboard } from "./markup.ts";
import { mediaContent } from "./media.ts";
import { LIVE_FOREVER } from "./texts.ts";
import { captionContent, textContent } from "./send.ts";

/** Which message is edited. */
interface EditArgs {
  chat_id?: number | string;
  message_id?: number;
  reply_markup?: InlineKeyboardMarkup;
}

const DAY_S = 24 * 3600;
const INLINE_EDIT_LIFETIME_S = 48 * 3600;

/** https://core.telegram.org/bots/api#editmessagetext */
export function editMessageText(call: Execution, args: Opts<"editMessageText">): Message {
  const record = editable(call, args);
  if (traitsOf(kindOf(record.content)).editable !== "text") {
    throw badRequest("there is no text in the message to edit");
  }
  if ("rich_message" in args && args.rich_message !== undefined) {
    return edit(call, record, args, { rich_message: toRichMessage(args.rich_message) });
  }
  const text = textContent(args);
  if (record.content.game !== undefined) {
    const game = { ...record.content.game, text: text.text ?? "" };
    return edit(call, record, args, { game });
  }
  const preview = args.link_preview_options;
  return edit(call, record, args, {
    ...text,
    ...(preview === undefined ? {} : { link_preview_options: preview }),
  });
}

/** https://core.telegram.org/bots/api#editmessagecaption */
export function editMessageCaption(call: Execution, args: Opts<"editMessageCaption">): Message {
  const record = editable(call, args);
  if (traitsOf(kindOf(record.content)).editable !== "caption") {
    throw badRequest("there is no caption in the message to edit");
  }
  const medium = withCaption(record.content, {});
  return edit(call, record, args, { ...medium, ...captionContent(args) });
}

/** https://core.telegram.org/bots/api#editmessagemedia */
export function editMessageMedia(call: Execution, args: Opts<"editMessageMedia">): Message {
  const record = editable(call, args);
  const [from, content] = [kindOf(record.content), mediaContent(call, args.media)];
  if (!traitsOf(from).replaceable) throw badRequest("message media can't be edited");
  if (record.mediaGroupId !== undefined) {
    const { album } = traitsOf(kindOf(content));
    if (album === undefined) throw badRequest("message content type can't be used in an album");
    if (album !== traitsOf(from).album) {
      throw badRequest("can't change media type in the album");
    }
  }
  return edit(call, record, args, content);
}

/** https://core.telegram.org/bots/api#editmessagereplymarkup */
export function editMessageReplyMarkup(
  call: Execution,
  args: Opts<"editMessageReplyMarkup">,
): Message {
  const record = found(call, args);
  const isOwn = record.author.bot === call.bot || record.viaBot === call.bot;
  if (!isOwn || kindOf(record.content) === "service") throw badRequest("message can't be edited");
  return edit(call, record, args, record.content);
}

/** https://core.telegram.org/bots/api#editmessagelivelocation */
export function editMessageLiveLocation(
  call: Execution,
  args: Opts<"editMessageLiveLocation">,
): Message {
  const record = live(call, args);
  const { latitude, longitude, live_period, horizontal_accuracy, heading } = args;
  const period = record.content.location?.live_period ?? 0;
  if (live_period !== undefined) requireLivePeriod(call, record, live_period, period);
  const location = defined({
    latitude,
    longitude,
    live_period: live_period ?? period,
    horizontal_accuracy,
    heading,
    proximity_alert_radius: args.proximity_alert_radius,
  });
  return edit(call, record, args, { location });
}

/** https://core.telegram.org/bots/api#stopmessagelivelocation */
export function stopMessageLiveLocation(
  call: Execution,
  args: Opts<"stopMessageLiveLocation">,
): Message {
  const record = live(call, args);
  const { latitude, longitude } = record.content.location ?? { latitude: 0, longitude: 0 };
  return edit(call, record, args, { location: { latitude, longitude } });
}

/** https://core.telegram.org/bots/api#stoppoll */
export function stopPoll(call: Execution, args: Opts<"stopPoll">): Poll {
  const record = editable(call, args);
  const { poll } = record.content;
  if (poll === undefined) throw badRequest("message with poll to stop not found");
  if (poll.is_closed) throw badRequest("poll has already been closed");
  const closed = { ...poll, is_closed: true };
  edit(call, record, args, { poll: closed });
  return closed;
}

/**
 * A live location is prolonged by a day at most, and ends within 90 days
 * (https://core.telegram.org/bots/api#editmessagelivelocation). The words of the refusal are in no
 * source.
 */
function requireLivePeriod(
  { world }: Execution,
  { date }: StoredMessage,
  asked: number,
  period: number,
): void {
  if (asked === LIVE_FOREVER) return;
  const isTooLong = asked > period + DAY_S || date + asked > world.date + 90 * DAY_S;
  if (asked <= 0 || isTooLong) throw badRequest("LIVE_PERIOD_INVALID");
}

function live(call: Execution, args: EditArgs): StoredMessage {
  const record = editable(call, args);
  const period = record.content.location?.live_period;
  if (period === undefined || call.world.date > record.date + period) {
    throw badRequest("message can't be edited");
  }
  return record;
}

/** The message meant, if the bot may edit it. */
function editable(call: Execution, args: EditArgs): StoredMessage {
  const record = found(call, args);
  if (!mayEdit(call, record)) throw badRequest("message can't be edited");
  return record;
}

function found(call: Execution, args: EditArgs): StoredMessage {
  const chat = writableChat(call, args.chat_id ?? "");
  if (args.message_id === undefined) throw badRequest("message identifier is not specified");
  const record = chat.records.get(args.message_id);
  if (record === undefined) throw gone(call, "message to edit not found");
  return record;
}

function mayEdit({ bot, world }: Execution, record: StoredMessage): boolean {
  const { chat, author, viaBot } = record;
  if (record.origin !== undefined || record.hadReplyKeyboard) return false;
  if (kindOf(record.content) === "service") return false;
  if (viaBot !== undefined) {
    return viaBot === bot && world.date - record.date <= INLINE_EDIT_LIFETIME_S;
  }
  if (chat.type !== "channel") return author.bot === bot;
  const right = author.bot === bot ? "can_post_messages" : "can_edit_messages";
  return hasRight(chat.membership(bot), right);
}

/** Puts a content and buttons in the place of the old ones, which are gone unless given again. */
function edit(call: Execution, record: StoredMessage, args: EditArgs, next: Content): Message {
  const { world, bot } = call;
  const content = asBotsMay(world.unproven, next);
  const replyMarkup = checkedInlineKeyboard(call, args.reply_markup);
  if (isSame([record.content, record.replyMarkup], [content, replyMarkup])) {
    throw badRequest(
      "message is not modified: specified new message content and reply markup are exactly the " +
        "same as a current content and reply markup of the message",
    );
  }
  record.content = content;
  record.editDate = world.date;
  if (replyMarkup === undefined) delete record.replyMarkup;
  else record.replyMarkup = replyMarkup;
  void publishMessage(world, record, true);
  forwardEdit(world, record);
  return toMessageFor(bot, record);
}

/** Whether two values are the same whatever the order of their keys. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const [mine, theirs] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return mine.size === theirs.size &&
    [...mine].every(([key, value]) => theirs.has(key) && isSame(value, theirs.get(key)));
}
