/** Whose a refusal is: what is refused again and again while others go through is refused for itself. */

import { HOUR_MS } from "../../time/duration.ts";
import { isWithin } from "../../time/elapsed.ts";

/** So often has to be refused what others go through in between. */
const OWN_REFUSALS = 2;
/** Of how much it is remembered that it was refused, and for how long. */
const MOST_REFUSED = 1000;
const REFUSED_MS = HOUR_MS;

/** Whether a refusal is the thing's own: so it is; once so far; nothing says so. */
export type RefusalCause = "its own" | "perhaps" | "unknown";

/**
 * What was refused and what went through, by places: both in memory, which is enough. Which came first
 * is counted: a clock that was set back would have what went through before come after.
 */
export class Refusals<Place> {
  readonly #wentAt = new Map<Place, number>();
  /** When something was last refused, and how often though others went through in between. */
  readonly #refused = new Map<string, { atMs: number; at: number; times: number }>();
  #count = 0;

  constructor(private readonly now: () => number) {}

  /** Something has gone through in a place; there are few. */
  went(what: string, place: Place): void {
    this.#wentAt.set(place, ++this.#count);
    this.#refused.delete(what);
  }

  /** Notes that something was refused in a place. */
  refuse(what: string, place: Place): RefusalCause {
    const atMs = this.now();
    const known = this.#refused.get(what);
    const before = isWithin(REFUSED_MS, known?.atMs, atMs) ? known : undefined;
    const haveOthersGone = before !== undefined && (this.#wentAt.get(place) ?? 0) > before.at;
    const times = (before?.times ?? 0) + (haveOthersGone ? 1 : 0);
    this.#refused.delete(what);
    for (const [oldest] of this.#refused) {
      if (this.#refused.size >= MOST_REFUSED) this.#refused.delete(oldest);
    }
    this.#refused.set(what, { atMs, at: ++this.#count, times });
    if (times >= OWN_REFUSALS) return "its own";
    return times > 0 ? "perhaps" : "unknown";
  }
}
