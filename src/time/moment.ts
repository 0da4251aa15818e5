/** A moment as people name it: today at 14:00, on Monday at 09:00. */
import type { Weekday } from "./calendar.ts";
import { dayNumberOf, localMsAt, weekdayOf } from "./local_time.ts";

/** What there is to say of a moment; the words are in texts/. */
export interface Moment {
  /** By what its day is named. */
  by: "today" | "tomorrow" | "weekday" | "date" | "full date";
  weekday: Weekday;
  dayOfMonth: number;
  /** From 1 to 12. */
  month: number;
  year: number;
  /** What clocks show: `09:00`. */
  time: string;
}

/**
 * What to say of a moment now, by the clocks of a time zone. A weekday is enough for the next six
 * days, a date without its year for the next 364.
 */
export function momentOf(momentMs: number, nowMs: number, timeZone: string): Moment {
  const localMs = localMsAt(momentMs, timeZone);
  const date = new Date(localMs);
  return {
    by: nameFor(dayNumberOf(localMs) - dayNumberOf(localMsAt(nowMs, timeZone))),
    weekday: weekdayOf(localMs),
    dayOfMonth: date.getUTCDate(),
    month: date.getUTCMonth() + 1,
    year: date.getUTCFullYear(),
    time: date.toISOString().slice(11, 16),
  };
}

function nameFor(daysAhead: number): Moment["by"] {
  if (daysAhead < 0 || daysAhead > 364) return "full date";
  if (daysAhead > 6) return "date";
  return daysAhead > 1 ? "weekday" : daysAhead === 1 ? "tomorrow" : "today";
}
