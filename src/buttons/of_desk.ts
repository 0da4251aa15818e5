/**
 * Buttons in private chats of a bot with several desks: each says of which desk it is. In a desk's own
 * chats that goes without saying.
 */
import type { InlineKeyboardMarkup } from "grammy/types";

/** How many bytes a button's data may have (Bot API, InlineKeyboardButton). */
const MOST_BYTES = 64;
/** What the IDs of channels begin with (Bot API, Chat.id), which is left out. */
const OF_CHANNELS = -1_000_000_000_000;
const MARK = /^@([0-9a-z]{1,10}) /;

/** A keyboard whose buttons say of which desk they are. What has no room for that stays as it is. */
export function ofDesk(keyboard: InlineKeyboardMarkup, deskId: number): InlineKeyboardMarkup {
  const mark = `@${(OF_CHANNELS - deskId).toString(36)} `;
  return {
    inline_keyboard: keyboard.inline_keyboard.map((row) =>
      row.map((button) => {
        if (!("callback_data" in button)) return button;
        const callback_data = mark + button.callback_data;
        const hasRoom = new TextEncoder().encode(callback_data).length <= MOST_BYTES;
        return hasRoom ? { ...button, callback_data } : button;
      })
    ),
  };
}

/** What a button stands for, and of which desk it is, if it says so. */
export function deskOfButton(data: string): { data: string; deskId?: number } {
  const [mark, digits] = MARK.exec(data) ?? [];
  if (mark === undefined || digits === undefined) return { data };
  return { data: data.slice(mark.length), deskId: OF_CHANNELS - parseInt(digits, 36) };
}
