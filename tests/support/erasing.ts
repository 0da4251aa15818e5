/** What tests about erasing share: pressing the buttons, and looking for what is left of somebody. */
import type { Message } from "grammy/types";
import { assert } from "@std/assert";
import type { TestDesk } from "./desk.ts";
import type { SimulatedMessage, SimulatedUser } from "../../playground/telegram/telegram.ts";

/** Presses the button of this text under a message, and waits for what follows. */
export async function presses(
  desk: TestDesk,
  who: SimulatedUser,
  message: Message,
  button: string,
): Promise<string | undefined> {
  const buttons = (message.reply_markup?.inline_keyboard ?? []).flat();
  const found = buttons.find(({ text }) => text.includes(button));
  assert(found, `there is no button ${button} in ${JSON.stringify(buttons)}`);
  const { callback_data } = found as { callback_data: string };
  const answer = who.presses(message as SimulatedMessage, callback_data);
  await desk.settled();
  return (await answer)?.text;
}

/** Sends a command in private, and resolves with the last the bot says then. */
export async function asks(desk: TestDesk, who: SimulatedUser, command: string): Promise<Message> {
  who.sends(desk.chatOf(who), command);
  await desk.settled();
  return desk.toldTo(who).at(-1)!;
}

/** Comes to the question whether to erase. */
export async function asksToErase(desk: TestDesk, who: SimulatedUser): Promise<Message> {
  const { languageCode, erase } = { languageCode: "pt", erase: "Apagar" };
  assert(who.info.language_code?.startsWith(languageCode), "the test speaks Portuguese");
  await presses(desk, who, await asks(desk, who, "/privacidade"), erase);
  return desk.toldTo(who).at(-1)!;
}

/** Erases everything, and lets as much time pass as that takes. */
export async function erases(desk: TestDesk, who: SimulatedUser): Promise<void> {
  await presses(desk, who, await asksToErase(desk, who), "Sim, apagar");
  for (let times = 0; times < 5; times++) await desk.passes(1100);
}

/**
 * The records that name somebody by their ID or by one of these words, each in a line; but not those
 * that are forgotten by themselves: that Telegram wants their chat to be left alone, within the
 * seconds that it named; that a program which died was at work on what they asked, within minutes.
 */
export async function tracesOf(
  kv: Deno.Kv,
  who: SimulatedUser,
  words: RegExp = /(?!)/,
): Promise<string[]> {
  const found: string[] = [];
  for await (const { key, value } of kv.list({ prefix: [] })) {
    const line = Deno.inspect([key, value], {
      depth: 20,
      breakLength: Infinity,
      strAbbreviateSize: 1e6,
      iterableLimit: 1e4,
    });
    if (key[1] === "pause" || (key[1] === "lease" && key.at(-1) === "to-desk")) continue;
    if (new RegExp(`\\b${who.id}\\b`).test(line) || words.test(line)) found.push(line);
  }
  return found;
}
