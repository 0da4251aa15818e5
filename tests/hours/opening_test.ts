import { assert, assertEquals, fail } from "@std/assert";
import { WEEKDAYS } from "../../src/time/calendar.ts";
import { type Holiday, readHolidays } from "../../src/hours/holidays.ts";
import { type Hours, readHours } from "../../src/hours/hours.ts";
import { dayOf, offsetMsAt } from "../../src/time/local_time.ts";
import { afterOpenTime, isOpen, nextOpening, type Schedule } from "../../src/hours/opening.ts";
import { shiftsInOrder } from "../../src/hours/shift.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { Chance } from "../simulation/chance.ts";
import { at, trueOffsetMs } from "../support/zoned.ts";

/** Zones whose clocks do unusual things, with a day near which they do them. */
const ZONES: [timeZone: string, near: string][] = [
  ["America/Sao_Paulo", "2026-11-25"],
  // Back then clocks skipped midnight itself.
  ["America/Sao_Paulo", "2018-10-01"],
  ["America/New_York", "2026-02-01"],
  ["Europe/London", "2026-02-01"],
  ["Europe/Dublin", "2026-02-01"],
  ["Europe/Madrid", "2026-02-01"],
  ["America/Santiago", "2026-03-01"],
  ["America/Havana", "2026-02-01"],
  ["America/St_Johns", "2006-02-01"],
  ["Africa/Cairo", "2026-03-01"],
  ["Africa/Casablanca", "2026-01-15"],
  ["Asia/Kathmandu", "2026-11-25"],
  ["Asia/Kolkata", "2026-11-25"],
  ["Australia/Lord_Howe", "2026-02-01"],
  ["Antarctica/Troll", "2026-02-01"],
  ["Pacific/Chatham", "2026-02-01"],
  ["Pacific/Kiritimati", "2026-11-25"],
  // The 30th of December was left out, a whole day.
  ["Pacific/Apia", "2011-12-01"],
  ["Asia/Pyongyang", "2015-08-01"],
  ["UTC", "2026-11-25"],
];

/** The moments after a day at which clocks are changed; the day itself, if they never are. */
function changesAfter(timeZone: string, near: string): number[] {
  const moments: number[] = [];
  let moment: Temporal.ZonedDateTime | null = Temporal.PlainDate.from(near)
    .toZonedDateTime(timeZone);
  while (moments.length < 2 && (moment = moment.getTimeZoneTransition("next"))) {
    moments.push(moment.epochMilliseconds);
  }
  return moments.length ? moments : [Date.parse(near)];
}

/**
 * Every minute that a schedule has open around a day, as clocks show it: found by walking through
 * each shift minute by minute, without a clock.
 */
function openMinutes({ hours, holidays }: Schedule, date: string): Set<string> {
  const open = new Set<string>();
  for (let days = -3; days <= 3; days++) {
    const day = Temporal.PlainDate.from(date).add({ days });
    const isClosed = holidays.some(({ year = day.year, ...holiday }) =>
      day.equals(Temporal.PlainDate.from({ ...holiday, year }))
    );
    if (isClosed) continue;
    for (const { fromMinute, toMinute } of hours[WEEKDAYS[day.dayOfWeek - 1]!]) {
      for (let minute = fromMinute; minute < toMinute; minute++) {
        open.add(shown(Date.parse(day.toString()) + minute * MINUTE_MS));
      }
    }
  }
  return open;
}

/** What clocks show, minute by minute, in the 26 hours before and after a moment. */
function clockMinutes(timeZone: string, aroundMs: number): { ms: number; shows: string }[] {
  const firstMs = Math.floor(aroundMs / MINUTE_MS) * MINUTE_MS - 26 * HOUR_MS;
  return Array.from({ length: 52 * 60 }, (_, minute) => {
    const ms = firstMs + minute * MINUTE_MS;
    return { ms, shows: shown(ms + trueOffsetMs(ms, timeZone)) };
  });
}

/** Date, hour and minute. */
function shown(localMs: number): string {
  return new Date(localMs).toISOString().slice(0, 16);
}

