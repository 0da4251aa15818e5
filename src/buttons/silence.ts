/** Buttons under the warning that a silent customer's conversation will close. */
import type { InlineKeyboardMarkup } from "grammy/types";
import type { Texts } from "../texts/notice.ts";

/** What a customer says by pressing: to which silence, by when it began. */
export interface SilenceAction {
  does: "help" | "solved";
  sinceMs: number;
}

/** They still need help, or it is solved. */
export function silenceKeyboard(
  sinceMs: number,
  texts: Pick<Texts, "button-still-needed" | "button-solved">,
): InlineKeyboardMarkup {
  const button = (text: string, does: SilenceAction["does"]) => ({
    text,
    callback_data: `silence ${does} ${sinceMs}`,
  });
  return {
    inline_keyboard: [
      [button(texts["button-still-needed"]({ text: "button-still-needed" }), "help")],
      [button(texts["button-solved"]({ text: "button-solved" }), "solved")],
    ],
  };
}

/** The action a button carries, or `null` if it is none of ours. */
export function readSilenceAction(data: string): SilenceAction | null {
  const [, does, sinceMs] = /^silence (help|solved) (\d{1,15})$/.exec(data) ?? [];
  return does === undefined
    ? null
    : { does: does as SilenceAction["does"], sinceMs: Number(sinceMs) };
}
