/**
 * Puts a change into a commit: which keys it sets, which jobs it adds where. It commits nothing
 * itself.
 */
import type { Change } from "../jobs/change.ts";
import type { Job } from "../jobs/job.ts";
import { laneName } from "../conversation/lane.ts";
import { writeConversations } from "./conversation_change.ts";
import { writeCounts } from "./count_change.ts";
import { writeDesk } from "./desk_change.ts";
import { writeErasures } from "./erasure_change.ts";
import type { FailedRecords } from "./failed_records.ts";
import type { Keys } from "./keys.ts";
import type { LaneEnds } from "./lane_ends.ts";
import type { LaneWriter, Touched } from "./lane_writer.ts";
import type { Lifetimes } from "./lifetimes.ts";
import { writeMarks } from "./mark_change.ts";
import type { ScheduleRecords } from "./schedule_records.ts";
import type { Seal } from "./seal.ts";

/** Writes changes of one bot. */
export class ChangeWriter {
  constructor(
    private readonly kv: Deno.Kv,
    private readonly options: {
      keys: Keys;
      lanes: LaneWriter;
      schedule: ScheduleRecords;
      failed: FailedRecords;
      seal: Seal;
      lifetimes: Lifetimes;
      now: () => number;
    },
  ) {}

  /**
   * Adds a change to a commit: its records, its tasks at the ends of their lanes, and the leases
   * of those lanes that are free.
   */
  async write(
    commit: Deno.AtomicOperation,
    deskId: number,
    change: Change,
    arrival: number,
    ends?: LaneEnds,
  ): Promise<Touched[]> {
    const options = { kv: this.kv, ...this.options };
    writeConversations(commit, deskId, change, options);
    await writeErasures(commit, deskId, change, options);
    await writeDesk(commit, deskId, change, options);
    await writeCounts(commit, deskId, change, arrival, options);
    writeMarks(commit, deskId, change, options);
    await this.#keepFailed(commit, change, arrival);
    for (const { deskId, change: there } of change.elsewhere ?? []) {
      await this.write(commit, deskId, there, arrival);
    }
    const waiting = await this.options.schedule.write(commit, change, arrival);
    return [...await this.#writeLanes(commit, change, arrival, ends), ...waiting];
  }

  /** What was given up before it became a job. */
  async #keepFailed(
    commit: Deno.AtomicOperation,
    change: Change,
    arrival: number,
  ): Promise<void> {
    const { failed, now } = this.options;
    for (const [n, { lane, task, reason }] of (change.failed ?? []).entries()) {
      const order = { arrival, n };
      const nowMs = now();
      const job: Job = { lane, order, task, acceptedMs: nowMs, dueMs: nowMs, attempts: 0 };
      await failed.add(commit, { ...job, lastError: reason });
    }
  }

  /** What is owed: jobs that go on otherwise, new ones, and those that wait no longer. */
  async #writeLanes(
    commit: Deno.AtomicOperation,
    change: Change,
    arrival: number,
    ends?: LaneEnds,
  ): Promise<Touched[]> {
    const { lanes } = this.options;
    for (const job of change.rewrites ?? []) await lanes.rewrite(commit, job);
    const touched = await lanes.append(commit, change.tasks ?? [], arrival, ends);
    for (const { lane } of change.rewrites ?? []) touched.push({ lane });
    for (const wake of change.wake ?? []) {
      await lanes.wake(commit, wake);
      const added = touched.find((each) => laneName(each.lane) === laneName(wake.lane));
      if (added) added.because = wake.because;
      else touched.push(wake);
    }
    return touched;
  }
}
