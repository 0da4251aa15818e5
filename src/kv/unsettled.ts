/**
 * What is done but has yet to be written: whoever comes next would do it again. It is written with
 * patience, and remembered until it is.
 */
import { laneName } from "../conversation/lane.ts";
import type { Log } from "../log.ts";
import { TryAgain } from "../values/try_again.ts";
import type { Held } from "./held_job.ts";
import { logFactsOf, putAside, type Settled, type Settlement } from "./settlement.ts";
import type { Store } from "./store.ts";

/** How often a commit is tried at once. */
const MAX_TRIES = 3;

/** Settles jobs, and knows by lane what could not be settled yet. */
export class Unsettled {
  readonly #byLane = new Map<string, Held & { settlement: Settlement }>();

  constructor(private readonly options: { store: Store; log: Log }) {}

  /** How this job is to be settled, if it was done already. */
  of({ job: { lane, order }, versionstamp }: Held): Settlement | undefined {
    const left = this.#byLane.get(laneName(lane));
    const isDone = left?.versionstamp === versionstamp &&
      left.job.order.arrival === order.arrival && left.job.order.n === order.n;
    return isDone ? left.settlement : undefined;
  }

  /**
   * Writes how a job ended. Throws if the database does not take it: then it is remembered. A job
   * whose end cannot be written by our own fault is put aside, and its lane goes on.
   */
  async settle(held: Held, settlement: Settlement): Promise<Settled> {
    const { job } = held;
    const name = laneName(job.lane);
    const ways = [settlement];
    while (true) {
      const way = ways.shift()!;
      this.#byLane.set(name, { ...held, settlement: way });
      try {
        const settled = await this.#insist(() => this.options.store.settle(held, way));
        this.#byLane.delete(name);
        return settled;
      } catch (error) {
        if (error instanceof TryAgain) throw error;
        this.options.log.error("job not settled by our own fault", { ...logFactsOf(job), error });
        if (way === settlement) ways.push(...putAside(job, settlement, error));
        if (ways.length === 0) throw error;
      }
    }
  }

  /** The last chance to write what is remembered. What the database does not take is logged. */
  async settleAtLast(): Promise<void> {
    for (const { settlement, ...held } of [...this.#byLane.values()]) {
      try {
        await this.#insist(() => this.options.store.settle(held, { ...settlement, release: true }));
      } catch (error) {
        this.options.log.error("job not settled", { ...logFactsOf(held.job), error });
      }
    }
  }

  /** Tries a commit several times: a database that is locked or away for a moment comes back. */
  async #insist<T>(commit: () => Promise<T>): Promise<T> {
    for (let tries = 1;; tries++) {
      try {
        return await commit();
      } catch (error) {
        if (tries === MAX_TRIES) throw error;
      }
    }
  }
}
