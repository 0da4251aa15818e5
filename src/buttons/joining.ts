/** The buttons under the news that somebody asks to join the channel. */
import type { InlineKeyboardMarkup } from "grammy/types";
import type { Texts } from "../texts/notice.ts";

/** What a press decides about somebody who asks. */
export interface JoinAction {
  does: "let-in" | "decline";
  userId: number;
}

/** To let them in, or not. */
export function joinKeyboard(
  userId: number,
  texts: Pick<Texts, "button-let-in" | "button-decline">,
): InlineKeyboardMarkup {
  const press = (text: string, does: JoinAction["does"]) => ({
    text,
    callback_data: writeJoinAction({ does, userId }),
  });
  return {
    inline_keyboard: [[
      press(texts["button-let-in"]({ text: "button-let-in" }), "let-in"),
      press(texts["button-decline"]({ text: "button-decline" }), "decline"),
    ]],
  };
}

/** An action as a button carries it: at most 64 bytes (Bot API, InlineKeyboardButton). */
export function writeJoinAction({ does, userId }: JoinAction): string {
  return `join ${does} ${userId}`;
}

/** The action a button carries, or `null` if it is none of these. */
export function readJoinAction(data: string): JoinAction | null {
  const [, does, userId] = /^join (let-in|decline) ([1-9]\d{0,15})$/.exec(data) ?? [];
  if (userId === undefined) return null;
  return { does: does as JoinAction["does"], userId: Number(userId) };
}
