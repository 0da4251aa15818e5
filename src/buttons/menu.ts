/** The menu under the welcome. */
import type { InlineKeyboardMarkup } from "grammy/types";
import type { MenuEntry, MenuTarget } from "../settings/menu.ts";

/** What a press of one of its buttons asks for: whose menu it is, and what is chosen there. */
export interface MenuAction {
  deskId: number;
  target: MenuTarget;
}

/** The buttons of a desk's menu, one below another; `undefined`: there are none. */
export function menuKeyboard(
  deskId: number,
  entries: readonly MenuEntry[],
): InlineKeyboardMarkup | undefined {
  if (entries.length === 0) return undefined;
  return {
    inline_keyboard: entries.map((entry) => [{
      text: entry.label,
      callback_data: writeMenuAction({ deskId, target: entry }),
    }]),
  };
}

/** An action as a button carries it: at most 64 bytes (Bot API, InlineKeyboardButton). */
export function writeMenuAction({ deskId, target }: MenuAction): string {
  const chosen = "replyId" in target ? `r ${target.replyId}` : `d ${target.deskId}`;
  return `menu ${deskId} ${chosen}`;
}

/** The action a button carries, or `null` if it is none of ours. */
export function readMenuAction(data: string): MenuAction | null {
  const [, deskId, replyId, chosenId] =
    /^menu (-\d{1,16}) (?:r ([0-9a-f]{16})|d (-\d{1,16}))$/.exec(data) ?? [];
  if (deskId === undefined) return null;
  const target = replyId === undefined ? { deskId: Number(chosenId) } : { replyId };
  return { deskId: Number(deskId), target };
}
