/** Nobody is here: what a customer who writes outside the desk's hours is told once a day. */
import { readHolidays } from "./holidays.ts";
import { readHours } from "./hours.ts";
import { dayOf } from "../time/local_time.ts";
import { type Moment, momentOf } from "../time/moment.ts";
import { isOpen, nextOpening } from "./opening.ts";

/** The day on which nobody is here, and when somebody is back, if that is known. */
export interface Away {
  /** In the desk's time zone, as `2031-03-05`. */
  day: string;
  back?: Moment;
}

/** Whether nobody is here now; `undefined`: somebody is, or the desk has no hours. */
export function awayOf(
  settings: { hours?: string; holidays?: string },
  timeZone: string,
  nowMs: number,
): Away | undefined {
  if (settings.hours === undefined) return undefined;
  const hours = readHours(settings.hours);
  const holidays = readHolidays(settings.holidays ?? "");
  if ("problem" in hours) return undefined;
  const schedule = { hours, holidays: "problem" in holidays ? [] : holidays, timeZone };
  if (isOpen(schedule, nowMs)) return undefined;
  const backMs = nextOpening(schedule, nowMs);
  const back = backMs === undefined ? {} : { back: momentOf(backMs, nowMs, timeZone) };
  return { day: dayOf(nowMs, timeZone), ...back };
}
