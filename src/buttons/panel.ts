/** Buttons under the bot's own messages in a thread: the panel of a conversation, and questions. */
import type { InlineKeyboardButton, InlineKeyboardMarkup } from "grammy/types";
import { PRIORITY_SQUARES } from "../conversation/card.ts";
import { PRIORITIES, type Priority } from "../conversation/conversation.ts";
import type { Texts } from "../texts/notice.ts";
import type { Stars } from "../stats/stats.ts";

/** What a press asks for. */
export type PanelAction =
  | {
    does: "close" | "assign" | "ask-priority" | "ask-later" | "ask-ban" | "help";
    customerId: number;
  }
  | { does: "priority"; customerId: number; priority: Priority }
  /** The answers to the question whether to ban. */
  | { does: "ban" | "cancel"; customerId: number };

/** The sentences on buttons. */
type PanelTexts = Pick<
  Texts,
  | "button-close"
  | "button-priority"
  | "button-assign"
  | "button-later"
  | "button-ban"
  | "button-help"
  | "button-cancel"
>;

const PANEL_ACTIONS = [
  "close",
  "assign",
  "ask-priority",
  "ask-later",
  "ask-ban",
  "help",
  "ban",
  "cancel",
] as const;

/** The panel: what is done most, one press away. */
export function panelKeyboard(customerId: number, texts: PanelTexts): InlineKeyboardMarkup {
  const button = (text: string, does: typeof PANEL_ACTIONS[number]) =>
    buttonOf(text, { does, customerId } as PanelAction);
  return {
    inline_keyboard: [
      [
        button(texts["button-close"]({ text: "button-close" }), "close"),
        button(texts["button-priority"]({ text: "button-priority" }), "ask-priority"),
      ],
      [
        button(texts["button-assign"]({ text: "button-assign" }), "assign"),
        button(texts["button-later"]({ text: "button-later" }), "ask-later"),
      ],
      [
        button(texts["button-ban"]({ text: "button-ban" }), "ask-ban"),
        button(texts["button-help"]({ text: "button-help" }), "help"),
      ],
    ],
  };
}

/** One button for each priority. */
export function priorityKeyboard(customerId: number): InlineKeyboardMarkup {
  return {
    inline_keyboard: [
      PRIORITIES.map((priority) =>
        buttonOf(`${PRIORITY_SQUARES[priority - 1]} ${priority}`, {
          does: "priority",
          customerId,
          priority,
        })
      ),
    ],
  };
}

/** Whether to ban: yes, or no. */
export function banKeyboard(customerId: number, texts: PanelTexts): InlineKeyboardMarkup {
  return {
    inline_keyboard: [[
      buttonOf(texts["button-ban"]({ text: "button-ban" }), { does: "ban", customerId }),
      buttonOf(texts["button-cancel"]({ text: "button-cancel" }), { does: "cancel", customerId }),
    ]],
  };
}

/** One to five stars, for the customer to press. */
export function ratingKeyboard(): InlineKeyboardMarkup {
  const stars: Stars[] = [1, 2, 3, 4, 5];
  return {
    inline_keyboard: [stars.map((each) => ({ text: `${each} ⭐`, callback_data: `rate ${each}` }))],
  };
}

function buttonOf(text: string, action: PanelAction): InlineKeyboardButton {
  return { text, callback_data: writePanelAction(action) };
}

/** An action as a button carries it: at most 64 bytes (Bot API, InlineKeyboardButton). */
export function writePanelAction(action: PanelAction): string {
  const priority = action.does === "priority" ? [action.priority] : [];
  return ["panel", action.does, action.customerId, ...priority].join(" ");
}

/** The action a button carries, or `null` if it is none of ours. */
export function readPanelAction(data: string): PanelAction | null {
  const [, word, id, level] = /^panel ([a-z-]+) ([1-9]\d{0,15})(?: ([1-5]))?$/.exec(data) ?? [];
  const customerId = Number(id);
  if (word === "priority" && level !== undefined) {
    return { does: word, customerId, priority: Number(level) as Priority };
  }
  const does = PANEL_ACTIONS.find((each) => each === word);
  return does && level === undefined ? { does, customerId } : null;
}

/** How many stars a button stands for, or `null` if it is no such button. */
export function readStars(data: string): Stars | null {
  const [, stars] = /^rate ([1-5])$/.exec(data) ?? [];
  return stars === undefined ? null : Number(stars) as Stars;
}
