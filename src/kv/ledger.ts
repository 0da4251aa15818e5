/**
 * Writes that cause jobs: each is committed, then the lanes it adds to are begun. Who writes need not
 * know who works the lanes.
 */
import type { Foreseen, Foresight } from "../jobs/foresight.ts";
import type { Decision } from "../jobs/reader.ts";
import type { WhichFailed } from "../jobs/failed.ts";
import type { Cause } from "../jobs/job.ts";
import type { Parked } from "../jobs/parked.ts";
import type { Touched } from "./lane_writer.ts";
import type { RecordReader } from "./reader.ts";
import type { Store } from "./store.ts";

/** Works lanes in the background. */
export interface LaneWorker {
  /** Begins to work a lane. */
  drain(lane: Touched): void;
  /** Begins to work every lane that is due, or was waiting for this cause. */
  sweep(because?: Cause): Promise<void>;
}

/** Writes through the store. */
export class Ledger {
  #worker: LaneWorker | undefined;

  constructor(private readonly store: Store) {}

  /** Says who works the lanes. What is written before that is found by the first sweep. */
  workedBy(worker: LaneWorker): void {
    this.#worker = worker;
  }

  /** A reader of one desk's records. */
  reader(deskId: number): RecordReader {
    return this.store.reader(deskId);
  }

  /** Begins to read what an update most likely leads to at a desk, for when it is accepted there. */
  foresee(deskId: number, foresight: Foresight): Foreseen {
    return this.store.foresee(deskId, foresight);
  }

  /**
   * Accepts an update for a desk, from where it waited if it did, with what was foreseen of it there.
   * Rejects if the database does not take it.
   */
  async accept(
    deskId: number,
    updateId: number,
    decide: Decision,
    parked?: Parked,
    foreseen?: Foreseen,
  ): Promise<void> {
    this.#begin(await this.store.accept(deskId, updateId, decide, parked, foreseen));
  }

  /** Writes a change that no update caused. */
  async record(deskId: number, decide: Decision): Promise<void> {
    this.#begin(await this.store.record(deskId, decide));
  }

  /** Has jobs that were given up tried again. */
  async retryFailed(deskId: number, which: WhichFailed): Promise<void> {
    this.#begin(await this.store.failed.retry(deskId, which));
  }

  /** Has every lane go on whose next job was waiting for this cause. */
  async wake(because: Cause): Promise<void> {
    await this.#worker?.sweep(because);
  }

  #begin(lanes: Touched[]): void {
    for (const lane of lanes) this.#worker?.drain(lane);
  }
}
