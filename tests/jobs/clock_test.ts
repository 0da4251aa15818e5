import { assertEquals, assertStringIncludes } from "@std/assert";
import { dueAtMs } from "../../src/jobs/job.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { steadyClock } from "../../src/time/steady.ts";
import { isWithin } from "../../src/time/elapsed.ts";
import { Bells } from "../support/bells.ts";
import { type DeskOptions, TestDesk, textsOf } from "../support/desk.ts";

/** A desk with a customer whose conversation has begun. */
async function talkWith(name: string, options: DeskOptions = {}) {
  const desk = await TestDesk.open(options);
  const customer = desk.customer(name);
  customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  return { desk, customer };
}

/** What a message waits for when the clock is set back. */
const WAITS: [string, (desk: TestDesk) => Promise<void> | void][] = [
  ["to be tried again", (desk) => {
    for (let times = 0; times < 4; times++) {
      desk.telegram.faults.next("copyMessage", { kind: "502" });
    }
  }],
  ["as long as Telegram asks", (desk) => {
    desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 40 });
  }],
  ["as long as Telegram has asked another instance", async (desk) => {
    const pause = { chatId: desk.group.id, untilMs: desk.clock.now() + 40_000 };
    await desk.anotherStore().record(desk.channel.id, () => ({ pauses: [pause] }));
  }],
  ["for an instance that has died", async (desk) => {
    const lane = { deskId: desk.channel.id, customerId: customerOf(desk) };
    await desk.anotherStore().claim({ ...lane, direction: "to-team" });
  }],
];

/** The only customer of a desk. */
function customerOf(desk: TestDesk): number {
  const [card] = desk.channel.messages.filter(({ text }) => text?.includes("\nID "));
  return Number(/ID (\d+)/.exec(card!.text!)![1]);
}

for (const backMs of [5 * MINUTE_MS, HOUR_MS, DAY_MS]) {
  for (const [what, begin] of WAITS) {
    Deno.test(`the clock goes back ${backMs / MINUTE_MS} minutes: who waits ${what} does not wait that out`, async () => {
      const { desk, customer } = await talkWith("Maria");
      await using _ = desk;
      await begin(desk);
      customer.sends(desk.chatOf(customer), "um");
      await desk.settled();
      assertEquals(textsOf(desk.threadOf(customer)), ["oi"]);
      desk.clock.aheadMs -= backMs;
      for (let times = 0; times < 20; times++) await desk.passes(10_000);
      assertEquals(textsOf(desk.threadOf(customer)), ["oi", "um"]);
    });
  }

  Deno.test(`the clock goes back ${backMs / MINUTE_MS} minutes: those in line go on in their turn`, async () => {
    const bells = new Bells();
    const options = { env: { PACE: "telegram" }, alarm: bells };
    const { desk, customer } = await talkWith("Maria", options);
    await using _ = desk;
    const texts = Array.from({ length: 60 }, (_, n) => `mensagem ${n}`);
    for (const text of texts) customer.sends(desk.chatOf(customer), text);
    await desk.settled();
    for (let times = 0; times < 20; times++) await bells.next(desk);
    desk.clock.aheadMs -= backMs;
    const setBackMs = desk.clock.now();
    await desk.minutesPass(1);
    while (await bells.next(desk));
    assertEquals(textsOf(desk.threadOf(customer)), ["oi", ...texts]);
    assertEquals(desk.clock.now() - setBackMs < 5 * MINUTE_MS, true);
  });

  Deno.test(`the clock goes back ${backMs / MINUTE_MS} minutes: a thread that never came is not waited for longer`, async () => {
    await using desk = await TestDesk.open();
    desk.telegram.autoForward = { mode: "never", delayMs: 0 };
    const maria = await desk.hearsFrom("Maria");
    desk.telegram.autoForward = { mode: "after", delayMs: 0 };
    desk.clock.aheadMs -= backMs;
    await desk.minutesPass(12);
    assertEquals(textsOf(desk.threadOf(maria)), ["oi"]);
  });
}

for (const backMs of [5 * MINUTE_MS, HOUR_MS, DAY_MS]) {
  const back = `the clock goes back ${backMs / MINUTE_MS} minutes`;

  Deno.test(`${back}: what went astray is found no later`, async () => {
    const { desk, customer } = await talkWith("Maria");
    await using _ = desk;
    desk.telegram.unproven.answersToDeleted = "astray";
    for (const root of desk.group.messages.filter((each) => each.is_automatic_forward)) {
      desk.boss.deletes(root);
    }
    customer.sends(desk.chatOf(customer), "um");
    await desk.settled();
    desk.clock.aheadMs -= backMs;
    customer.sends(desk.chatOf(customer), "dois");
    await desk.settled();
    await desk.minutesPass(4);
    assertEquals(textsOf(desk.threadOf(customer)), ["um", "dois"]);
  });

  Deno.test(`${back}: while the group is out of reach, nothing is taken to be refused for its own sake`, async () => {
    const { desk, customer } = await talkWith("Maria");
    await using _ = desk;
    const said = customer.sends(desk.chatOf(customer), "um");
    await desk.settled();
    desk.clock.aheadMs -= backMs;
    desk.telegram.removeMember(desk.group, desk.bot, "kicked");
    await desk.settled();
    customer.edits(said, "dois");
    customer.sends(desk.chatOf(customer), "três");
    await desk.settled();
    await desk.minutesPass(10);
    assertEquals(desk.toldTo(customer).length, 1);
    desk.telegram.promote(desk.group, desk.bot);
    await desk.minutesPass(5);
    assertEquals(textsOf(desk.threadOf(customer)), ["oi", "dois", "três"]);
  });

  Deno.test(`${back}: a chat that is none of the desk's is left at once`, async () => {
    const { desk } = await talkWith("Maria");
    await using _ = desk;
    const rui = desk.telegram.createUser({ firstName: "Rui" });
    const adds = (title: string) => {
      const chat = desk.telegram.createSupergroup({ title, creator: rui });
      rui.adds(chat, desk.bot);
      return chat;
    };
    for (let n = 0; n < 15; n++) adds(`Festa ${n}`);
    await desk.settled();
    desk.clock.aheadMs -= backMs;
    const last = adds("Última");
    await desk.settled();
    await desk.minutesPass(1);
    assertEquals(last.membership(desk.bot.user).status, "left");
  });
}

