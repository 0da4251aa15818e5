/** The pace at which messages are let out, on simulated time. */
import { assert, assertEquals, assertGreater, assertLess } from "@std/assert";
import { Pace } from "../../src/jobs/pace.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { upTo } from "../support/numbers.ts";
import { letOut, type Stream, TURN_MS, type Went } from "../support/traffic.ts";

const GROUP = -1001;

const CUSTOMER = 77;

/** One stream of messages into the group. */
const stream = (lane: string, whose: Stream["whose"], more: Partial<Stream> = {}): Stream => ({
  lane,
  chatId: GROUP,
  whose,
  atMs: [0],
  ...more,
});

const flood = (lane: string, whose: Stream["whose"], count: number, more: Partial<Stream> = {}) =>
  stream(lane, whose, { atMs: upTo(count).map(() => 0), ...more });

/** The most messages of any window of time. */
function mostWithin(went: Went[], windowMs: number): number {
  const times = went.map(({ atMs }) => atMs);
  return Math.max(
    ...times.map((fromMs) =>
      times.filter((atMs) => atMs >= fromMs && atMs < fromMs + windowMs).length
    ),
  );
}

const longestWaitMs = (went: Went[]) => Math.max(...went.map(({ waitedMs }) => waitedMs));

const of = (went: Went[], name: RegExp) => went.filter(({ lane }) => name.test(lane));

Deno.test("a group is given no more than 20 messages in any minute, and no fewer while more wait", () => {
  for (const whose of ["served", "new", "own"] as const) {
    const went = letOut([flood("one", whose, 150), flood("another", whose, 150)], 10 * MINUTE_MS);
    assertEquals(mostWithin(went, MINUTE_MS), 20);
    for (const minute of upTo(10)) {
      const fromMs = minute * MINUTE_MS;
      const inMinute = went.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + MINUTE_MS);
      assertGreater(inMinute.length, 17, `${whose}, minute ${minute}`);
    }
  }
});

for (const whose of ["served", "new"] as const) {
  for (const count of [1, 4, 20, 40, 80]) {
    Deno.test(`80 messages for a group, ${count} a ${whose} customer, take as long as 20 a minute do`, () => {
      const least = 3 * MINUTE_MS;
      const lanes = upTo(80 / count).map((n) => flood(`talk ${n}`, whose, count));
      const went = letOut(lanes, 10 * MINUTE_MS);
      assertEquals([went.length, mostWithin(went, MINUTE_MS)], [80, 20]);
      assertLess(longestWaitMs(went), 1.05 * least);
    });
  }
}

Deno.test("room is kept for who has spoken in the last quarter of an hour, and for nobody else", () => {
  const waitOf = (spokeMs: number) => {
    const beginsMs = 20 * MINUTE_MS;
    const went = letOut([
      stream("maria", "served", { atMs: [spokeMs, beginsMs + 20_000] }),
      flood("flood", "new", 80, { atMs: upTo(80).map(() => beginsMs) }),
    ], 30 * MINUTE_MS);
    return of(went, /maria/).at(-1)!.waitedMs;
  };
  assertLess(waitOf(6 * MINUTE_MS), 1000);
  assertGreater(waitOf(4 * MINUTE_MS), 30_000);
});

Deno.test("five messages go into a chat at once, and only two where that was too much", () => {
  for (const chatId of [GROUP, CUSTOMER]) {
    const atOnce = (pace: Pace) => {
      const lanes = upTo(8).map((n) => stream(`lane ${n}`, "served", { chatId }));
      return letOut(lanes, MINUTE_MS, pace).filter(({ atMs }) => atMs === 0).length;
    };
    const lowered = new Pace(true);
    lowered.refused(chatId, -MINUTE_MS);
    assertEquals([atOnce(new Pace(true)), atOnce(lowered)], [5, 2]);
  }
});

Deno.test("what was too much for one chat is none for another, and is tried again an hour later", () => {
  const pace = new Pace(true);
  pace.refused(GROUP, 0);
  const goes = (lane: string, chatId: number, nowMs: number) => {
    const isFree = pace.goesFreely({ lane, conversation: lane, chatId, count: 1 }, nowMs);
    if (isFree) pace.made(chatId, 1, nowMs);
    return isFree;
  };
  const atOnce = (chatId: number, nowMs: number) =>
    upTo(8).filter((n) => goes(`${chatId} ${nowMs} ${n}`, chatId, nowMs)).length;
  const atMs = (minutes: number) => minutes * MINUTE_MS;
  assertEquals([atOnce(GROUP, 0), atOnce(GROUP, atMs(2)), atOnce(-2, atMs(2))], [0, 2, 5]);
  assertEquals(atOnce(GROUP, atMs(60)), 5);
});

