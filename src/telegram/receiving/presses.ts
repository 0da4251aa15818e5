/** Presses of buttons, in a desk's chats and in private. */
import { Composer, type Context } from "grammy";
import { onPress } from "../../decisions/press.ts";
import { readPress } from "./facts/press.ts";
import type { DeskDecision, Reception } from "./reception.ts";

/** Handles presses, but for those that set a desk up. */
export function presses(reception: Reception): Composer<Context> {
  const composer = new Composer<Context>();
  composer.on("callback_query", async ({ update, callbackQuery }) => {
    const decide: DeskDecision = (read, now) => {
      const press = readPress(callbackQuery, now);
      return press ? onPress(press, read, now) : {};
    };
    const desk = reception.deskOf(callbackQuery.message?.chat);
    if (desk) await reception.accept(update, desk, decide);
    else await reception.acceptFrom(update, callbackQuery.from.id, decide);
  });
  return composer;
}