Deno.test("open is what clocks say, at every minute, when they are changed and when not", () => {
  const chance = new Chance(1, "opening");
  let [changes, waits] = [0, 0];
  for (const [timeZone, near] of ZONES) {
    for (const changeMs of changesAfter(timeZone, near)) {
      const minutes = clockMinutes(timeZone, changeMs);
      for (let round = 0; round < 2; round++) {
        const { shows } = minutes[26 * 60]!;
        const schedule = anySchedule(chance, timeZone, shows);
        const open = openMinutes(schedule, shows.slice(0, 10));
        const isOpenAt = minutes.map((minute) => open.has(minute.shows));
        const wrong = minutes.find(({ ms }, index) => isOpen(schedule, ms) !== isOpenAt[index]);
        if (wrong) fail(`${timeZone} ${wrong.shows} ${Deno.inspect(schedule, { depth: 4 })}`);
        changes += isOpenAt.filter((state, index) => state !== isOpenAt[index - 1]).length - 1;
        for (let index = 0; index < minutes.length; index += 61) {
          const next = isOpenAt.indexOf(true, index);
          const foundMs = nextOpening(schedule, minutes[index]!.ms);
          const where = `${timeZone} ${minutes[index]!.shows}`;
          if (next >= 0) assertEquals(foundMs, minutes[next]!.ms, where);
          else assert((foundMs ?? Infinity) > minutes.at(-1)!.ms, where);
          if (next > index) waits++;
        }
      }
    }
  }
  assert(changes > 200 && waits > 500, `${changes} ${waits}`);
});

/** A schedule with shifts that begin and end near what clocks show at a moment. */
function anySchedule(chance: Chance, timeZone: string, shows: string): Schedule {
  const minuteOfChange = Number(shows.slice(11, 13)) * 60 + Number(shows.slice(14, 16));
  const anyShifts = () => {
    const times = Array.from({ length: 2 * chance.between(1, 3) }, () => {
      const minute = chance.happens(0.6)
        ? minuteOfChange + chance.between(-8, 8) * 15
        : chance.between(0, 1440);
      return (minute + 1440) % 1440;
    });
    const ordered = [...new Set(times)].sort((a, b) => a - b);
    const shifts: Hours["mon"] = [];
    for (let at = 0; at + 1 < ordered.length; at += 2) {
      shifts.push({ fromMinute: ordered[at]!, toMinute: ordered[at + 1]! });
    }
    const last = shifts.at(-1);
    if (last && chance.happens(0.4)) last.toMinute = 1440 + chance.between(1, last.fromMinute);
    return shiftsInOrder(shifts);
  };
  const hours = Object.fromEntries(
    WEEKDAYS.map((weekday) => [weekday, chance.happens(0.8) ? anyShifts() : []]),
  ) as Hours;
  const [, month, day] = shows.slice(0, 10).split("-").map(Number);
  const holidays: Holiday[] = chance.happens(0.3) ? [{ month: month!, day: day! }] : [];
  return { hours, holidays, timeZone };
}

Deno.test("clocks and days are those of the zone, in any year", () => {
  const chance = new Chance(2, "opening");
  for (const [timeZone] of ZONES) {
    for (let round = 0; round < 200; round++) {
      const ms = chance.between(Date.UTC(1975, 0), Date.UTC(2037, 0));
      const offsetMs = trueOffsetMs(ms, timeZone);
      assertEquals(offsetMsAt(ms, timeZone), offsetMs, `${timeZone} ${ms}`);
      assertEquals(dayOf(ms, timeZone), shown(ms + offsetMs).slice(0, 10));
    }
  }
  assertEquals(dayOf(Date.UTC(2026, 10, 26, 2, 59, 59), "America/Sao_Paulo"), "2026-11-25");
  assertEquals(dayOf(Date.UTC(2026, 10, 26, 3), "America/Sao_Paulo"), "2026-11-26");
  assertEquals(dayOf(-1, "UTC"), "1969-12-31");
});

/** A schedule in words. */
function scheduled(hours: string, holidays = "", timeZone = "America/Sao_Paulo"): Schedule {
  const read = readHours(hours);
  const dates = holidays === "" ? [] : readHolidays(holidays);
  if ("problem" in read || "problem" in dates) throw new Error(hours + holidays);
  return { hours: read, holidays: dates, timeZone };
}

