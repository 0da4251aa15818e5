/** Buttons under what a customer is told of their data: to see it, to erase it, to be sure. */
import type { InlineKeyboardMarkup } from "grammy/types";
import type { Texts } from "../texts/notice.ts";

/** What a press asks for; always of the data of who presses. */
export type PrivacyAction =
  | { does: "show" | "ask-erase" }
  /** Erases the conversation that began at this time, and no later one; or does not. */
  | { does: "erase" | "cancel"; sinceMs: number };

/** The sentences on buttons. */
type PrivacyTexts = Pick<
  Texts,
  "button-show-data" | "button-erase" | "button-erase-sure" | "button-cancel"
>;

const PRIVACY_ACTIONS = ["show", "ask-erase"] as const;
const ERASE_ANSWERS = ["erase", "cancel"] as const;

/** To see what is kept, or to erase it. */
export function privacyKeyboard(texts: PrivacyTexts): InlineKeyboardMarkup {
  return {
    inline_keyboard: [[
      {
        text: texts["button-show-data"]({ text: "button-show-data" }),
        callback_data: writePrivacyAction({ does: "show" }),
      },
      {
        text: texts["button-erase"]({ text: "button-erase" }),
        callback_data: writePrivacyAction({ does: "ask-erase" }),
      },
    ]],
  };
}

/** Whether to erase the conversation that began then: yes, or no. */
export function eraseKeyboard(sinceMs: number, texts: PrivacyTexts): InlineKeyboardMarkup {
  return {
    inline_keyboard: [[
      {
        text: texts["button-erase-sure"]({ text: "button-erase-sure" }),
        callback_data: writePrivacyAction({ does: "erase", sinceMs }),
      },
      {
        text: texts["button-cancel"]({ text: "button-cancel" }),
        callback_data: writePrivacyAction({ does: "cancel", sinceMs }),
      },
    ]],
  };
}

/** An action as a button carries it: at most 64 bytes (Bot API, InlineKeyboardButton). */
export function writePrivacyAction(action: PrivacyAction): string {
  return ["privacy", action.does, ..."sinceMs" in action ? [action.sinceMs] : []].join(" ");
}

/** The action a button carries, or `null` if it is none of ours. */
export function readPrivacyAction(data: string): PrivacyAction | null {
  const [, word, sinceMs] = /^privacy ([a-z-]+)(?: (\d{1,15}))?$/.exec(data) ?? [];
  if (sinceMs === undefined) {
    const does = PRIVACY_ACTIONS.find((each) => each === word);
    return does ? { does } : null;
  }
  const does = ERASE_ANSWERS.find((each) => each === word);
  return does ? { does, sinceMs: Number(sinceMs) } : null;
}
