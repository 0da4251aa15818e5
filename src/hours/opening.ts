/**
 * Whether a desk is open, and when it opens. It is open whenever the clocks of its time zone show an
 * hour of its schedule: an hour that comes twice, when clocks are put back, counts both times.
 */
import { type Holiday, isHoliday } from "./holidays.ts";
import type { Hours } from "./hours.ts";
import { DAY_MS, MINUTE_MS } from "../time/duration.ts";
import { dayNumberOf, localMsAt, stretchesBetween, weekdayOf } from "../time/local_time.ts";

/** What decides it. A holiday closes all that would begin on it; what began before goes on. */
export interface Schedule {
  hours: Hours;
  holidays: readonly Holiday[];
  timeZone: string;
}

const YEAR_MS = 366 * DAY_MS;

/** Whether the desk is open at this moment. */
export function isOpen(schedule: Schedule, nowMs: number): boolean {
  const localMs = localMsAt(nowMs, schedule.timeZone);
  return firstOpen(schedule, localMs, localMs + 1) !== undefined;
}

/** The first moment, from this one on, at which the desk is open; `undefined`: not for a year. */
export function nextOpening(schedule: Schedule, nowMs: number): number | undefined {
  const stretches = stretchesBetween(nowMs, nowMs + YEAR_MS, schedule.timeZone);
  for (const { fromMs, toMs, offsetMs } of stretches) {
    const localMs = firstOpen(schedule, fromMs + offsetMs, toMs + offsetMs);
    if (localMs !== undefined) return localMs - offsetMs;
  }
}

/**
 * The moment by which the desk has been open for so long, counted from this one on; `undefined`: not
 * within a year.
 */
export function afterOpenTime(
  schedule: Schedule,
  fromMs: number,
  lengthMs: number,
): number | undefined {
  let leftMs = lengthMs;
  for (
    const { fromMs: startMs, toMs, offsetMs } of stretchesBetween(
      fromMs,
      fromMs + YEAR_MS,
      schedule.timeZone,
    )
  ) {
    const endLocalMs = toMs + offsetMs;
    let localMs = startMs + offsetMs;
    while (localMs < endLocalMs) {
      const open = firstOpenStretch(schedule, localMs, endLocalMs);
      if (!open) break;
      const openMs = open.toLocalMs - open.fromLocalMs;
      if (openMs >= leftMs) return open.fromLocalMs + leftMs - offsetMs;
      leftMs -= openMs;
      localMs = open.toLocalMs;
    }
  }
}

/** The first local time of those from one up to another, itself excluded, that is an open one. */
function firstOpen(
  schedule: Schedule,
  fromLocalMs: number,
  toLocalMs: number,
): number | undefined {
  return firstOpenStretch(schedule, fromLocalMs, toLocalMs)?.fromLocalMs;
}

/** The first stretch of local time between two that is open throughout. */
function firstOpenStretch(
  { hours, holidays }: Schedule,
  fromLocalMs: number,
  toLocalMs: number,
): { fromLocalMs: number; toLocalMs: number } | undefined {
  // What began the day before may go on after midnight.
  const firstDayMs = (dayNumberOf(fromLocalMs) - 1) * DAY_MS;
  for (let dayMs = firstDayMs; dayMs < toLocalMs; dayMs += DAY_MS) {
    if (isHoliday(holidays, dayMs)) continue;
    for (const { fromMinute, toMinute } of hours[weekdayOf(dayMs)]) {
      const openMs = Math.max(dayMs + fromMinute * MINUTE_MS, fromLocalMs);
      const closedMs = Math.min(dayMs + toMinute * MINUTE_MS, toLocalMs);
      if (openMs < closedMs) return { fromLocalMs: openMs, toLocalMs: closedMs };
    }
  }
}
