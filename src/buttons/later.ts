/** Buttons of what is done later: an answer called off, a conversation put off. */
import type { InlineKeyboardMarkup } from "grammy/types";
import { QUICK_WHENS, type QuickWhen } from "../later/when.ts";
import type { Texts } from "../texts/notice.ts";

/** What a press asks for. */
export type LaterAction =
  /** Not to send what this command has put off; the command by its ID in the group. */
  | { does: "cancel"; customerId: number; messageId: number }
  | { does: "put-off"; customerId: number; when: QuickWhen };

/** The sentences on buttons. */
type LaterTexts = Pick<Texts, "button-cancel" | "quick-when">;

const WHENS = Object.keys(QUICK_WHENS) as QuickWhen[];

/** The one button under what confirms that an answer is sent later. */
export function cancelLaterKeyboard(
  { customerId, messageId }: { customerId: number; messageId: number },
  texts: LaterTexts,
): InlineKeyboardMarkup {
  const text = texts["button-cancel"]({ text: "button-cancel" });
  const callback_data = writeLaterAction({ does: "cancel", customerId, messageId });
  return { inline_keyboard: [[{ text, callback_data }]] };
}

/** Until when a conversation may be put off by a touch, in two rows. */
export function putOffKeyboard(customerId: number, texts: LaterTexts): InlineKeyboardMarkup {
  const buttons = WHENS.map((when) => ({
    text: texts["quick-when"]({ text: "quick-when", when }),
    callback_data: writeLaterAction({ does: "put-off", customerId, when }),
  }));
  return { inline_keyboard: [buttons.slice(0, 2), buttons.slice(2)] };
}

/** An action as a button carries it: at most 64 bytes (Bot API, InlineKeyboardButton). */
export function writeLaterAction(action: LaterAction): string {
  const what = action.does === "cancel" ? action.messageId : action.when;
  return ["later", action.does, action.customerId, what].join(" ");
}

/** The action a button carries, or `null` if it is none of these. */
export function readLaterAction(data: string): LaterAction | null {
  const [, does, id, what = ""] =
    /^later (cancel|put-off) ([1-9]\d{0,15}) (\w{1,16})$/.exec(data) ??
      [];
  const customerId = Number(id);
  if (does === "cancel" && /^[1-9]\d{0,15}$/.test(what)) {
    return { does, customerId, messageId: Number(what) };
  }
  const when = WHENS.find((each) => each === what);
  return does === "put-off" && when ? { does, customerId, when } : null;
}
