/** A desk that keeps its pace before a Telegram that insists on it. */
import { assert, assertEquals, assertLess } from "@std/assert";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { Bells } from "../support/bells.ts";
import { type DeskOptions, TestDesk, textsOf } from "../support/desk.ts";
import { upTo } from "../support/numbers.ts";
import { TURN_MS } from "../support/traffic.ts";

/** A desk that keeps its pace before a Telegram that insists on it, and its bells. */
async function pacedDesk(more: DeskOptions = {}) {
  const bells = new Bells();
  const env = { PACE: "telegram" };
  return { bells, desk: await TestDesk.open({ env, limits: "telegram", alarm: bells, ...more }) };
}

/** How much of what was called was refused for being too much. */
const refused = ({ telegram: { calls } }: TestDesk) =>
  calls.filter(({ response }) => response?.ok === false && response.error_code === 429).length /
  calls.length;

Deno.test("the panel and the message of two who write first are there at once", async () => {
  const { desk: opened } = await pacedDesk({ settings: {}, burst: 5 });
  await using desk = opened;
  const customers = [desk.customer("Maria"), desk.customer("João")];
  for (const customer of customers) customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  // No time has passed, and no bell has rung.
  for (const customer of customers) assertEquals(desk.threadOf(customer).length, 2);
  assertEquals(refused(desk), 0);
});

Deno.test("a Telegram that takes fewer at once refuses each chat's first burst alone", async () => {
  const { bells, desk: opened } = await pacedDesk({ settings: {}, burst: 3 });
  await using desk = opened;
  const customers = upTo(20).map((n) => desk.customer(`Cliente ${n}`));
  for (const customer of customers) customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  while (await bells.next(desk));
  for (const customer of customers) assertEquals(textsOf(desk.threadOf(customer)).at(-1), "oi");
  const refusals = desk.telegram.calls.filter(({ response }) => response?.ok === false);
  assert(refusals.length <= 6, `${refusals.length} were refused`);
});

Deno.test("a burst of 200 messages from 50 customers arrives whole, in order and almost without 429", async () => {
  const { bells, desk: opened } = await pacedDesk();
  await using desk = opened;
  const customers = upTo(50).map((n) => desk.customer(`Cliente ${n}`));
  for (const round of [1, 2, 3, 4]) {
    for (const customer of customers) customer.sends(desk.chatOf(customer), `mensagem ${round}`);
  }
  await desk.settled();
  const beganMs = desk.clock.now();
  while (await bells.next(desk));
  const expected = ["mensagem 1", "mensagem 2", "mensagem 3", "mensagem 4"];
  for (const customer of customers) assertEquals(textsOf(desk.threadOf(customer)), expected);
  assertLess(refused(desk), 0.02);
  // 200 messages at 20 a minute; the cards go to the channel meanwhile.
  assertLess(desk.clock.now() - beganMs, 13 * MINUTE_MS);
});

Deno.test("80 messages of one whom nobody has answered are there as soon as a group takes them", async () => {
  const { bells, desk: opened } = await pacedDesk({ burst: 20 });
  await using desk = opened;
  const maria = await desk.hearsFrom("Maria");
  while (await bells.next(desk));
  await desk.passes(2 * MINUTE_MS);
  const beganMs = desk.clock.now();
  for (const n of upTo(80)) maria.sends(desk.chatOf(maria), `mensagem ${n}`);
  await desk.settled();
  while (desk.threadOf(maria).length < 81) assert(await bells.next(desk));
  assertLess(desk.clock.now() - beganMs, 1.05 * 3 * MINUTE_MS);
  assertEquals(refused(desk), 0);
});

Deno.test("one customer's flood delays the others by a fair turn, and they are told once to slow down", async () => {
  const { bells, desk: opened } = await pacedDesk();
  await using desk = opened;
  const [flood, maria] = [desk.customer("Enxurrada"), desk.customer("Maria")];
  for (const customer of [flood, maria]) customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  while (await bells.next(desk));
  const texts = upTo(300).map((n) => `mais ${n}`);
  for (const text of texts) flood.sends(desk.chatOf(flood), text);
  await desk.settled();
  for (let times = 0; times < 40; times++) await bells.next(desk);

  maria.sends(desk.chatOf(maria), "e eu?");
  await desk.settled();
  const before = desk.threadOf(flood).length;
  while (!textsOf(desk.threadOf(maria)).includes("e eu?")) assert(await bells.next(desk));
  assertLess(desk.threadOf(flood).length - before, 3);

  while (await bells.next(desk));
  assertEquals(textsOf(desk.threadOf(flood)).slice(1), texts);
  const told = textsOf(desk.toldTo(flood)).filter((text) => text.startsWith("Recebemos muitas"));
  assertEquals(told.length, 1);
});

Deno.test("while many new customers come, a conversation goes on, and few bells are set", async () => {
  const { bells, desk: opened } = await pacedDesk();
  await using desk = opened;
  const maria = await desk.hearsFrom("Maria");
  desk.ana.comments(desk.cardOf(maria), "bom dia!");
  await desk.settled();
  while (await bells.next(desk));

  const newcomers = upTo(60).map((n) => desk.customer(`Cliente ${n}`));
  for (const customer of newcomers) customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  for (let times = 0; times < 20; times++) await bells.next(desk);
  const { length } = bells.all;
  for (const round of upTo(5)) {
    const beganMs = desk.clock.now();
    maria.sends(desk.chatOf(maria), `pergunta ${round}`);
    desk.ana.comments(desk.cardOf(maria), `resposta ${round}`);
    await desk.settled();
    while (!textsOf(desk.threadOf(maria)).includes(`pergunta ${round}`)) {
      assert(await bells.next(desk));
    }
    assertLess(desk.clock.now() - beganMs, TURN_MS);
    assert(textsOf(desk.toldTo(maria)).includes(`resposta ${round}`));
    for (let times = 0; times < 5; times++) await bells.next(desk);
  }
  // Each turn is rung for once, and not once for each who waits.
  assertLess(bells.all.length - length, 200);
  while (await bells.next(desk));
  for (const customer of newcomers) assertEquals(textsOf(desk.threadOf(customer)), ["oi"]);
  assertLess(refused(desk), 0.02);
});

Deno.test("a lane of a hundred that waits for its thread is asked to slow down, too", async () => {
  const { bells, desk: opened } = await pacedDesk();
  await using desk = opened;
  desk.telegram.autoForward = { mode: "never", delayMs: 0 };
  const maria = desk.customer("Maria");
  for (const n of upTo(120)) {
    maria.sends(desk.chatOf(maria), `mensagem ${n}`);
    await desk.settled();
  }
  for (let times = 0; times < 20; times++) await bells.next(desk, 30_000);
  const told = textsOf(desk.toldTo(maria)).filter((text) => text.startsWith("Recebemos muitas"));
  assertEquals(told.length, 1);
});
