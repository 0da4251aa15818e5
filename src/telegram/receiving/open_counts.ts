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

/** What was counted: open conversations, of how many in all. */
export interface Counted {
  count: number;
  all: number;
}

/** Counts, and remembers for a while. */
export class OpenCounts {
  readonly #known = new Map<number, Counted & { atMs: number }>();
  readonly #underWay = new Map<number, Promise<number>>();

  constructor(
    private readonly options: {
      count: (deskId: number) => Promise<Counted>;
      later: Later;
      now: () => number;
    },
  ) {}

  /** How many are open at a desk. Of many it is told what is known, and they are counted meanwhile. */
  async of(deskId: number): Promise<number> {
    const known = this.#known.get(deskId);
    if (!known || known.all <= FEW) return await this.#count(deskId);
    const goodMs = Math.min(known.all, GOOD_MOST_MS);
    if (!isWithin(goodMs, known.atMs, this.options.now())) {
      this.options.later(this.#count(deskId).then(() => {}));
    }
    return known.count;
  }

  /** Somebody has come to a desk since it was counted there. */
  came(deskId: number): void {
    const known = this.#known.get(deskId);
    if (known) known.count++;
  }

  /** Counts anew, for all who ask meanwhile. */
  #count(deskId: number): Promise<number> {
    const counting = this.#underWay.get(deskId) ?? this.#countAnew(deskId);
    this.#underWay.set(deskId, counting);
    return counting;
  }

  async #countAnew(deskId: number): Promise<number> {
    try {
      const counted = await this.options.count(deskId);
      this.#known.set(deskId, { ...counted, atMs: this.options.now() });
      return counted.count;
    } finally {
      this.#underWay.delete(deskId);
    }
  }
}
