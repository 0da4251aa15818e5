/** Presses of buttons, in a desk's chats and in private. */
import { Composer, type Context } from "grammy";
import { onPress } from "../../decisions/press.ts";
import { deskOfButton } from "../../buttons/of_desk.ts";
import { readPress } from "./facts/press.ts";
import type { DeskDecision, Reception } from "./reception.ts";

/** Handles presses, but for those that set a desk up. */
export function presses(reception: Reception): Composer<Context> {
  const composer = new Composer<Context>();
  composer.on("callback_query", async ({ update, callbackQuery }) => {
    const { data, deskId } = deskOfButton(callbackQuery.data ?? "");
    const decide: DeskDecision = (read, now) => {
      const press = callbackQuery.data === undefined
        ? null
        : readPress({ ...callbackQuery, data }, now);
      return press ? onPress(press, read, now) : {};
    };
    const { chat } = callbackQuery.message ?? {};
    const named = deskId === undefined ? null : reception.deskAt(deskId);
    const desk = reception.deskOf(chat) ?? (chat?.type === "private" ? named : null);
    if (desk) await reception.accept(update, desk, decide);
    else await reception.acceptFrom(update, callbackQuery.from.id, decide);
  });
  return composer;
}
