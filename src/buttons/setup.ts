/**
 * Setting a desk up: the links that add the bot with just the rights it needs, and the buttons under
 * the checklist.
 */
import type { InlineKeyboardMarkup } from "grammy/types";
import { BOT_RIGHTS, type DeskChat } from "../desk/rights.ts";
import type { Check } from "../health/checklist.ts";
import type { Texts } from "../texts/notice.ts";
import { defined } from "../values/defined.ts";

/** The links that add the bot, and ask for just the rights it needs. */
function addLinks(botUsername: string): Record<DeskChat, string> {
  const rights = (where: DeskChat) =>
    BOT_RIGHTS[where].map((right) => right.replace(/^can_/, "")).join("+");
  const address = `https://t.me/${botUsername}`;
  return {
    channel: `${address}?startchannel&admin=${rights("channel")}`,
    group: `${address}?startgroup&admin=${rights("group")}`,
  };
}

/** The sentences on the buttons that are such links. */
type AddTexts = Pick<Texts, "button-add-channel" | "button-add-group">;

/** The link that adds the bot to one of the two, as a button. */
export function addButton(where: DeskChat, botUsername: string, texts: AddTexts) {
  const text = where === "channel"
    ? texts["button-add-channel"]({ text: "button-add-channel" })
    : texts["button-add-group"]({ text: "button-add-group" });
  return { text, url: addLinks(botUsername)[where] };
}

/** What a button under the checklist asks for. */
export type SetupAction =
  /** To look at a desk anew, to send its test message; without a desk, those of all. */
  | { does: "check" | "walk"; deskId?: number }
  /** To show the checklist of a desk, to remove it. */
  | { does: "show" | "remove"; deskId: number }
  /** To say how another desk is opened, in the channel that is shown next. */
  | { does: "add" }
  /** To open another desk in a channel. */
  | { does: "open"; channelId: number }
  /** To move a desk to a channel; without one, the first. */
  | { does: "move"; channelId: number; deskId?: number };

/** The buttons under the checklist: what is left to do, and what can be tried. */
export function checklistKeyboard(
  checks: Check[],
  { botUsername, deskId, texts }: {
    botUsername: string;
    deskId?: number | undefined;
    texts: AddTexts & Pick<Texts, "button-check" | "button-walk">;
  },
): InlineKeyboardMarkup {
  const of = defined({ deskId });
  const isBad = (...names: Check["name"][]) =>
    checks.some(({ name, state }) => state === "bad" && names.includes(name));
  const press = (text: string, action: SetupAction) => ({
    text,
    callback_data: writeSetupAction(action),
  });
  const check = press(texts["button-check"]({ text: "button-check" }), { does: "check", ...of });
  const walk = press(texts["button-walk"]({ text: "button-walk" }), { does: "walk", ...of });
  const add = (where: DeskChat) => [addButton(where, botUsername, texts)];
  const isReady = !checks.some(({ state }) => state === "bad");
  return {
    inline_keyboard: [
      ...isBad("channel", "channel-rights") ? [add("channel")] : [],
      ...isBad("channel", "group", "group-rights") ? [add("group")] : [],
      [check, ...isReady ? [walk] : []],
    ],
  };
}

/** An action as a button carries it: at most 64 bytes (Bot API, InlineKeyboardButton). */
export function writeSetupAction(action: SetupAction): string {
  const channel = "channelId" in action ? [action.channelId] : [];
  const desk = "deskId" in action && action.deskId !== undefined ? [action.deskId] : [];
  return ["setup", action.does, ...channel, ...desk].join(" ");
}

const CHANNEL_ID = "-100\\d{1,13}";
const ACTION = new RegExp(
  `^setup (check|walk|show|remove|add|open|move)((?: ${CHANNEL_ID}){0,2})$`,
);

/** The action a button carries, or `null` if it is none of these. */
export function readSetupAction(data: string): SetupAction | null {
  const [, does, rest = ""] = ACTION.exec(data) ?? [];
  const [first, second, ...more] = rest.split(" ").filter(Boolean).map(Number);
  if (more.length > 0) return null;
  switch (does) {
    case "check":
    case "walk":
      return second === undefined ? { does, ...defined({ deskId: first }) } : null;
    case "add":
      return first === undefined ? { does } : null;
    case "show":
    case "remove":
      return first !== undefined && second === undefined ? { does, deskId: first } : null;
    case "open":
      return first !== undefined && second === undefined ? { does, channelId: first } : null;
    case "move":
      return first === undefined
        ? null
        : { does, channelId: first, ...defined({ deskId: second }) };
    default:
      return null;
  }
}