Deno.test("a shift begins with its first minute and ends before its last", () => {
  const schedule = scheduled("seg-sex 9-18");
  const states = ["08:59:59.999", "09:00:00", "17:59:59.999", "18:00:00"]
    .map((time) => isOpen(schedule, at(`2026-11-25T${time}`)));
  assertEquals(states, [false, true, true, false]);
  assertEquals(nextOpening(schedule, at("2026-11-25T12:00")), at("2026-11-25T12:00"));
  assertEquals(nextOpening(schedule, at("2026-11-25T18:00")), at("2026-11-26T09:00"));
  assertEquals(nextOpening(schedule, at("2026-11-27T18:00")), at("2026-11-30T09:00"));
});

Deno.test("a length of open time is over when the desk closes, not when it opens again", () => {
  const schedule = scheduled("seg-sex 9-12, 13-18");
  const after = (shows: string, minutes: number) =>
    afterOpenTime(schedule, at(shows), minutes * MINUTE_MS);
  assertEquals(after("2026-11-25T11:45", 15), at("2026-11-25T12:00"));
  assertEquals(after("2026-11-25T11:45", 16), at("2026-11-25T13:01"));
  assertEquals(after("2026-11-27T17:00", 60), at("2026-11-27T18:00"));
  assertEquals(after("2026-11-27T17:00", 61), at("2026-11-30T09:01"));
  assertEquals(after("2026-11-28T10:00", 8 * 60), at("2026-11-30T18:00"));
});

Deno.test("a holiday closes what would begin on it, not the night before, and that night it is over", () => {
  const schedule = scheduled("todos os dias 20:00-02:00", "25/12; 31/12/2026");
  const opens = (shows: string) => isOpen(schedule, at(shows));
  assertEquals(opens("2026-12-25T01:59"), true);
  assertEquals(opens("2026-12-25T20:00"), false);
  assertEquals(opens("2026-12-26T01:00"), false);
  assertEquals(opens("2026-12-31T21:00"), false);
  assertEquals(opens("2027-12-31T21:00"), true);
  assertEquals(nextOpening(schedule, at("2026-12-25T02:00")), at("2026-12-26T20:00"));
});

Deno.test("29 February is a holiday only when there is one", () => {
  const schedule = scheduled("daily 9-18", "29/02");
  assertEquals(isOpen(schedule, at("2028-02-29T10:00")), false);
  assertEquals(isOpen(schedule, at("2028-02-28T10:00")), true);
  assertEquals(isOpen(schedule, at("2027-03-01T10:00")), true);
});

Deno.test("an hour that is skipped opens later, one that comes twice counts twice", () => {
  const newYork = "America/New_York";
  const early = scheduled("daily 02:30-05:00", "", newYork);
  // 02:00 became 03:00 on 8 March.
  assertEquals(
    nextOpening(early, at("2026-03-08T01:00", newYork)),
    at("2026-03-08T03:00", newYork),
  );
  // 02:00 became 01:00 on 1 November.
  const night = scheduled("daily 01:00-01:30", "", newYork);
  const firstMs = at("2026-11-01T01:00", newYork);
  assertEquals(isOpen(night, firstMs), true);
  assertEquals(nextOpening(night, firstMs + HOUR_MS / 2), firstMs + HOUR_MS);
  assertEquals(isOpen(night, firstMs + HOUR_MS), true);
  assertEquals(isOpen(night, firstMs + HOUR_MS * 1.5), false);
  // A shift that lies in the skipped hour is left out that day.
  const skipped = scheduled("daily 02:10-02:50", "", newYork);
  assertEquals(
    nextOpening(skipped, at("2026-03-08T00:00", newYork)),
    at("2026-03-09T02:10", newYork),
  );
});

Deno.test("the next opening is found up to a year ahead, and not beyond", () => {
  const nowMs = at("2026-11-25T12:00");
  const sundays = Array.from(
    { length: 53 },
    (_, week) => dayOf(at("2026-11-29T12:00") + week * 7 * DAY_MS, "UTC"),
  );
  const next = (closed: string[]) => nextOpening(scheduled("dom 9-18", closed.join(";")), nowMs);
  assertEquals(next([]), at("2026-11-29T09:00"));
  assertEquals(next(sundays.slice(0, 40)), at("2027-09-05T09:00"));
  assertEquals(next(sundays.slice(0, 51)), at("2027-11-21T09:00"));
  assertEquals(next(sundays), undefined);
});