Deno.test("a desk with little to do waits for nothing but a chat's own second", () => {
  const went = letOut(upTo(9).map((n) => stream(`lane ${n}`, "new")), MINUTE_MS);
  assertEquals(went.length, 9);
  assertLess(longestWaitMs(went), 9000);
});

for (const floods of ["served", "new"] as const) {
  for (const others of ["served", "new"] as const) {
    Deno.test(`while a ${floods} customer sends 10,000 messages, ${others} ones wait for about a turn`, () => {
      const marias = upTo(30).map((n) =>
        stream(`maria ${n}`, others, { atMs: [3000 + n * 17_000] })
      );
      const went = letOut([flood("flood", floods, 10_000), ...marias], 10 * MINUTE_MS);
      assertEquals(of(went, /maria/).length, 30);
      assertLess(longestWaitMs(of(went, /maria/)), 2 * TURN_MS);
      assertEquals(mostWithin(went, MINUTE_MS), 20);
    });
  }
}

for (const count of [200, 5000]) {
  Deno.test(`${count} new customers at once do not starve conversations, nor answers`, () => {
    const talks = upTo(10).map((talk) => upTo(10).map((n) => n * MINUTE_MS + talk * 6000 + 500));
    const went = letOut([
      ...upTo(count).map((n) => stream(`new ${n}`, "new", { atMs: [0, 0] })),
      ...upTo(count).map((n) => stream(`welcome ${n}`, "own", { chatId: 1000 + n })),
      ...talks.map((atMs, n) => stream(`talk ${n}`, "served", { atMs })),
      ...talks.map((atMs, n) => stream(`answer ${n}`, "served", { chatId: CUSTOMER + n, atMs })),
    ], 10 * MINUTE_MS);
    assertEquals([of(went, /talk/).length, of(went, /answer/).length], [100, 100]);
    assertLess(longestWaitMs(of(went, /talk/)), TURN_MS);
    assertLess(longestWaitMs(of(went, /answer/)), 3000);
    const inGroup = went.filter(({ chatId }) => chatId === GROUP);
    assertEquals(mostWithin(inGroup, MINUTE_MS), 20);
    // What conversations leave, new customers get.
    assertGreater(inGroup.length, 190);
  });
}

Deno.test("conversations that have more to say than a group takes leave new customers some of it", () => {
  const went = letOut([
    ...upTo(200).map((n) => flood(`new ${n}`, "new", 3)),
    ...upTo(40).map((n) =>
      stream(`talk ${n}`, "served", { atMs: upTo(10).map((k) => k * MINUTE_MS + n * 1500) })
    ),
  ], 10 * MINUTE_MS);
  const talks = of(went, /talk/).length;
  assertGreater(talks, went.length / 2);
  assertGreater(went.length - talks, went.length / 5);
});

Deno.test("the bot's own words wait until nobody's do, but not for ever", () => {
  const [people, own] = [flood("people", "new", 1000), stream("own", "own", { atMs: [20_000] })];
  const went = letOut([people, own], 20 * MINUTE_MS);
  const [said] = of(went, /own/);
  assert(said);
  assertGreater(said.waitedMs, 14 * MINUTE_MS);
  assertLess(said.waitedMs, 16 * MINUTE_MS);
  // Elsewhere they go at once.
  assertEquals(
    letOut([people, { ...own, chatId: -5 }], MINUTE_MS).find(({ lane }) => lane === "own")!
      .waitedMs,
    0,
  );
});

Deno.test("once the team answers, what waits of a new customer's is a conversation's", () => {
  const pace = new Pace(true);
  const call = (lane: string) => ({ lane, conversation: lane, chatId: GROUP, count: 1 });
  const ask = (lane: string, nowMs: number) => pace.ask({ ...call(lane), whose: "new" }, nowMs);
  // One who was answered before may write again.
  assert(pace.goesFreely(call("joão"), 0));
  pace.made(GROUP, 1, 0);
  pace.left("joão");
  pace.serve("joão");
  // So many that what is left of the group's room is given out in steps.
  const atMs = upTo(15).map((n) => n * 1000);
  for (const nowMs of atMs) {
    ask(`new ${nowMs}`, nowMs);
    for (const _ of pace.letIn(nowMs)) pace.made(GROUP, 1, nowMs);
  }
  const nowMs = atMs.at(-1)! + 1000;
  assertEquals(ask("maria", nowMs), false);
  while (pace.letIn(nowMs).length > 0);
  pace.serve("maria");
  assertEquals(pace.letIn(nowMs), ["maria"]);
});

