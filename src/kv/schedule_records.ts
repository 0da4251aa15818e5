/**
 * The tasks that wait for their time, as they lie: each under its lane and name, and once more in the
 * order of their times, so that those that are due are found without a look at the others.
 */
import type { Lane } from "../conversation/lane.ts";
import type { Scheduled, ScheduledName } from "../jobs/scheduled.ts";
import type { Job } from "../jobs/job.ts";
import type { Keys } from "./keys.ts";
import type { LaneWriter, Touched } from "./lane_writer.ts";
import { fromStored, type Stored, toStored } from "./records.ts";
import { opened, type Seal } from "./seal.ts";
import { loadTask, storeJob } from "./stored_job.ts";
import type { DueName, StoredScheduled } from "./stored_scheduled.ts";

/** What the tasks that wait for their time are read and written with. */
interface ScheduleOptions {
  keys: Keys;
  seal: Seal;
  lanes: LaneWriter;
  now: () => number;
}

/** Puts tasks that wait for their time into commits, and reads which are due. */
export class ScheduleRecords {
  constructor(private readonly kv: Deno.Kv, private readonly options: ScheduleOptions) {}

  /** Adds to a commit what is to wait for its time from now on, and takes away what is moot. */
  async write(
    commit: Deno.AtomicOperation,
    { scheduled = [], unscheduled = [] }: {
      scheduled?: Scheduled[];
      unscheduled?: ScheduledName[];
    },
    arrival: number,
  ): Promise<Touched[]> {
    const { keys, seal, now } = this.options;
    for (const each of [...unscheduled, ...scheduled]) {
      const key = keys.scheduled(each.lane, each.name);
      const entry = await this.kv.get<Stored<StoredScheduled>>(key);
      const known = fromStored(entry);
      commit.check(entry);
      if (known) commit.delete(key).delete(keys.due({ ...each, dueMs: known.job.dueMs }));
    }
    for (const { lane, name, task, dueMs } of scheduled) {
      const order = { arrival, n: 0 };
      const waiting: Job = { lane, order, task, acceptedMs: now(), dueMs, attempts: 0 };
      const { value: job } = await storeJob(waiting, seal);
      commit.set(keys.scheduled(lane, name), toStored<StoredScheduled>({ job, arrival }));
      commit.set(keys.due({ lane, name, dueMs }), toStored(now()));
    }
    return scheduled.map(({ lane, dueMs }) => ({ lane, dueMs }));
  }

  /** Those whose time comes first, in the order of their times. */
  async first(most: number): Promise<DueName[]> {
    const prefix = this.options.keys.allOf("due");
    return (await Array.fromAsync(this.kv.list({ prefix }, { limit: most })))
      .map(({ key }) => dueNameOf(key));
  }

  /**
   * Has one whose time has come lie at its lane's end instead; nothing, if it has gone there, or is
   * moot, by now.
   */
  async goOff(commit: Deno.AtomicOperation, due: DueName): Promise<Touched[]> {
    const { keys, lanes, seal } = this.options;
    const key = keys.scheduled(due.lane, due.name);
    const entry = await this.kv.get<Stored<StoredScheduled>>(key);
    const known = fromStored(entry);
    commit.check(entry).delete(keys.due(due));
    if (known?.job.dueMs !== due.dueMs) return [];
    commit.delete(key);
    const { job, arrival } = known;
    const isUnreadable = job.sealed !== undefined &&
      "isUnreadable" in await opened(job.sealed, seal);
    return await lanes.append(
      commit,
      [{
        lane: due.lane,
        task: await loadTask(job, seal),
        stored: job,
        ...(isUnreadable ? { isUnreadable } : {}),
      }],
      arrival,
    );
  }
}

function dueNameOf(key: Deno.KvKey): DueName {
  const [, , dueMs, deskId, customerId, direction, name] = key;
  return {
    lane: { deskId, customerId, direction } as Lane,
    name: name as string,
    dueMs: dueMs as number,
  };
}
