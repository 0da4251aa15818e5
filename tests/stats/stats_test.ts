import { assert, assertEquals } from "@std/assert";
import { periodUpTo, wallClock } from "../../src/stats/period.ts";
import { type DeskEvent, summarise } from "../../src/stats/stats.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { answered, ask, asked, lively, NOW_MS, SAO_PAULO } from "../support/stats_week.ts";

const iso = (ms: number) => new Date(ms).toISOString();

Deno.test("a period is whole days of the desk's calendar, the last of them today", () => {
  const { dates, sinceMs } = periodUpTo(NOW_MS, ask);
  assertEquals(dates, [
    "2031-02-27",
    "2031-02-28",
    "2031-03-01",
    "2031-03-02",
    "2031-03-03",
    "2031-03-04",
    "2031-03-05",
  ]);
  assertEquals(iso(sinceMs), "2031-02-27T03:00:00.000Z");
  // 21:00 of the day before in São Paulo, already the next day in Tokyo.
  const lateMs = Date.UTC(2031, 2, 5, 0, 0);
  assertEquals(periodUpTo(lateMs, ask).dates.at(-1), "2031-03-04");
  assertEquals(periodUpTo(lateMs, { ...ask, timeZone: "Asia/Tokyo" }).dates.at(-1), "2031-03-05");
});

Deno.test("a period begins when its first day does, wherever and whatever the clock did then", () => {
  for (
    const [timeZone, now, expected] of [
      // Midnight did not exist: the clock went from 24:00 to 1:00.
      [SAO_PAULO, "2018-11-10T15:00Z", "2018-11-04T03:00:00.000Z"],
      // 23:00 to 24:00 of the day before happened twice.
      [SAO_PAULO, "2018-02-24T15:00Z", "2018-02-18T03:00:00.000Z"],
      ["America/New_York", "2031-03-15T15:00Z", "2031-03-09T05:00:00.000Z"],
      ["Pacific/Kiritimati", "2031-03-06T10:30Z", "2031-02-28T10:00:00.000Z"],
      ["Etc/GMT+12", "2031-03-05T11:00Z", "2031-02-26T12:00:00.000Z"],
      ["Asia/Kathmandu", "2031-03-05T18:15Z", "2031-02-27T18:15:00.000Z"],
    ] as const
  ) {
    const { sinceMs } = periodUpTo(Date.parse(now), { days: 7, timeZone });
    assertEquals(iso(sinceMs), expected, timeZone);
  }
});

Deno.test("the clock on the wall jumps and repeats itself as the time zone does", () => {
  const newYork = wallClock("America/New_York");
  const hours = (clock: typeof newYork, from: string, count: number) =>
    Array.from({ length: count }, (_, n) => clock(Date.parse(from) + n * HOUR_MS / 2).hour);
  assertEquals(hours(newYork, "2031-03-09T06:00Z", 6), [1, 1, 3, 3, 4, 4]);
  assertEquals(hours(newYork, "2031-11-02T05:00Z", 6), [1, 1, 1, 1, 2, 2]);
  assertEquals(wallClock("Asia/Kathmandu")(Date.parse("2031-03-05T18:14:59Z")).hour, 23);
  assertEquals(wallClock("Asia/Kathmandu")(Date.parse("2031-03-05T18:15Z")), {
    date: "2031-03-06",
    hour: 0,
  });
});

Deno.test("events count for the day and the hour the desk's clock shows, others not at all", async () => {
  const { sinceMs } = periodUpTo(NOW_MS, ask);
  const stats = await summarise([
    asked(sinceMs - 1),
    asked(sinceMs),
    asked(Date.UTC(2031, 2, 5, 2, 59)),
    asked(Date.UTC(2031, 2, 5, 3, 0)),
    asked(NOW_MS + DAY_MS),
    { kind: "opened", atMs: Date.UTC(2031, 2, 5, 2, 59) },
    { kind: "closed", atMs: Date.UTC(2031, 2, 5, 3, 0) },
    { kind: "closed", atMs: sinceMs - 1 },
  ], ask);
  assertEquals(stats.byDay.map(({ fromCustomers }) => fromCustomers), [1, 0, 0, 0, 0, 1, 1]);
  assertEquals(stats.byDay.map(({ opened }) => opened), [0, 0, 0, 0, 0, 1, 0]);
  assertEquals(stats.byDay.map(({ closed }) => closed), [0, 0, 0, 0, 0, 0, 1]);
  assertEquals([stats.fromCustomers, stats.opened, stats.closed], [3, 1, 1]);
  assertEquals(stats.byHour.length, 24);
  assertEquals(stats.byHour[0]!.fromCustomers, 2);
  assertEquals(stats.byHour[23]!.fromCustomers, 1);
});