Deno.test("a lane that has nothing to say any more is not let in, and its room is another's", () => {
  const pace = new Pace(true);
  const ask = (lane: string, nowMs: number) =>
    pace.ask({ lane, conversation: lane, chatId: 7, count: 1, whose: "served" }, nowMs);
  for (const lane of upTo(5).map(String)) {
    assert(ask(lane, 0));
    pace.made(7, 1, 0);
    pace.left(lane);
  }
  for (const lane of ["maria", "joão", "rui"]) assertEquals(ask(lane, 0), false);
  // Maria's turn has come as Ana asks, and Maria has not been told.
  assertEquals(ask("ana", 1000), false);
  pace.forget("maria");
  assertEquals(pace.letIn(1000), ["joão"]);
});

Deno.test("all chats together stay below 30 a second, and half of it is conversations'", () => {
  const went = letOut([
    ...upTo(300).map((n) => stream(`new ${n}`, "new", { chatId: 1000 + n })),
    ...upTo(100).map((n) => stream(`talk ${n}`, "served", { chatId: 5000 + n, atMs: [2000] })),
  ], MINUTE_MS);
  assertEquals(went.length, 400);
  assert(mostWithin(went, 1000) <= 28);
  assertLess(longestWaitMs(of(went, /talk/)), 8000);
});

Deno.test("an album counts its pieces, and takes turns for them", () => {
  const albums = ["a", "b", "c"].map((lane) => stream(lane, "new", { count: 10 }));
  const times = letOut(albums, 10 * MINUTE_MS).map(({ atMs }) => atMs);
  assertEquals(times.length, 3);
  assertEquals(times[0], 0);
  assertGreater(times[2]!, 60_000);
  // Neither does it wait for ever behind single messages, nor they behind it.
  const went = letOut([flood("single", "new", 500), ...albums], 10 * MINUTE_MS);
  assertEquals(of(went, /^[abc]$/).length, 3);
  assertGreater(of(went, /single/).length, 100);
});

Deno.test("room that a call did not need is free for others", () => {
  const pace = new Pace(true);
  const call = (lane: string) =>
    ({ lane, conversation: lane, chatId: GROUP, count: 1, whose: "new" }) as const;
  for (let n = 0; n < 100; n++) {
    assert(pace.ask(call(`lane ${n}`), n));
    pace.left(`lane ${n}`);
  }
});

Deno.test("calls that nobody asked for count as well", () => {
  const pace = new Pace(true);
  for (let n = 0; n < 20; n++) pace.made(GROUP, 1, n);
  const call = { lane: "a", conversation: "a", chatId: GROUP, count: 1, whose: "served" } as const;
  assertEquals([pace.goesFreely(call, 20), pace.ask(call, 20)], [false, false]);
  assertEquals(pace.next(20), { lane: "a", atMs: 61_000 });
});

Deno.test("without a pace only what Telegram asks for is obeyed", () => {
  const pace = new Pace(false);
  const call = (lane: string, chatId = GROUP) => ({ lane, conversation: lane, chatId, count: 1 });
  for (let n = 0; n < 100; n++) assert(pace.goesFreely(call(`lane ${n}`), 5));
  pace.hold(GROUP, 9000);
  assertEquals(pace.goesFreely(call("x"), 5), false);
  assertEquals(pace.ask({ ...call("x"), whose: "new" }, 5), false);
  assertEquals(pace.next(5), { lane: "x", atMs: 9000 });
  assert(pace.goesFreely(call("y", 7), 5));
  pace.release();
  assertEquals(pace.letIn(5), ["x"]);
  assert(pace.goesFreely(call("x"), 5));
});

Deno.test("without a pace whoever may go stands in line no longer", () => {
  const pace = new Pace(false);
  const call = { lane: "x", conversation: "x", chatId: GROUP, count: 1 };
  pace.hold(GROUP, 9000);
  assertEquals(pace.ask({ ...call, whose: "new" }, 5), false);
  assert(pace.goesFreely(call, 9000));
  assertEquals(pace.isInLine("x"), false);
  assertEquals(pace.next(9000), null);
});
