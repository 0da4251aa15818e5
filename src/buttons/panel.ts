/** Buttons under the bot's own messages in a thread: the panel of a conversation, and questions. */
import type { InlineKeyboardButton, InlineKeyboardMarkup } from "grammy/types";
import { PRIORITY_SQUARES } from "../conversation/card.ts";
import type { OfferedDesk } from "../texts/notices/transfer.ts";
import type { OfferedReply } from "../texts/notices/replies.ts";
import { PRIORITIES, type Priority } from "../conversation/conversation.ts";
import type { Texts } from "../texts/notice.ts";
import type { Stars } from "../stats/stats.ts";
import { defined } from "../values/defined.ts";

/** What a press asks for. */
export type PanelAction =
  | {
    does: "close" | "assign" | "ask-priority" | "ask-later" | "ask-ban" | "help";
    customerId: number;
  }
  | { does: "priority"; customerId: number; priority: Priority }
  /** Which reply is sent, and as an answer to which comment. */
  | { does: "reply"; customerId: number; replyId: string; answerTo?: number }
  /** To which desk it goes. */
  | { does: "transfer"; customerId: number; deskId: number }
  /** The answers to the question whether to ban. */
  | { does: "ban" | "cancel"; customerId: number };

/** The sentences on buttons. */
type PanelTexts = Pick<
  Texts,
  | "button-close"
  | "button-priority"
  | "button-assign"
  | "button-later"
  | "button-replies"
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

/** The panel: what is done most, one press away. *Replies* opens inline mode right there. */
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
        {
          text: texts["button-replies"]({ text: "button-replies" }),
          switch_inline_query_current_chat: "",
        },
      ],
      [
        { ...button(texts["button-ban"]({ text: "button-ban" }), "ask-ban"), style: "danger" },
        button(texts["button-help"]({ text: "button-help" }), "help"),
      ],
    ],
  };
}

/** A keyboard without what opens inline mode; `null`: nothing in it does. */
export function withoutInlineMode(keyboard: InlineKeyboardMarkup): InlineKeyboardMarkup | null {
  const opensInline = (button: InlineKeyboardButton) =>
    "switch_inline_query_current_chat" in button;
  if (!keyboard.inline_keyboard.flat().some(opensInline)) return null;
  return {
    inline_keyboard: keyboard.inline_keyboard.map((row) =>
      row.filter((button) => !opensInline(button))
    ),
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
      {
        ...buttonOf(texts["button-ban"]({ text: "button-ban" }), { does: "ban", customerId }),
        style: "danger",
      },
      buttonOf(texts["button-cancel"]({ text: "button-cancel" }), { does: "cancel", customerId }),
    ]],
  };
}

/** A button for each reply that may be meant. */
export function offeredKeyboard(
  customerId: number,
  { offered, answerTo }: { offered: readonly OfferedReply[]; answerTo?: number },
): InlineKeyboardMarkup {
  const answer = defined({ answerTo });
  return {
    inline_keyboard: offered.map(({ id: replyId, title }) => [
      buttonOf(title, { does: "reply", customerId, replyId, ...answer }),
    ]),
  };
}

/** A button for each desk that a conversation can go to. */
export function deskKeyboard(
  customerId: number,
  desks: readonly OfferedDesk[],
): InlineKeyboardMarkup {
  return {
    inline_keyboard: desks.map(({ deskId, name }) => [
      buttonOf(name, { does: "transfer", customerId, deskId }),
    ]),
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
  const more = action.does === "priority"
    ? [action.priority]
    : action.does === "transfer"
    ? [action.deskId]
    : action.does === "reply"
    ? [action.replyId, ...action.answerTo === undefined ? [] : [action.answerTo]]
    : [];
  return ["panel", action.does, action.customerId, ...more].join(" ");
}

const SENDS = /^panel reply ([1-9]\d{0,15}) ([0-9a-f]{16})(?: ([1-9]\d{0,9}))?$/;

const TRANSFERS = /^panel transfer ([1-9]\d{0,15}) (-\d{1,16})$/;

/** The action a button carries, or `null` if it is none of ours. */
export function readPanelAction(data: string): PanelAction | null {
  const [, to, replyId, answerTo] = SENDS.exec(data) ?? [];
  if (replyId !== undefined) {
    const answer = defined({ answerTo: answerTo === undefined ? undefined : Number(answerTo) });
    return { does: "reply", customerId: Number(to), replyId, ...answer };
  }
  const [, whose, deskId] = TRANSFERS.exec(data) ?? [];
  if (deskId !== undefined) {
    return { does: "transfer", customerId: Number(whose), deskId: Number(deskId) };
  }
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
