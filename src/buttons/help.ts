/** The button below the help that shows the commands which had no room in it. */
import type { InlineKeyboardMarkup } from "grammy/types";
import type { Where } from "../commands/command.ts";
import type { Texts } from "../texts/notice.ts";

const PLACES: readonly Where[] = ["thread", "group", "private"];

/** The button; `where`: from where the commands are to be given. */
export function moreHelpKeyboard(
  where: Where,
  texts: Pick<Texts, "button-more-help">,
): InlineKeyboardMarkup {
  const text = texts["button-more-help"]({ text: "button-more-help" });
  return { inline_keyboard: [[{ text, callback_data: `help ${where}` }]] };
}

/** For which place a button shows more commands, or `null` if it is no such button. */
export function readMoreHelp(data: string): Where | null {
  const [, word] = /^help (\w+)$/.exec(data) ?? [];
  return PLACES.find((place) => place === word) ?? null;
}