Deno.test("a day of 23 hours and one of 25 are one day each", async () => {
  for (const [from, hours] of [["2031-03-09T05:00Z", 23], ["2031-11-02T04:00Z", 25]] as const) {
    const began = Date.parse(from);
    const events = Array.from({ length: 30 }, (_, n) => asked(began + n * HOUR_MS));
    const nowMs = began + 3 * DAY_MS;
    const stats = await summarise(events, { ...ask, nowMs, timeZone: "America/New_York" });
    const counts = stats.byDay.map(({ fromCustomers }) => fromCustomers);
    assertEquals(counts.filter((count) => count > 0), [hours, 30 - hours]);
  }
});

Deno.test("median and 90th percentile are times that somebody really waited", async () => {
  const waitsOf = async (minutes: number[]) => {
    const events = minutes.map((each) => answered(each * MINUTE_MS));
    const { waits } = await summarise(events, ask);
    return waits && [waits.count, waits.medianMs / MINUTE_MS, waits.p90Ms / MINUTE_MS];
  };
  assertEquals(await waitsOf([]), null);
  assertEquals(await waitsOf([5]), [1, 5, 5]);
  assertEquals(await waitsOf([9, 1]), [2, 1, 9]);
  assertEquals(await waitsOf([30, 2, 10]), [3, 10, 30]);
  assertEquals(await waitsOf([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]), [10, 5, 9]);
  assertEquals(await waitsOf([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]), [11, 6, 10]);
  const hundred = Array.from({ length: 100 }, (_, n) => n + 1);
  assertEquals(await waitsOf(hundred), [100, 50, 90]);
});

Deno.test("agents are counted each, whoever wrote most first", async () => {
  const wrote = (agentId: number): DeskEvent => ({
    kind: "from-team",
    atMs: NOW_MS,
    agentId,
  });
  const stats = await summarise(
    [wrote(30), answered(60_000, 20), wrote(20), answered(180_000, 20), wrote(0), answered(0, 10)],
    ask,
  );
  assertEquals(stats.agents, [
    { agentId: 20, messages: 3, waits: { count: 2, medianMs: 60_000, p90Ms: 180_000 } },
    { agentId: 0, messages: 1, waits: null },
    { agentId: 10, messages: 1, waits: { count: 1, medianMs: 0, p90Ms: 0 } },
    { agentId: 30, messages: 1, waits: null },
  ]);
  assertEquals(stats.fromTeam, 6);
});

Deno.test("ratings are counted by stars", async () => {
  const rated = ([5, 5, 4, 1] as const).map((stars): DeskEvent => ({
    kind: "rated",
    atMs: NOW_MS,
    stars,
  }));
  assertEquals((await summarise(rated, ask)).ratings, {
    count: 4,
    mean: 3.75,
    byStars: { 1: 1, 2: 0, 3: 0, 4: 1, 5: 2 },
  });
  assertEquals((await summarise([], ask)).ratings, null);
});

Deno.test("the order of events does not matter, nor whether they come all at once", async () => {
  const events = [...lively()];
  const expected = await summarise(events, ask);
  assert(expected.fromCustomers > 100 && expected.agents.length === 4 && expected.ratings);
  assertEquals(await summarise(events.toReversed(), ask), expected);
  assertEquals(await summarise(events.toSorted((a, b) => a.atMs - b.atMs), ask), expected);
  async function* later() {
    for (const event of events) yield await Promise.resolve(event);
  }
  assertEquals(await summarise(later(), ask), expected);
});

Deno.test("days, hours and agents add up to the whole", async () => {
  const stats = await summarise(lively(), { ...ask, waiting: 3 });
  const sum = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0);
  for (const side of ["fromCustomers", "fromTeam"] as const) {
    assertEquals(sum(stats.byDay.map((day) => day[side])), stats[side]);
    assertEquals(sum(stats.byHour.map((hour) => hour[side])), stats[side]);
  }
  assertEquals(sum(stats.agents.map(({ messages }) => messages)), stats.fromTeam);
  assertEquals(sum(stats.agents.map(({ waits }) => waits?.count ?? 0)), stats.waits!.count);
  assertEquals(sum(stats.byDay.map(({ waits }) => waits?.count ?? 0)), stats.waits!.count);
  assertEquals(sum(stats.byDay.map(({ opened }) => opened)), stats.opened);
  assertEquals(stats.waiting, 3);
});

Deno.test("a month is thirty days, and of the same events it has at least a week's", async () => {
  const events = [...lively()];
  const month = await summarise(events, { ...ask, days: 30 });
  const week = await summarise(events, ask);
  assertEquals(month.byDay.length, 30);
  assertEquals(month.byDay.slice(-7), week.byDay);
  assert(month.fromCustomers > week.fromCustomers);
});
