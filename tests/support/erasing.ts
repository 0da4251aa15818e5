/** What tests about erasing share: a desk, pressing the buttons, what is left of somebody. */
import type { Message } from "grammy/types";
import { assert } from "@std/assert";
import { type DeskOptions, type TestDesk, textsOf } from "./desk.ts";
import { openTalk } from "./talk.ts";
import type { SimulatedMessage, SimulatedUser } from "../../playground/telegram/telegram.ts";

/** What the team reads where they write to whoever has erased their data. */
export const REACHES_NOBODY = "🗑 Isto não chega a ninguém: os dados do cliente foram apagados.";

/** A desk where Maria has written, and Ana has answered. */
export async function openAnswered(options: DeskOptions = {}) {
  const { desk, maria, first, answer } = await openTalk(options);
  const card = desk.cardOf(maria);
  const root = rootOf(desk, card);
  /** What the bot has said in the thread since the last time this was asked. */
  let seen = desk.group.messages.at(-1)!.message_id;
  const said = () => {
    const all = desk.group.messages.filter(({ from, message_id }) =>
      from?.id === desk.bot.id && message_id > seen
    );
    seen = desk.group.messages.at(-1)!.message_id;
    return textsOf(all);
  };
  return { desk, maria, first, answer, card, root, said };
}

function rootOf({ group }: TestDesk, card: Message): SimulatedMessage {
  return group.messages.find(({ forward_origin: origin }) =>
    origin?.type === "channel" && origin.message_id === card.message_id
  )!;
}

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

/** Confirms the question, without waiting for what follows. */
export function confirms(maria: SimulatedUser, question: Message): void {
  const [button] = question.reply_markup!.inline_keyboard.flat();
  const { callback_data } = button as { callback_data: string };
  void maria.presses(question as SimulatedMessage, callback_data);
}

/** Resolves after as much real time, in milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
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
