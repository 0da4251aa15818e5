/** Taking back an answer: who may, when, and what is said. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { HOUR_MS } from "../../src/time/duration.ts";
import { textsOf } from "../support/desk.ts";
import { open } from "../support/undoing.ts";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";

Deno.test("/undo takes one's own answer back, at the customer's too", async () => {
  const { desk, maria, answer, says, line, isThere } = await open();
  await using _ = desk;
  const command = await says(desk.ana, "/undo", { replyTo: answer.message_id });
  assertEquals(textsOf(desk.toldTo(maria)).includes("bom dia, Maria!"), false);
  assertStringIncludes(line().text!, "Ana desfez esta resposta: ela foi apagada");
  assertEquals(isThere(command), false);
  // Nothing sends it again.
  desk.ana.edits(answer, "bom dia, querida!");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).length, 1);
});

Deno.test("agents take back only their own answers, administrators anybody's", async () => {
  const { desk, maria, answer, says, line } = await open();
  await using _ = desk;
  await says(desk.bia, "/undo", { replyTo: answer.message_id });
  assertStringIncludes(line().text!, "só pode desfazer as suas");
  await says(desk.boss, "/desfazer", { replyTo: answer.message_id });
  assertEquals(textsOf(desk.toldTo(maria)).includes("bom dia, Maria!"), false);
});

Deno.test("after two days Telegram allows no more undoing, and the agent is told", async () => {
  const { desk, maria, answer, says, line } = await open();
  await using _ = desk;
  await desk.passes(49 * HOUR_MS);
  await says(desk.ana, "/undo", { replyTo: answer.message_id });
  assertStringIncludes(line().text!, "primeiras 48 horas");
  assert(textsOf(desk.toldTo(maria)).includes("bom dia, Maria!"));
});

Deno.test("undone by two at once, it is undone once, and the second is told", async () => {
  const { desk, maria, says, left, undoes, line, isThere } = await open();
  await using _ = desk;
  const answer = await says(desk.ana, "custa dez");
  const first = desk.boss.comments(desk.cardOf(maria), "/desfazer", {
    replyTo: answer.message_id,
  });
  const second = await undoes(answer);
  assertEquals(left(), []);
  assertStringIncludes(line().text!, "Não há o que desfazer");
  assertEquals([isThere(first), isThere(second)], [false, true]);
  const done = textsOf(desk.threadOf(maria)).filter((text) => text.includes("desfez"));
  assertEquals(done.length, 1);
});

/** What cannot be taken back, and what is said then. */
Deno.test("notes, commands, the bot's lines, customers' messages and strangers' comments cannot be undone", async () => {
  const { desk, maria, says, undoes, line } = await open();
  await using _ = desk;
  const rui = desk.telegram.createUser({ firstName: "Rui" });
  const message = desk.threadOf(maria).find(({ text }) => text === "bom dia")!;
  const told = desk.toldTo(maria).length;
  for (
    const [target, who, words] of [
      [await says(desk.ana, "# pede sempre desconto"), desk.ana, "Não há o que desfazer"],
      [await says(desk.ana, "/who"), desk.ana, "Não há o que desfazer"],
      [line(), desk.ana, "Só respostas da equipe"],
      [message, desk.ana, "Só respostas da equipe"],
      [await says(rui, "oi, gente"), desk.ana, "Você só pode desfazer as suas"],
      [await says(rui, "sou eu"), desk.boss, "Não há o que desfazer"],
      [await says(desk.boss, "olá!", { as: desk.channel }), desk.ana, "só pode desfazer as suas"],
    ] as const
  ) {
    await undoes(target as SimulatedMessage, who);
    assertStringIncludes(line().text!, words);
  }
  assertEquals(textsOf(desk.toldTo(maria).slice(told)), ["olá!"]);
  assert(textsOf(desk.threadOf(maria)).includes("bom dia"));
  for (const options of [{}, { replyTo: message.message_thread_id! }]) {
    await says(desk.ana, "/undo", options);
    assertStringIncludes(line().text!, "Responda com /desfazer");
  }
});

Deno.test("who writes without a name takes back what was written without one", async () => {
  const { desk, says, left, line } = await open();
  await using _ = desk;
  for (const as of [desk.channel, "anonymous"] as const) {
    const answer = await says(desk.boss, "custa dez", { as });
    assertEquals(left(), ["custa dez"]);
    await says(desk.boss, "/undo", { as, replyTo: answer.message_id });
    assertEquals(left(), []);
    assertStringIncludes(line().text!, "Atendimento desfez esta resposta");
  }
});

Deno.test("what a customer who has blocked the bot has already is taken back, or it is said why not", async () => {
  const { desk, maria, says, left, undoes, line } = await open();
  await using _ = desk;
  const answer = await says(desk.ana, "custa dez");
  maria.blocks(desk.bot);
  await desk.settled();
  await undoes(answer);
  const isGone = left().length === 0;
  assertStringIncludes(line().text!, isGone ? "foi apagada" : "não permite");
});

Deno.test("Telegram failing for a while, an undo waits, also over a restart", async () => {
  const { desk, says, left, undoes } = await open();
  await using _ = desk;
  const answer = await says(desk.ana, "custa dez");
  desk.telegram.faults.next("deleteMessages", { kind: "500" });
  desk.telegram.faults.next("deleteMessages", { kind: "lost answer" });
  await undoes(answer);
  assertEquals(left(), ["custa dez"]);
  await desk.restart();
  for (let tries = 0; tries < 3; tries++) await desk.passes(10_000);
  assertEquals(left(), []);
});

Deno.test("while Telegram asks to leave the customer alone, nothing is taken back or shown there", async () => {
  const { desk, maria, says, left, undoes } = await open();
  await using _ = desk;
  const methodsSince = (before: number) =>
    desk.telegram.calls.slice(before).filter(({ payload }) => payload.chat_id === maria.id)
      .map(({ method }) => method);
  const [first, second] = [await says(desk.ana, "um"), await says(desk.ana, "dois")];
  // The one who takes back is told so, and others keep to it …
  desk.telegram.faults.next("deleteMessages", { kind: "429", retryAfterS: 20 });
  const before = desk.telegram.calls.length;
  await undoes(first);
  await says(desk.ana, "três");
  assertEquals(methodsSince(before), ["deleteMessages"]);
  await desk.passes(21_000);
  assertEquals(left(), ["dois", "três"]);
  // … and the other way round.
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 20 });
  const again = desk.telegram.calls.length;
  await says(desk.ana, "quatro");
  await undoes(second);
  assertEquals(methodsSince(again), ["copyMessage"]);
  await desk.passes(21_000);
  assertEquals(left(), ["três", "quatro"]);
});
