/** Buttons under the question for which of several desks a command in private is. */
import type { InlineKeyboardMarkup } from "grammy/types";

/** The desk that was chosen, and the message of the command. */
export interface WhichDeskAction {
  deskId: number;
  command: number;
}

/** A button for each desk. */
export function whichDeskKeyboard(
  desks: readonly { deskId: number; name: string }[],
  command: number,
): InlineKeyboardMarkup {
  return {
    inline_keyboard: desks.map(({ deskId, name }) => [
      { text: name, callback_data: `which ${deskId} ${command}` },
    ]),
  };
}

/** The action a button carries, or `null` if it is none of these. */
export function readWhichDesk(data: string): WhichDeskAction | null {
  const [, deskId, command] = /^which (-100\d{1,13}) ([1-9]\d{0,15})$/.exec(data) ?? [];
  return deskId === undefined ? null : { deskId: Number(deskId), command: Number(command) };
}
