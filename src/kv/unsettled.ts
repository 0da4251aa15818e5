/**
 * What is done but has yet to be written: whoever comes next would do it again. It is written with
 * patience, and remembered until it is.
 */
import { laneName } from "../conversation/lane.ts";
import type { Log } from "../log.ts";
import type { Held, Settled, Settlement } from "./settlement.ts";
import type { Store } from "./store.ts";

/** How often a commit is tried at once against a database that fails. */
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

  /** Writes how a job ended. Throws if the database does not take it: then it is remembered. */
  async settle(held: Held, settlement: Settlement): Promise<Settled> {
    const name = laneName(held.job.lane);
    this.#byLane.set(name, { ...held, settlement });
    const settled = await this.#insist(() => this.options.store.settle(held, settlement));
    this.#byLane.delete(name);
    return settled;
  }

  /** The last chance to write what is remembered. What the database does not take is logged. */
  async settleAtLast(): Promise<void> {
    for (const { settlement, ...held } of [...this.#byLane.values()]) {
      try {
        await this.#insist(() => this.options.store.settle(held, { ...settlement, release: true }));
      } catch (error) {
        this.options.log.error("lane failed", { error });
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
        this.options.log.warn("commit failed", { error });
      }
    }
  }
}
