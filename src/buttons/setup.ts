/**
 * Setting a desk up: the links that add the bot with just the rights it needs, and the buttons under
 * the checklist.
 */
import type { InlineKeyboardMarkup } from "grammy/types";
import { BOT_RIGHTS, type DeskChat } from "../desk/rights.ts";
import type { Check } from "../health/checklist.ts";
import type { Texts } from "../texts/notice.ts";

/** The links that add the bot, and ask for just the rights it needs. */
export function addLinks(botUsername: string): Record<DeskChat, string> {
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
  | { does: "check" | "walk" }
  | { does: "move"; channelId: number };

/** The buttons under the checklist: what is left to do, and what can be tried. */
export function checklistKeyboard(
  checks: Check[],
  { botUsername, texts }: {
    botUsername: string;
    texts: AddTexts & Pick<Texts, "button-check" | "button-walk">;
  },
): InlineKeyboardMarkup {
  const isBad = (...names: Check["name"][]) =>
    checks.some(({ name, state }) => state === "bad" && names.includes(name));
  const press = (text: string, action: SetupAction) => ({
    text,
    callback_data: writeSetupAction(action),
  });
  const check = press(texts["button-check"]({ text: "button-check" }), { does: "check" });
  const walk = press(texts["button-walk"]({ text: "button-walk" }), { does: "walk" });
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
  return action.does === "move" ? `setup move ${action.channelId}` : `setup ${action.does}`;
}

/** The action a button carries, or `null` if it is none of these. */
export function readSetupAction(data: string): SetupAction | null {
  if (data === "setup check") return { does: "check" };
  if (data === "setup walk") return { does: "walk" };
  const [, channelId] = /^setup move (-100\d{1,13})$/.exec(data) ?? [];
  return channelId === undefined ? null : { does: "move", channelId: Number(channelId) };
}
