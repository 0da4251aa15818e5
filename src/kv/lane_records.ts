/** The lanes as they lie: which job is next in each, how many wait, how many were given up. */
import type { Job } from "../jobs/job.ts";
import type { Lane } from "../conversation/lane.ts";
import type { Task } from "../jobs/task.ts";
import { defined } from "../values/defined.ts";
import { type Keys, laneOfJobKey } from "./keys.ts";
import { fromStored, type Stored } from "./records.ts";
import type { Seal } from "./seal.ts";
import { loadJob, type NextJob, type StoredJob } from "./stored_job.ts";

/** Reads the lanes of one bot. */
export class LaneRecords {
  constructor(
    private readonly kv: Deno.Kv,
    private readonly options: { keys: Keys; seal: Seal },
  ) {}

  /** The next job of a lane as it lies, and what kind of task is behind it, if any. */
  async next(lane: Lane): Promise<NextJob | null> {
    const entries: Deno.KvEntry<Stored<StoredJob>>[] = [];
    const selector = { prefix: this.options.keys.jobsOf(lane) };
    for await (const entry of this.kv.list<Stored<StoredJob>>(selector, { limit: 2 })) {
      entries.push(entry);
    }
    const [first, second] = entries;
    const job = first && await loadJob(first, this.options.seal);
    if (!job) return null;
    return {
      job,
      versionstamp: first.versionstamp,
      ...defined({ followedBy: second?.value.value.task.kind }),
    };
  }

  /** The kinds of a lane's first tasks, `most` of them at most. */
  async kinds(lane: Lane, most: number): Promise<Task["kind"][]> {
    const selector = { prefix: this.options.keys.jobsOf(lane) };
    const list = this.kv.list<Stored<StoredJob>>(selector, { limit: most });
    return (await Array.fromAsync(list)).map((entry) => fromStored(entry)!.task.kind);
  }

  /** How many jobs a lane has, counted up to `most`. */
  async length(lane: Lane, most: number): Promise<number> {
    let length = 0;
    const selector = { prefix: this.options.keys.jobsOf(lane) };
    for await (const _ of this.kv.list(selector, { limit: most })) length++;
    return length;
  }

  /** The first job of every lane that has one. */
  async *firstJobs(): AsyncGenerator<
    Pick<Job, "lane" | "acceptedMs" | "dueMs" | "decidedMs" | "waitsFor">
  > {
    const prefix = this.options.keys.jobs();
    let start: Deno.KvKey | undefined;
    while (true) {
      const selector = start ? { prefix, start } : { prefix };
      const list = this.kv.list<Stored<StoredJob>>(selector, { limit: 1 });
      const { value: entry } = await list.next();
      if (!entry) return;
      const lane = laneOfJobKey(entry.key);
      const job = fromStored(entry);
      if (job) yield { ...job, lane };
      // The byte after every key of this lane: its jobs' arrivals are finite.
      start = [...this.options.keys.jobsOf(lane), Infinity];
    }
  }

  /** How much waits, since when, and how much was given up; counted up to `most` of each. */
  async counts(most: number): Promise<{ waiting: number; failed: number; oldestMs?: number }> {
    let waiting = 0, failed = 0, oldestMs = Infinity;
    const options = { limit: most, batchSize: 500 };
    for await (
      const entry of this.kv.list<Stored<StoredJob>>({ prefix: this.options.keys.jobs() }, options)
    ) {
      waiting++;
      oldestMs = Math.min(oldestMs, entry.value.value.acceptedMs);
    }
    for await (const _ of this.kv.list({ prefix: this.options.keys.allFailed() }, options)) {
      failed++;
    }
    return { waiting, failed, ...(waiting ? { oldestMs } : {}) };
  }
}
