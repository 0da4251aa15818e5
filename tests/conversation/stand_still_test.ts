/** What the clock does stands still while a conversation is put off, or an answer is to go later. */
import { assertEquals } from "@std/assert";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { openTalk } from "../support/talk.ts";
import { textsOf } from "../support/desk.ts";

/** A conversation at a desk with an alarm of 15 minutes that closes after two days of silence. */
async function open() {
  const talk = await openTalk();
  const { desk, maria, cardText } = talk;
  for (const words of ["/set keep off", "/set alarm 15", "/set autoclose 2d"]) {
    desk.boss.sends(desk.chatOf(desk.boss), words);
    await desk.settled();
  }
  const isLate = () => cardText().split("\n")[2]?.includes("#late") ?? false;
  const told = (start: string) =>
    textsOf(desk.toldTo(maria)).filter((text) => text.startsWith(start));
  const warnings = () => told("Ainda precisa").length;
  const ends = () => told("Este atendimento foi encerrado").length;
  const square = () => cardText().split(" ")[0];
  /** How often the desk's boss was told that Maria is late. */
  const alarms = () =>
    textsOf(desk.toldTo(desk.boss)).filter((text) => text.startsWith("⏰")).length;
  return { ...talk, isLate, warnings, ends, square, alarms };
}

Deno.test("who was put off is not late; the tag goes, and it counts anew when it is back", async () => {
  const { desk, writes, says, isLate, square } = await open();
  await using _ = desk;
  await writes("uma dúvida");
  await desk.passes(15 * MINUTE_MS);
  assertEquals(isLate(), true);
  await says(desk.ana, "/later 2h");
  assertEquals([isLate(), square()], [false, "💤"]);
  await desk.passes(2 * HOUR_MS - MINUTE_MS);
  assertEquals([isLate(), square()], [false, "💤"]);
  await desk.passes(2 * MINUTE_MS);
  assertEquals([isLate(), square()], [false, "🟦"]);
  await desk.passes(13 * MINUTE_MS);
  assertEquals(isLate(), false);
  await desk.passes(2 * MINUTE_MS);
  assertEquals(isLate(), true);
});

Deno.test("whoever was told that a customer is late is told again if that is so once they are back", async () => {
  const { desk, writes, says, alarms } = await open();
  await using _ = desk;
  await writes("uma dúvida");
  await desk.passes(30 * MINUTE_MS);
  assertEquals(alarms(), 1);
  await says(desk.ana, "/later 2h");
  await desk.passes(2 * HOUR_MS);
  await desk.passes(29 * MINUTE_MS);
  assertEquals(alarms(), 1);
  await desk.passes(2 * MINUTE_MS);
  assertEquals(alarms(), 2);
  await desk.passes(HOUR_MS);
  assertEquals(alarms(), 2);
});

Deno.test("a customer who writes while put off waits from then on", async () => {
  const { desk, writes, says, isLate } = await open();
  await using _ = desk;
  await writes("uma dúvida");
  await says(desk.ana, "/later 3h");
  await desk.passes(HOUR_MS);
  await writes("alguém aí?");
  await desk.passes(14 * MINUTE_MS);
  assertEquals(isLate(), false);
  await desk.passes(MINUTE_MS);
  assertEquals(isLate(), true);
});

Deno.test("while an answer waits to be sent later nobody is late; silence counts from that answer", async () => {
  const { desk, writes, says, isLate, warnings, ends } = await open();
  await using _ = desk;
  await writes("uma dúvida");
  await says(desk.ana, "/later 5h já está pronto");
  await desk.passes(5 * HOUR_MS - MINUTE_MS);
  assertEquals(isLate(), false);
  await desk.passes(2 * MINUTE_MS);
  assertEquals(isLate(), false);
  await desk.passes(DAY_MS - 5 * MINUTE_MS);
  assertEquals(warnings(), 0);
  await desk.passes(5 * MINUTE_MS);
  assertEquals(warnings(), 1);
  await desk.passes(DAY_MS + MINUTE_MS);
  assertEquals(ends(), 1);
});

Deno.test("who was warned is not closed before an answer that is to be sent later", async () => {
  const { desk, maria, says, warnings, ends } = await open();
  await using _ = desk;
  await says(desk.ana, "mais alguma coisa?");
  await desk.passes(DAY_MS + MINUTE_MS);
  assertEquals(warnings(), 1);
  await says(desk.ana, "/later 3d já está pronto");
  await desk.passes(3 * DAY_MS - 5 * MINUTE_MS);
  assertEquals(ends(), 0);
  await desk.passes(10 * MINUTE_MS);
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "já está pronto");
  await desk.passes(DAY_MS + MINUTE_MS);
  await desk.passes(DAY_MS - 10 * MINUTE_MS);
  assertEquals([warnings(), ends()], [2, 0]);
  await desk.passes(10 * MINUTE_MS);
  assertEquals([warnings(), ends()], [2, 1]);
});

Deno.test("who waits for an answer that is called off is late by the time from then", async () => {
  const { desk, writes, says, press, line, isLate } = await open();
  await using _ = desk;
  await writes("uma dúvida");
  await says(desk.ana, "/later 5h já está pronto");
  await desk.passes(HOUR_MS);
  await press(desk.ana, line(), "Cancelar");
  await desk.passes(14 * MINUTE_MS);
  assertEquals(isLate(), false);
  await desk.passes(MINUTE_MS);
  assertEquals(isLate(), true);
});

Deno.test("what is silent and put off does not close; put back, the time begins anew", async () => {
  const { desk, says, warnings, ends } = await open();
  await using _ = desk;
  await says(desk.ana, "mais alguma coisa?");
  await desk.passes(HOUR_MS);
  await says(desk.ana, "/later 10d");
  await desk.passes(9 * DAY_MS);
  assertEquals([warnings(), ends()], [0, 0]);
  await says(desk.ana, "/later -");
  await desk.passes(DAY_MS - MINUTE_MS);
  assertEquals(warnings(), 0);
  await desk.passes(2 * MINUTE_MS);
  assertEquals(warnings(), 1);
});

Deno.test("what was warned and then put off is closed with its buttons", async () => {
  const { desk, maria, says } = await open();
  await using _ = desk;
  await says(desk.ana, "mais alguma coisa?");
  await desk.passes(DAY_MS + MINUTE_MS);
  const buttons = () => desk.toldTo(maria).filter(({ reply_markup }) => reply_markup).length;
  assertEquals(buttons(), 1);
  await says(desk.ana, "/later 10d");
  await says(desk.ana, "/close");
  assertEquals(buttons(), 0);
});
