/**
 * What anybody may ask for, and is of use only at once: an offer for the words somebody types, the
 * answer to a button of the set-up's. Such things cost calls to Telegram, and strangers may ask by
 * the thousand; so they get a few calls at a time, and what cannot be reached in time is dropped:
 * whoever is still there asks again.
 */
import type { Log } from "../log.ts";
import type { Later } from "./background.ts";

/** So many are worked at once, and so many people wait. */
export const MOST_AT_ONCE = 8;
const MOST_WAITING = 100;
/** Afterwards whoever asked has given up (Telegram's clients wait no longer for a query). */
const WORTH_MS = 15_000;

/** What courtesies need of the world. */
export interface CourtesiesOptions {
  later: Later;
  now: () => number;
  log: Log;
}

interface Asked {
  work: () => Promise<void>;
  untilMs: number;
}

/** The courtesies of one bot. */
export class Courtesies {
  /** By person; one each, who asked last at the end. */
  readonly #waiting = new Map<number, Asked>();
  readonly #served = new Set<number>();

  constructor(private readonly options: CourtesiesOptions) {}

  /** Does what a person asks for when it is their turn; what they asked for before is moot then. */
  ask(userId: number, work: () => Promise<void>): void {
    const { now, later } = this.options;
    this.#drop(userId);
    for (const [longest] of this.#waiting) {
      if (this.#waiting.size >= MOST_WAITING) this.#drop(longest);
    }
    this.#waiting.set(userId, { work, untilMs: now() + WORTH_MS });
    if (this.#served.size < MOST_AT_ONCE) later(this.#serve());
  }

  /** Serves somebody who waits, and then the next. */
  async #serve(): Promise<void> {
    const next = this.#next();
    if (next === undefined) return;
    const [userId, { work }] = next;
    this.#served.add(userId);
    try {
      await work();
    } finally {
      this.#served.delete(userId);
      this.options.later(this.#serve());
    }
  }

  /** Takes out who asked last: who has waited for long is the likeliest to have gone. */
  #next(): [number, Asked] | undefined {
    if (this.#served.size >= MOST_AT_ONCE) return undefined;
    for (const [userId, asked] of [...this.#waiting].toReversed()) {
      if (this.#served.has(userId)) continue;
      if (asked.untilMs < this.options.now()) this.#drop(userId);
      else {
        this.#waiting.delete(userId);
        return [userId, asked];
      }
    }
    return undefined;
  }

  #drop(userId: number): void {
    if (this.#waiting.delete(userId)) this.options.log.debug("not answered in time", { userId });
  }
}
