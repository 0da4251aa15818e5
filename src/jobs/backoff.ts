/** How long a job that failed waits before it is tried again, and when it is given up. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../time/duration.ts";

const FIRST_RETRY_MS = 1000;

const LAST_RETRY_MS = 5 * MINUTE_MS;

/** A job, or an update, at which our own program fails this often is put aside: others wait behind it. */
export const MAX_FAULTS = 3;

/** How long a job may fail before it is given up, visibly. */
export const FAILING_PATIENCE_MS = DAY_MS;

/**
 * How much of that one try takes at most: where much more has passed since the last, the program was
 * not there, or the clock was set forward, and nothing was tried.
 */
const TRY_MOST_MS = HOUR_MS;

/** For how long a job has failed that had for `forMs`, and has so long after its last failure. */
export function longerFailing(forMs: number, sinceLastMs: number): number {
  return forMs + Math.min(Math.max(sinceLastMs, 0), TRY_MOST_MS);
}

/**
 * How long to wait after the given number of failures: doubling from 1 s to 5 min, less up to half
 * by chance (`random` from 0 to 1), so that lanes that failed together do not return together.
 */
export function backoffMs(attempts: number, random: number): number {
  const fullMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 20), LAST_RETRY_MS);
  return Math.round(fullMs * (1 - random / 2));
}
