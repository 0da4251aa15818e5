/**
 * How many conversations are open at each desk, for newcomers who go to the desk with the fewest. They
 * are counted by looking at all there ever were: the more these are, the more rarely.
 */
import type { Later } from "../../jobs/background.ts";
import { MINUTE_MS } from "../../time/duration.ts";
import { isWithin } from "../../time/elapsed.ts";

/** So few conversations are looked at each time. */
const FEW = 1000;
/** A count of more is good for a millisecond for each of them, and for so long at most. */
const GOOD_MOST_MS = MINUTE_MS;
/** For so long somebody counts who has only opened the chat: most who write do so by then. */
const VISIT_MS = 10 * MINUTE_MS;

/** What was counted: open conversations, of how many in all. */
export interface Counted {
  count: number;
  all: number;
}

/** A count under way, and how many came since it began. */
interface Counting {
  done: Promise<void>;
  came: number;
}

/** Counts, and remembers for a while. */
export class OpenCounts {
  readonly #known = new Map<number, Counted & { atMs: number }>();
  readonly #underWay = new Map<number, Counting>();
  /** Newcomers whose first update is being accepted, with the desk that they come to. */
  readonly #coming = new Map<number, number>();
  /** Who has opened the chat of a desk of late and written nothing yet, the first that did first. */
  readonly #visiting = new Map<number, { deskId: number; sinceMs: number }>();

  constructor(
    private readonly options: {
      count: (deskId: number) => Promise<Counted>;
      later: Later;
      now: () => number;
    },
  ) {}

  /**
   * The desk with the fewest, of several the first. A newcomer counts there at once, so that the next
   * goes elsewhere, until `ended` says what came of it.
   */
  async fewest(customerId: number, deskIds: readonly number[]): Promise<number | undefined> {
    await Promise.all(deskIds.map((deskId) => this.#look(deskId)));
    // What somebody wrote in the same moment leads to the same desk.
    const coming = this.#coming.get(customerId);
    if (coming !== undefined && deskIds.includes(coming)) return coming;
    const [least] = deskIds.toSorted((one, other) => this.#open(one) - this.#open(other));
    if (least !== undefined) this.#coming.set(customerId, least);
    return least;
  }

  /** The update of somebody who may be new is accepted, or could not be; `deskId`: they came there. */
  ended(customerId: number, deskId?: number): void {
    this.#coming.delete(customerId);
    if (deskId === undefined) return;
    this.#visiting.delete(customerId);
    const [known, counting] = [this.#known.get(deskId), this.#underWay.get(deskId)];
    if (known) known.count++;
    if (counting) counting.came++;
  }

  /** Whether somebody counts who has only opened the chat. */
  isVisiting(customerId: number): boolean {
    return this.#visiting.has(customerId);
  }

  /** Somebody has only opened the chat of a desk, and may be about to write. */
  opened(customerId: number, deskId: number): void {
    this.#visiting.set(customerId, { deskId, sinceMs: this.options.now() });
    this.#forgetVisits();
  }

  #forgetVisits(): void {
    for (const [customerId, { sinceMs }] of this.#visiting) {
      if (isWithin(VISIT_MS, sinceMs, this.options.now())) return;
      this.#visiting.delete(customerId);
    }
  }

  #open(deskId: number): number {
    this.#forgetVisits();
    const visiting = [...this.#visiting.values()].map((visit) => visit.deskId);
    const more = [...this.#coming.values(), ...visiting].filter((each) => each === deskId).length;
    return (this.#known.get(deskId)?.count ?? 0) + more;
  }

  /** Counts. Of many what is known is good for a while, and they are counted behind whoever asks. */
  async #look(deskId: number): Promise<void> {
    const known = this.#known.get(deskId);
    if (!known || known.all <= FEW) return await this.#count(deskId);
    const goodMs = Math.min(known.all, GOOD_MOST_MS);
    if (!isWithin(goodMs, known.atMs, this.options.now())) this.options.later(this.#count(deskId));
  }

  /** Counts anew, for all who ask meanwhile. */
  #count(deskId: number): Promise<void> {
    const underWay = this.#underWay.get(deskId);
    if (underWay) return underWay.done;
    const counting: Counting = { came: 0, done: Promise.resolve() };
    this.#underWay.set(deskId, counting);
    counting.done = this.#countAnew(deskId, counting);
    return counting.done;
  }

  async #countAnew(deskId: number, counting: Counting): Promise<void> {
    try {
      const { count, all } = await this.options.count(deskId);
      const atMs = this.options.now();
      this.#known.set(deskId, { count: count + counting.came, all, atMs });
    } finally {
      this.#underWay.delete(deskId);
    }
  }
}
