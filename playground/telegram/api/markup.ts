/** Keyboards: https://core.telegram.org/bots/api#inlinekeyboardmarkup and its siblings. */
import type {
  ForceReply,
  InlineKeyboardMarkup,
  ReplyKeyboardMarkup,
  ReplyKeyboardRemove,
} from "grammy/types";
import { badRequest } from "../error.ts";
import type { Draft } from "../post.ts";

/** Any keyboard. */
export type Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply;

const MAX_CALLBACK_DATA_BYTES = 64;

/** What a keyboard makes of the message under which it stands. */
export function checkedMarkup(
  markup: Markup | undefined,
): Pick<Draft, "replyMarkup" | "hadReplyKeyboard"> {
  if (markup === undefined) return {};
  if (!("inline_keyboard" in markup)) return { hadReplyKeyboard: true };
  const replyMarkup = checkedInlineKeyboard(markup);
  return replyMarkup === undefined ? {} : { replyMarkup };
}

/** An inline keyboard without empty rows; undefined if nothing is left. */
export function checkedInlineKeyboard(
  markup: InlineKeyboardMarkup | undefined,
): InlineKeyboardMarkup | undefined {
  const rows = markup?.inline_keyboard.filter((row) => row.length > 0) ?? [];
  for (const button of rows.flat()) {
    if (!("callback_data" in button)) continue;
    const size = new TextEncoder().encode(button.callback_data).length;
    if (size < 1 || size > MAX_CALLBACK_DATA_BYTES) throw badRequest("BUTTON_DATA_INVALID");
  }
  return rows.length === 0 ? undefined : { inline_keyboard: rows };
}
