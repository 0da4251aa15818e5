import { assert, assertEquals, assertLess } from "@std/assert";
import { Pace } from "../../src/jobs/pace.ts";
import { Bells } from "../support/bells.ts";
import { TestDesk, textsOf } from "../support/desk.ts";

const GROUP = -1001;
const wanted = (lane: string, more: Partial<Parameters<Pace["ask"]>[0]> = {}) => ({
  lane,
  chatId: GROUP,
  count: 1,
  isUrgent: true,
  sinceMs: 0,
  ...more,
});

Deno.test("a group is given no more than 20 messages in any minute", () => {
  const pace = new Pace(true);
  const times = Array.from({ length: 65 }, (_, n) => pace.ask(wanted(`lane ${n}`), 0));
  for (let first = 0; first + 20 < times.length; first++) {
    assert(times[first + 20]! - times[first]! > 60_000);
  }
});

Deno.test("a lane has one time at most, so that a flooding customer waits their turn", () => {
  const pace = new Pace(true);
  const flood = pace.ask(wanted("flood"), 0);
  assertEquals(pace.ask(wanted("flood"), 0), flood);
  pace.use("flood", 0);
  const others = ["a", "b", "c"].map((lane) => pace.ask(wanted(lane), 0));
  const again = pace.ask(wanted("flood"), 0);
  for (const other of others) assertLess(other, again);
});

Deno.test("the bot's own words wait for a gap, but not for ever", () => {
  const pace = new Pace(true);
  for (let n = 0; n < 30; n++) pace.ask(wanted(`lane ${n}`), 0);
  const notice = wanted("notice", { isUrgent: false });
  const askAgainMs = pace.ask(notice, 1000);
  const urgentMs = pace.ask(wanted("person"), 1000);
  // The gap it was told of is still free for people.
  assertEquals(urgentMs, askAgainMs);
  const patientMs = 15 * 60_000;
  assertEquals(pace.ask({ ...notice, sinceMs: -patientMs }, 1000) > 1000, true);
  const given = pace.ask({ ...notice, sinceMs: -patientMs }, 1000);
  assertEquals(pace.ask({ ...notice, sinceMs: -patientMs }, 1000), given);
});

Deno.test("all chats together stay below 30 a second", () => {
  const pace = new Pace(true);
  const times = Array.from(
    { length: 300 },
    (_, n) => pace.ask(wanted(`l${n}`, { chatId: n + 1 }), 0),
  )
    .sort((a, b) => a - b);
  for (let first = 0; first + 30 < times.length; first++) {
    assert(times[first + 30]! - times[first]! >= 1000);
  }
});

Deno.test("an album counts its pieces", () => {
  const pace = new Pace(true);
  const times = ["a", "b", "c"].map((lane) => pace.ask(wanted(lane, { count: 10 }), 0));
  assertLess(times[1]!, 60_000);
  assert(times[2]! > 60_000);
});

Deno.test("without a pace only what Telegram asks for is obeyed", () => {
  const pace = new Pace(false);
  for (let n = 0; n < 100; n++) assertEquals(pace.ask(wanted(`lane ${n}`), 5), 5);
  pace.hold(GROUP, 9000);
  assertEquals(pace.ask(wanted("x"), 5), 9000);
  assertEquals(pace.ask(wanted("y", { chatId: 7 }), 5), 5);
  pace.release();
  assertEquals(pace.ask(wanted("x"), 5), 5);
});

Deno.test("a burst of 200 messages from 50 customers arrives whole, in order and almost without 429", async () => {
  const bells = new Bells();
  await using desk = await TestDesk.open({
    env: { PACE: "telegram" },
    limits: "telegram",
    alarm: bells,
  });
  const customers = Array.from({ length: 50 }, (_, n) => desk.customer(`Cliente ${n}`));
  for (const round of [1, 2, 3, 4]) {
    for (const customer of customers) customer.sends(desk.chatOf(customer), `mensagem ${round}`);
  }
  await desk.settled();
  const beganMs = desk.clock.now();
  while (await bells.next(desk));
  const expected = ["mensagem 1", "mensagem 2", "mensagem 3", "mensagem 4"];
  for (const customer of customers) assertEquals(textsOf(desk.threadOf(customer)), expected);
  const { calls } = desk.telegram;
  const refused = calls.filter(({ response }) =>
    response?.ok === false && response.error_code === 429
  );
  assert(refused.length * 50 <= calls.length, `${refused.length} of ${calls.length} were refused`);
  // 200 messages at 20 a minute; the cards go to the channel meanwhile.
  assertLess(desk.clock.now() - beganMs, 15 * 60_000);
});

Deno.test("one customer's flood delays the others by a fair turn, and they are told once to slow down", async () => {
  const bells = new Bells();
  await using desk = await TestDesk.open({
    env: { PACE: "telegram" },
    limits: "telegram",
    alarm: bells,
  });
  const [flood, maria] = [desk.customer("Enxurrada"), desk.customer("Maria")];
  for (const customer of [flood, maria]) customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  while (await bells.next(desk));
  const texts = Array.from({ length: 300 }, (_, n) => `mais ${n}`);
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
