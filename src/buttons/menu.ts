/** The menu under the welcome. */
import type { InlineKeyboardMarkup } from "grammy/types";
import { keyOfEntry, type MenuEntry, type MenuTarget } from "../settings/menu.ts";
import { defined } from "../values/defined.ts";

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
  const letter = "replyId" in target ? "r" : "d";
  return `menu ${deskId} ${letter} ${keyOfEntry(target)}`;
}

/** The action a button carries, or `null` if it is none of ours. */
export function readMenuAction(data: string): MenuAction | null {
  const [, deskId, replyId, chosenId, nth] =
    /^menu (-\d{1,16}) (?:r ([0-9a-f]{16})|d (-\d{1,16})(?: ([1-9]))?)$/.exec(data) ?? [];
  if (deskId === undefined) return null;
  const chosen = {
    deskId: Number(chosenId),
    ...defined({ nth: nth === undefined ? undefined : Number(nth) }),
  };
  return { deskId: Number(deskId), target: replyId === undefined ? chosen : { replyId } };
}
