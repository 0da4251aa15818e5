/**
 * What the clocks of a time zone show. Local times are milliseconds as a clock shows them: those
 * since 1970 if it were a clock of UTC, so that days and minutes can be counted by division.
 */
import { type Weekday, WEEKDAYS } from "./calendar.ts";
import { DAY_MS } from "./duration.ts";

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/**
 * How far the clocks are ahead of UTC, in milliseconds, daylight saving included. The runtime's Intl
 * knows it from the IANA time zone database (ECMA-402, "Time Zone Names").
 * @param timeZone a name such as `America/Sao_Paulo`; throws `RangeError` at an unknown one
 */
export function offsetMsAt(ms: number, timeZone: string): number {
  let format = FORMATS.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      ...{ year: "numeric", month: "numeric", day: "numeric" },
      ...{ hour: "numeric", minute: "numeric", second: "numeric" },
    });
    FORMATS.set(timeZone, format);
  }
  const shown: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(ms)) shown[type] = Number(value);
  const { year, month, day, hour, minute, second } = shown;
  const localMs = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!);
  return localMs - Math.floor(ms / 1000) * 1000;
}

/** What the clocks show at a moment. */
export function localMsAt(ms: number, timeZone: string): number {
  return ms + offsetMsAt(ms, timeZone);
}

/** The day of a local time, as in `2026-11-25`. */
export function dateOf(localMs: number): string {
  return new Date(localMs).toISOString().slice(0, 10);
}

/** The hour of the day of a local time, from 0 to 23. */
export function hourOf(localMs: number): number {
  return new Date(localMs).getUTCHours();
}

/** The number of a day, counted from 1 January 1970. */
export function dayNumberOf(localMs: number): number {
  return Math.floor(localMs / DAY_MS);
}

/** The weekday of a local time. */
export function weekdayOf(localMs: number): Weekday {
  const THURSDAY = 3;
  const index = (dayNumberOf(localMs) + THURSDAY) % 7;
  return WEEKDAYS[(index + 7) % 7]!;
}

/** The day a moment is on in a time zone, as in `2026-11-25`: to do something once a day. */
export function dayOf(ms: number, timeZone: string): string {
  return dateOf(localMsAt(ms, timeZone));
}

/** A stretch of time, its end excluded, in which nobody puts a clock forward or back. */
interface TimeStretch {
  fromMs: number;
  toMs: number;
  offsetMs: number;
}

/** Cuts the time between two moments into stretches of a day at most. */
export function* stretchesBetween(
  fromMs: number,
  toMs: number,
  timeZone: string,
): Generator<TimeStretch> {
  for (let startMs = fromMs; startMs < toMs;) {
    const offsetMs = offsetMsAt(startMs, timeZone);
    let endMs = Math.min(startMs + DAY_MS, toMs);
    if (offsetMsAt(endMs - 1, timeZone) !== offsetMs) {
      let beforeMs = startMs;
      let afterMs = endMs - 1;
      while (afterMs - beforeMs > 1) {
        const middleMs = Math.floor((beforeMs + afterMs) / 2);
        if (offsetMsAt(middleMs, timeZone) === offsetMs) beforeMs = middleMs;
        else afterMs = middleMs;
      }
      endMs = afterMs;
    }
    yield { fromMs: startMs, toMs: endMs, offsetMs };
    startMs = endMs;
  }
}

/**
 * The moment at which the clocks show a local time. Where they skip it, the first moment after that;
 * where they show it twice, the first of the two.
 */
export function momentAt(localMs: number, timeZone: string): number {
  // No clock is further from UTC than a day.
  const stretches = stretchesBetween(localMs - 2 * DAY_MS, localMs + 2 * DAY_MS, timeZone);
  for (const { fromMs, toMs, offsetMs } of stretches) {
    const momentMs = Math.max(localMs - offsetMs, fromMs);
    if (momentMs < toMs) return momentMs;
  }
  throw new RangeError(`${localMs} is no local time`);
}
