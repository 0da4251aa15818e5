/** Keyboards: https://core.telegram.org/bots/api#inlinekeyboardmarkup and its siblings. */
import type {
  ForceReply,
  InlineKeyboardMarkup,
  KeyboardButton,
  ReplyKeyboardMarkup,
  ReplyKeyboardRemove,
} from "grammy/types";
import type { SimulatedChat } from "../chat.ts";
import { badRequest } from "../error.ts";
import type { Execution } from "./execution.ts";
import { RIGHTS_NAMES } from "../member.ts";
import type { Draft } from "../post.ts";

/** Any keyboard. */
export type Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply;

const MAX_CALLBACK_DATA_BYTES = 64;
/** https://core.telegram.org/bots/api#copytextbutton */
const MAX_COPIED = 256;
/** https://core.telegram.org/bots/api#inlinekeyboardbutton */
const STYLES = ["danger", "success", "primary"];

/** What a keyboard makes of the message under which it stands. */
export function checkedMarkup(
  call: Execution,
  markup: Markup | undefined,
  chat: SimulatedChat,
): Pick<Draft, "replyMarkup" | "hadReplyKeyboard" | "keyboard"> {
  if (markup === undefined) return {};
  if ("keyboard" in markup) {
    return { hadReplyKeyboard: true, ...keyboardIn(chat, checkedReplyKeyboard(markup, chat)) };
  }
  if ("remove_keyboard" in markup) return { hadReplyKeyboard: true, ...keyboardIn(chat, null) };
  if (!("inline_keyboard" in markup)) return { hadReplyKeyboard: true };
  const replyMarkup = checkedInlineKeyboard(call, markup);
  return replyMarkup === undefined ? {} : { replyMarkup };
}

/** An inline keyboard without empty rows; undefined if nothing is left. */
export function checkedInlineKeyboard(
  call: Execution,
  markup: InlineKeyboardMarkup | undefined,
): InlineKeyboardMarkup | undefined {
  const rows = markup?.inline_keyboard.filter((row) => row.length > 0) ?? [];
  for (const button of rows.flat()) {
    if (button.style !== undefined && !STYLES.includes(button.style)) {
      call.violation(`there is no button style ${button.style}`);
    }
    if ("copy_text" in button) {
      const { length } = [...button.copy_text.text];
      if (length < 1 || length > MAX_COPIED) throw badRequest("BUTTON_COPY_TEXT_INVALID");
    }
    const opensInline = "switch_inline_query_current_chat" in button;
    const isInlineOff = !call.bot.info.supports_inline_queries;
    if (opensInline && isInlineOff && call.world.unproven.refusesInlineButtons) {
      throw badRequest("BUTTON_TYPE_INVALID");
    }
    if (!("callback_data" in button)) continue;
    const size = new TextEncoder().encode(button.callback_data).length;
    if (size < 1 || size > MAX_CALLBACK_DATA_BYTES) throw badRequest("BUTTON_DATA_INVALID");
  }
  return rows.length === 0 ? undefined : { inline_keyboard: rows };
}

/** In groups a keyboard may be for some only, and is not simulated. */
function keyboardIn(
  { type }: SimulatedChat,
  keyboard: ReplyKeyboardMarkup | null,
): Pick<Draft, "keyboard"> {
  return type === "private" ? { keyboard } : {};
}

/** A keyboard in place of the letters; refused in the words of ReplyMarkup.cpp of tdlib/td. */
function checkedReplyKeyboard(
  markup: ReplyKeyboardMarkup,
  chat: SimulatedChat,
): ReplyKeyboardMarkup {
  const keyboard = markup.keyboard.filter((row) => row.length > 0);
  if (keyboard.length === 0) throw badRequest("REPLY_MARKUP_INVALID");
  const buttons = keyboard.flat().filter((button) => typeof button !== "string");
  for (const button of buttons) checkButton(button, chat);
  const requestIds = buttons.flatMap((button) =>
    "request_chat" in button ? button.request_chat.request_id : []
  );
  if (new Set(requestIds).size < requestIds.length) throw badRequest("BUTTON_ID_INVALID");
  return { ...markup, keyboard };
}

function checkButton(button: Exclude<KeyboardButton, string>, chat: SimulatedChat): void {
  if (button.text.trim() === "") throw badRequest("keyboard button text must be non-empty");
  if (!("request_chat" in button)) return;
  if (chat.type !== "private") throw badRequest("chats can be requested in private chats only");
  const { request_id: id, user_administrator_rights: user, bot_administrator_rights: bot } =
    button.request_chat;
  if (id !== (id | 0)) throw badRequest("can't parse keyboard button: request_id is too large");
  // "The rights must be a superset of bot_administrator_rights": Telegram does not say in which words
  // it refuses others.
  const isMore = RIGHTS_NAMES.some((right) => bot?.[right] && !user?.[right]);
  if (bot !== undefined && isMore) throw badRequest("BUTTON_TYPE_INVALID");
}