Deno.test("the clock goes forward a day: a chat that could not be left is left all the same", async () => {
  const { desk } = await talkWith("Maria");
  await using _ = desk;
  const rui = desk.telegram.createUser({ firstName: "Rui" });
  const chat = desk.telegram.createSupergroup({ title: "Festa", creator: rui });
  desk.telegram.faults.rate({ kind: "502" }, 1, "leaveChat");
  rui.adds(chat, desk.bot);
  await desk.settled();
  await desk.passes(DAY_MS);
  await desk.minutesPass(1);
  desk.telegram.faults.clear();
  await desk.minutesPass(6);
  assertEquals(chat.membership(desk.bot.user).status, "left");
});

Deno.test("the clock goes forward a day: what has failed once is tried on", async () => {
  const { desk, customer } = await talkWith("Maria");
  await using _ = desk;
  desk.telegram.faults.rate({ kind: "502" }, 1, "copyMessage");
  customer.sends(desk.chatOf(customer), "um");
  await desk.settled();
  await desk.passes(DAY_MS + HOUR_MS);
  await desk.minutesPass(30);
  // Forth and back does not make a day of it either.
  for (let times = 0; times < 5; times++) {
    await desk.passes(DAY_MS);
    desk.clock.aheadMs -= DAY_MS;
    await desk.minutesPass(1);
  }
  desk.telegram.faults.clear();
  await desk.minutesPass(6);
  assertEquals(textsOf(desk.threadOf(customer)), ["oi", "um"]);
});

Deno.test("what has failed for a whole day, from try to try, is given up all the same", async () => {
  const { desk, customer } = await talkWith("Maria");
  await using _ = desk;
  desk.telegram.faults.rate({ kind: "502" }, 1, "copyMessage");
  customer.sends(desk.chatOf(customer), "um");
  for (let hour = 0; hour < 22; hour++) await desk.passes(HOUR_MS);
  assertEquals(desk.toldTo(customer).length, 1);
  desk.clock.aheadMs -= DAY_MS;
  for (let hour = 0; hour < 6; hour++) await desk.passes(HOUR_MS);
  assertStringIncludes(desk.toldTo(customer).at(-1)!.text!, "não respondeu por tempo demais");
});

Deno.test("an answer that is given after the clock was set back is an answer", async () => {
  const { desk, customer } = await talkWith("Maria");
  await using _ = desk;
  desk.clock.aheadMs -= DAY_MS;
  desk.ana.comments(desk.cardOf(customer), "bom dia!");
  await desk.settled();
  const read = desk.anotherStore().reader(desk.channel.id);
  assertEquals((await read.conversation(customer.id))!.waiting, undefined);
});

Deno.test("health is told anew after the clock was set back", async () => {
  const { desk, customer } = await talkWith("Maria");
  await using _ = desk;
  const waiting = async () => (await desk.health()).waiting;
  assertEquals(await waiting(), 0);
  desk.clock.aheadMs -= DAY_MS;
  desk.telegram.faults.rate({ kind: "502" }, 1, "copyMessage");
  customer.sends(desk.chatOf(customer), "um");
  await desk.settled();
  assertEquals(await waiting(), 1);
});

Deno.test("a steady clock goes on where another is set back, and never back", () => {
  let nowMs = 1000;
  const steady = steadyClock(() => nowMs);
  const seen = [1000, 1500, 400, 900, 5000, 4999, 6000].map((ms) => {
    nowMs = ms;
    return steady();
  });
  assertEquals(seen, [1000, 1500, 1500, 2000, 6100, 6100, 7101]);
});

Deno.test("a moment that lies ahead is long past; one that somebody chose is not", () => {
  assertEquals([isWithin(10, 95, 100), isWithin(10, 90, 100), isWithin(10, 101, 100)], [
    true,
    false,
    false,
  ]);
  assertEquals(isWithin(10, undefined, 100), false);
  const job = { acceptedMs: 1000, dueMs: 1000 + HOUR_MS };
  assertEquals([dueAtMs(job, 2000), dueAtMs(job, 900)], [1000 + HOUR_MS, 900]);
  const later = { acceptedMs: 1000, dueMs: 1000 + 3 * DAY_MS };
  assertEquals(dueAtMs(later, 900), 1000 + 3 * DAY_MS);
});
