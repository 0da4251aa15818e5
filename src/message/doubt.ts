/**
 * Doubt about a thread. A copy by ID does not say where it has come to stand, and Telegram may take an
 * answer to a root that somebody has deleted: the copy then lies outside of any thread, where nobody
 * reads it. What is copied while a root is not seen is in doubt until the root is seen again.
 */
import type { Place } from "./link.ts";
import { MINUTE_MS } from "../time/duration.ts";

/** What is in doubt under one root. */
export interface Doubt {
  /** The first copy that may lie outside of the thread; those before it are in it. */
  sinceId: number;
  /** When the root is looked at, if it was not seen until then. */
  dueMs: number;
}

/** The doubt about one customer's thread. */
export interface ThreadDoubt extends Doubt {
  deskId: number;
  customerId: number;
  root: Place;
}

/** A copy in doubt: the message it shows, and where it was put. */
export interface DoubtedCopy {
  here: Place;
  copyId: number;
}

/**
 * For how long a root that was seen is taken to be there: each root is looked at no more often, and
 * a copy that went astray is found about this much later at the latest.
 */
export const DOUBT_MS = 2 * MINUTE_MS;

/** Whether it is time to look at a root. One due later than any can be shows that the clock was set back. */
export function isDoubtDue({ dueMs }: Pick<Doubt, "dueMs">, nowMs: number): boolean {
  return dueMs <= nowMs || dueMs - nowMs > DOUBT_MS;
}
