/** Buttons under the list of desks, and under the question whether one is to be removed. */
import type { InlineKeyboardMarkup } from "grammy/types";
import type { DeskState } from "../texts/notices/desks.ts";
import type { Texts } from "../texts/notice.ts";
import { type SetupAction, writeSetupAction } from "./setup.ts";

/** A button for each desk, which shows its checklist; and one for another, unless they are fixed. */
export function desksKeyboard(
  desks: readonly { deskId: number; name: string; state: DeskState }[],
  { isFixed, texts }: {
    isFixed: boolean;
    texts: Pick<Texts, "button-desk" | "button-add-desk">;
  },
): InlineKeyboardMarkup {
  const add = texts["button-add-desk"]({ text: "button-add-desk" });
  return {
    inline_keyboard: [
      ...desks.map(({ deskId, name, state }) => [
        button(texts["button-desk"]({ text: "button-desk", name, state }), {
          does: "show",
          deskId,
        }),
      ]),
      ...isFixed ? [] : [[button(add, { does: "add" })]],
    ],
  };
}

/** The button that removes a desk. */
export function removeKeyboard(
  { deskId, name }: { deskId: number; name: string },
  texts: Pick<Texts, "button-remove-desk">,
): InlineKeyboardMarkup {
  const text = texts["button-remove-desk"]({ text: "button-remove-desk", name });
  return { inline_keyboard: [[button(text, { does: "remove", deskId })]] };
}

function button(text: string, action: SetupAction) {
  return { text, callback_data: writeSetupAction(action) };
}
