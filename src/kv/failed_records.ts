/**
 * What was given up, and may be tried again: jobs that could not be done, and updates that fail by
 * our own fault. It commits nothing itself: what it puts into a commit is checked and committed by
 * the store.
 */
import type { FailedJob, WhichFailed } from "../jobs/failed.ts";
import type { Job } from "../jobs/job.ts";
import type { Task } from "../jobs/task.ts";
import type { Keys } from "./keys.ts";
import { committed, type LaneWriter, type Touched } from "./lane_writer.ts";
import type { Lifetimes } from "./lifetimes.ts";
import { RecordReader } from "./reader.ts";
import { fromStored, type Stored, toStored } from "./records.ts";
import type { Seal } from "./seal.ts";
import { loadJob, type StoredJob, storeJob } from "./stored_job.ts";
import type { Transact } from "./transact.ts";

/** A given-up job as it lies. */
interface Lying {
  job: Job;
  entry: Deno.KvEntry<Stored<StoredJob>>;
}

/** Keeps what one bot has given up. */
export class FailedRecords {
  constructor(
    private readonly kv: Deno.Kv,
    private readonly options: {
      keys: Keys;
      lanes: LaneWriter;
      lifetimes: Lifetimes;
      seal: Seal;
      now: () => number;
      transact: Transact;
    },
  ) {}

  /** The jobs of a desk that were given up, each with its conversation. */
  async list(deskId: number): Promise<FailedJob[]> {
    const found: FailedJob[] = [];
    const read = new RecordReader(this.kv, { ...this.options, deskId });
    for (const { job } of await this.#find(deskId, "all")) {
      found.push({ job, conversation: await read.conversation(job.lane.customerId) });
    }
    return found;
  }

  /** Adds a job to a commit, with the last words that were said of it, for the operator. */
  async add(commit: Deno.AtomicOperation, job: Job): Promise<void> {
    const { keys, seal, lifetimes } = this.options;
    const stored = await storeJob(job, seal);
    commit.set(keys.failed(job.lane, job.order), stored, { expireIn: lifetimes.failed });
  }

  /** Puts given-up jobs at the ends of their lanes again. */
  async retry(deskId: number, which: WhichFailed): Promise<Touched[]> {
    const touched: Touched[] = [];
    for (const { job, entry } of await this.#find(deskId, which)) {
      const { lane, task, order: { arrival } } = job;
      // What cannot be read any more, or never could, cannot be done: it stays in the list.
      if (job.isUnreadable || isLost(task)) continue;
      const lanes = await this.options.transact(async (commit) => {
        if (!await this.#take(commit, entry)) return [];
        if (task.kind === "update") {
          const { keys } = this.options;
          commit.delete(keys.seen(arrival)).delete(keys.failures(arrival));
        }
        return await this.options.lanes.append(commit, [{ lane, task }], arrival);
      }, committed);
      touched.push(...lanes);
    }
    return touched;
  }

  /** Forgets given-up jobs. */
  async dismiss(deskId: number, which: WhichFailed): Promise<void> {
    for (const { entry } of await this.#find(deskId, which)) {
      await this.options.transact((commit) => this.#take(commit, entry));
    }
  }

  /** Counts that an update failed by our own fault; resolves with how often it has. */
  async countFailure(updateId: number): Promise<number> {
    const { keys, lifetimes, transact } = this.options;
    return await transact(async (commit) => {
      const entry = await this.kv.get<Stored<number>>(keys.failures(updateId));
      const times = (fromStored(entry) ?? 0) + 1;
      commit.check(entry).set(entry.key, toStored(times), { expireIn: lifetimes.failures });
      return times;
    });
  }

  async #find(deskId: number, which: WhichFailed): Promise<Lying[]> {
    const { keys, seal } = this.options;
    const entries: Deno.KvEntryMaybe<Stored<StoredJob>>[] = [];
    if (which === "all") {
      const prefix = keys.failedOf(deskId);
      for await (const entry of this.kv.list<Stored<StoredJob>>({ prefix })) entries.push(entry);
    } else {
      entries.push(await this.kv.get(keys.failed(which.lane, which.order)));
    }
    const found: Lying[] = [];
    for (const entry of entries) {
      const job = await loadJob(entry, seal);
      if (job && entry.value) found.push({ job, entry });
    }
    return found;
  }

  /** Takes a job off the list; `false`: somebody else has pressed the same button. */
  async #take(commit: Deno.AtomicOperation, { key, versionstamp }: Lying["entry"]) {
    if ((await this.kv.get(key)).versionstamp !== versionstamp) return false;
    commit.check({ key, versionstamp }).delete(key);
    return true;
  }
}

/** Whether a task is an update of which nothing is kept. */
function isLost(task: Task): boolean {
  return task.kind === "update" && task.private === undefined;
}
