/** Keyboards: https://core.telegram.org/bots/api#inlinekeyboardmarkup and its siblings. */
import type {
  ForceReply,
  InlineKeyboardMarkup,
  ReplyKeyboardMarkup,
  ReplyKeyboardRemove,
} from "grammy/types";
import { badRequest } from "../error.ts";
import type { Execution } from "./execution.ts";
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
): Pick<Draft, "replyMarkup" | "hadReplyKeyboard"> {
  if (markup === undefined) return {};
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
