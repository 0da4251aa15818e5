/** What was written at the channel that a desk has left, and what becomes of it after the move. */
import { assertEquals } from "@std/assert";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { textsOf } from "../support/desk.ts";
import { open, openWithSales } from "../support/owned_desks.ts";

const TOO_OLD =
  "⚠️ A edição não aparece do outro lado: a mensagem é antiga demais ou não está lá. " +
  "Envie uma nova.";
const OPENINGS = /^(🟦|🆕|\[)/;

/** A desk where Maria has written and was answered, and that moves to another channel when told to. */
async function openAnswered(openDesks: typeof open) {
  const opened = await openDesks();
  const { desk, press, adds } = opened;
  const maria = desk.customer("Maria");
  const writes = async (words: string, options: Parameters<typeof maria.sends>[2] = {}) => {
    const message = maria.sends(desk.chatOf(maria), words, options);
    await desk.settled();
    return message;
  };
  const first = await writes("oi");
  desk.beto.comments(desk.channel.messages.at(-1) as never, "bom dia");
  await desk.settled();
  const answer = desk.toldTo(maria).at(-1)! as SimulatedMessage;
  const moves = async () => {
    const next = await adds("Outro canal");
    await press("Mudar atendimento");
    for (let minute = 0; minute < 3; minute++) await desk.passes(MINUTE_MS);
    return next;
  };
  const told = () => textsOf(desk.toldTo(maria));
  return { ...opened, maria, writes, first, answer, moves, told };
}

for (
  const [which, openDesks] of [["the only desk", open], ["one of two", openWithSales]] as const
) {
  Deno.test(`what is made of old messages after ${which} has moved is said in words, or ends quietly`, async () => {
    const { desk, maria, writes, first, answer, moves, told } = await openAnswered(openDesks);
    await using _ = desk;
    const next = await moves();
    const before = told().length;
    maria.edits(first, "oi, gente");
    await desk.settled();
    assertEquals(told().slice(before), [TOO_OLD]);
    maria.reacts(answer, "👍");
    await desk.settled();
    await writes("obrigada", { replyTo: answer.message_id });
    maria.reacts(answer, "🎉");
    await desk.settled();
    maria.edits(first, "oi, pessoal");
    await desk.settled();
    assertEquals(told().at(-1), TOO_OLD);
    const shown = textsOf(next.group.messages).filter((text) => !OPENINGS.test(text));
    assertEquals(shown, ["↩ “bom dia”\nobrigada"]);
    assertEquals((await desk.health()).waiting, 0);
  });

  Deno.test(`an edit that waits while ${which} moves is not made, of which its author is told`, async () => {
    const { desk, maria, first, moves, told } = await openAnswered(openDesks);
    await using _ = desk;
    desk.telegram.faults.next("editMessageText", { kind: "429", retryAfterS: 60 });
    maria.edits(first, "oi, gente");
    await desk.settled();
    await moves();
    assertEquals(told().at(-1), TOO_OLD);
    assertEquals((await desk.health()).waiting, 0);
  });

  Deno.test(`a ban has no answer go later that was put off before ${which} moved`, async () => {
    const { desk, writes, moves, told } = await openAnswered(openDesks);
    await using _ = desk;
    desk.beto.comments(desk.channel.messages.at(-1) as never, "/later 3h até logo");
    await desk.settled();
    const next = await moves();
    await writes("mais uma coisa");
    desk.beto.comments(next.channel.messages.at(-1) as never, "/ban");
    await desk.settled();
    const question = next.group.messages.findLast(({ reply_markup: markup }) => markup)!;
    const [yes] = question.reply_markup!.inline_keyboard.flat() as { callback_data: string }[];
    void desk.beto.presses(question, yes!.callback_data);
    await desk.settled();
    for (let hour = 0; hour < 4; hour++) await desk.passes(HOUR_MS);
    assertEquals(told().includes("até logo"), false);
  });
}
