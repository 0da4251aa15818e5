/** Nobody is here: what a customer who writes outside the desk's hours is told once a day. */
import type { Holiday } from "./holidays.ts";
import type { Hours } from "./hours.ts";
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
  { hours, holidays = [] }: { hours?: Hours; holidays?: readonly Holiday[] },
  timeZone: string,
  nowMs: number,
): Away | undefined {
  if (!hours) return undefined;
  const schedule = { hours, holidays, timeZone };
  if (isOpen(schedule, nowMs)) return undefined;
  const backMs = nextOpening(schedule, nowMs);
  const back = backMs === undefined ? {} : { back: momentOf(backMs, nowMs, timeZone) };
  return { day: dayOf(nowMs, timeZone), ...back };
}
