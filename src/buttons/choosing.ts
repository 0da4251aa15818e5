/**
 * The keyboard by which the owner of a desk chooses its channel and its group: clients offer what
 * fits, also to create one, and add the bot there with the rights it needs (Bot API,
 * KeyboardButtonRequestChat).
 */
import type { KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove } from "grammy/types";
import { botRights, type DeskChat, ownerRights } from "../desk/rights.ts";
import type { Step } from "../desk/step.ts";
import type { Texts } from "../texts/notice.ts";

/** The sentences on the buttons that choose. */
type ChoosingTexts = Pick<Texts, "button-choose-channel" | "button-choose-group">;

/** The sentence on the button that calls off what was begun. */
type CallingOffTexts = Pick<Texts, "button-cancel">;

/** By these numbers Telegram tells what a chat was chosen as; keyboards stay, and so do they. */
const REQUEST_IDS: Record<DeskChat, number> = { channel: 1, group: 2 };

/**
 * What is shown at a step in place of letters; `undefined`: what was before. A desk beside others can
 * be called off while it has no channel.
 */
export function choosingKeyboard(
  step: Step,
  { isFurther, texts }: { isFurther: boolean; texts: ChoosingTexts & CallingOffTexts },
): ReplyKeyboardMarkup | ReplyKeyboardRemove | undefined {
  switch (step) {
    case "channel":
    case "group": {
      const off = isFurther && step === "channel" ? [[{ text: offOf(texts) }]] : [];
      const keyboard = [[requestOf(step, texts)], ...off];
      return { keyboard, resize_keyboard: true, is_persistent: true };
    }
    case "link":
      return undefined;
    case "done":
      return { remove_keyboard: true };
  }
}

/** As what a chat was chosen; `undefined`: none of our buttons asks for that. */
export function chosenAs(requestId: number): DeskChat | undefined {
  return (Object.keys(REQUEST_IDS) as DeskChat[]).find((each) => REQUEST_IDS[each] === requestId);
}

/** What a client that knows no such buttons sends in place of a choice; `undefined`: another text. */
export function pressedInVain(text: string, texts: ChoosingTexts): DeskChat | undefined {
  return (["channel", "group"] as const).find((where) => textOf(where, texts) === text);
}

/** Whether a text is what the button sends that calls off what was begun. */
export function callsOff(text: string, texts: CallingOffTexts): boolean {
  return text === offOf(texts);
}

function offOf(texts: CallingOffTexts): string {
  return texts["button-cancel"]({ text: "button-cancel" });
}

function requestOf(where: DeskChat, texts: ChoosingTexts): KeyboardButton {
  return {
    text: textOf(where, texts),
    request_chat: {
      request_id: REQUEST_IDS[where],
      chat_is_channel: where === "channel",
      ...(where === "channel" ? { chat_has_username: false } : { chat_is_forum: false }),
      user_administrator_rights: ownerRights(where),
      bot_administrator_rights: botRights(where),
      request_title: true,
    },
  };
}

function textOf(where: DeskChat, texts: ChoosingTexts): string {
  return where === "channel"
    ? texts["button-choose-channel"]({ text: "button-choose-channel" })
    : texts["button-choose-group"]({ text: "button-choose-group" });
}
