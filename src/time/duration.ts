/** Lengths of time: their units in milliseconds, and how long something took as people say it. */

/** A second, in milliseconds. */
export const SECOND_MS = 1000;
/** A minute, in milliseconds. */
export const MINUTE_MS = 60 * SECOND_MS;
/** An hour, in milliseconds. */
export const HOUR_MS = 60 * MINUTE_MS;
/** A day of 24 hours, in milliseconds. */
export const DAY_MS = 24 * HOUR_MS;

/**
 * `40 s`, `4 min`, `1 h 20 min`, `2 d 3 h`: rounded to what matters at that length. The symbols are
 * the same in all our languages (SI Brochure, 9th edition, table 8).
 */
export function sayDuration(ms: number): string {
  const rounded = (unitMs: number) => Math.round(ms / unitMs) * unitMs;
  if (rounded(SECOND_MS) < MINUTE_MS) return inUnits(rounded(SECOND_MS), [[SECOND_MS, "s"]]);
  if (rounded(MINUTE_MS) < HOUR_MS) return inUnits(rounded(MINUTE_MS), [[MINUTE_MS, "min"]]);
  if (rounded(MINUTE_MS) < DAY_MS) {
    return inUnits(rounded(MINUTE_MS), [[HOUR_MS, "h"], [MINUTE_MS, "min"]]);
  }
  return inUnits(rounded(HOUR_MS), [[DAY_MS, "d"], [HOUR_MS, "h"]]);
}

/** The units there are some of; the last if there are none of any. */
function inUnits(ms: number, units: [unitMs: number, symbol: string][]): string {
  const words: string[] = [];
  let restMs = ms;
  for (const [unitMs, symbol] of units) {
    const count = Math.floor(restMs / unitMs);
    restMs -= count * unitMs;
    if (count > 0) words.push(`${count} ${symbol}`);
  }
  return words.join(" ") || `0 ${units.at(-1)![1]}`;
}
