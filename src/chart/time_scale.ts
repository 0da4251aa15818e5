/** A scale that time is measured by, in steps people count it in. */
import type { Scale } from "./sheet.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../time/duration.ts";

/** How long it may be from line to line. Beyond these: whole days. */
const STEPS_MS = [
  ...[5, 10, 30].map((seconds) => seconds * 1000),
  ...[1, 2, 5, 10, 20, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
];

/** Where the highest line is and how far they are apart: at most four of them above the ground. */
export function timeEnds(mostMs: number): NonNullable<Scale["ends"]> {
  const stepMs = STEPS_MS.find((stepMs) => 4 * stepMs >= mostMs) ??
    Math.ceil(mostMs / 4 / DAY_MS) * DAY_MS;
  return { max: Math.max(1, Math.ceil(mostMs / stepMs)) * stepMs, interval: stepMs };
}
