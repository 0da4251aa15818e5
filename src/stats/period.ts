/** The days a look back covers, and which of them a moment falls into, by the desk's wall clock. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../time/duration.ts";
import { dateOf, hourOf, localMsAt } from "../time/local_time.ts";

/** A moment as a wall clock shows it. */
export interface LocalTime {
  /** The calendar day, as `2031-03-05`. */
  date: string;
  /** From 0 to 23. */
  hour: number;
}

/** So many whole days up to a moment; the day of that moment itself is the last. */
export interface Period {
  /** The calendar days, oldest first. */
  dates: string[];
  /** When the first of them began. */
  sinceMs: number;
}

/** The offsets from UTC of today's time zones, and when they change, are multiples of this. */
const QUARTER_MS = 15 * MINUTE_MS;
/** No time zone is further ahead of UTC (https://www.iana.org/time-zones, Pacific/Kiritimati). */
const MOST_AHEAD_MS = 14 * HOUR_MS;

/**
 * Reads the wall clock of a time zone. Each quarter of an hour is worked out once: asking `Intl` is
 * slow, and events come by the thousand.
 */
export function wallClock(timeZone: string): (atMs: number) => LocalTime {
  const known = new Map<number, LocalTime>();
  return (atMs) => {
    const quarter = Math.floor(atMs / QUARTER_MS);
    let time = known.get(quarter);
    if (!time) {
      const localMs = localMsAt(quarter * QUARTER_MS, timeZone);
      time = { date: dateOf(localMs), hour: hourOf(localMs) };
      known.set(quarter, time);
    }
    return time;
  };
}

/** The last days up to a moment, as the calendar of a time zone counts them. */
export function periodUpTo(
  nowMs: number,
  { days, timeZone }: { days: number; timeZone: string },
): Period {
  const clock = wallClock(timeZone);
  const today = Date.parse(clock(nowMs).date);
  const dates = Array.from({ length: days }, (_, index) => {
    const daysAgo = days - 1 - index;
    return dateOf(today - daysAgo * DAY_MS);
  });
  // Where the clock jumps at midnight, a day begins at one.
  let sinceMs = Date.parse(dates[0]!) - MOST_AHEAD_MS;
  while (clock(sinceMs).date < dates[0]!) sinceMs += QUARTER_MS;
  return { dates, sinceMs };
}
