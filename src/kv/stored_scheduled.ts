/** A task that waits for its time, as it lies in the database: its lane and name in the key. */
import { type Lane, NO_DESK } from "../conversation/lane.ts";
import type { Job } from "../jobs/job.ts";
import type { Scheduled, ScheduledName } from "../jobs/scheduled.ts";
import { laneOfJobKey } from "./keys.ts";
import { fromStored, type Stored } from "./records.ts";
import { opened, type Seal } from "./seal.ts";
import { loadTask, type StoredJob } from "./stored_job.ts";

/** What is kept of a task that waits for its time. */
export interface StoredScheduled {
  job: StoredJob;
  /** The update that caused it: by it the job has its place in the lane. */
  arrival: number;
}

/** A task whose time comes, by its place in the order of times. */
export interface DueName extends ScheduledName {
  dueMs: number;
}

/** The alarm rings for this lane, in which nothing ever lies, when one of them is due. */
export const SCHEDULE_BELL: Lane = { deskId: NO_DESK, customerId: 0, direction: "to-desk" };

/** A task as it waits; `null` if none does under this name, or its words cannot be read any more. */
export async function loadScheduled(
  entry: Deno.KvEntryMaybe<Stored<StoredScheduled>>,
  seal: Seal,
): Promise<Scheduled | null> {
  const known = fromStored(entry);
  if (!known) return null;
  const { job } = known;
  if (job.sealed && "isUnreadable" in await opened(job.sealed, seal)) return null;
  const task = await loadTask(job, seal);
  return { lane: laneOfJobKey(entry.key), name: String(entry.key.at(-1)), task, dueMs: job.dueMs };
}

/** A task as it waits, as the job that it will be. */
export async function waitingJobOf(
  entry: Deno.KvEntry<Stored<StoredScheduled>>,
  seal: Seal,
): Promise<Job> {
  const { job: { sealed: _sealed, ...job }, arrival } = fromStored(entry)!;
  const task = await loadTask(fromStored(entry)!.job, seal);
  return { ...job, lane: laneOfJobKey(entry.key), order: { arrival, n: 0 }, task };
}

/** What waits, and beside which lane, without its private part. */
export function scheduledIn(
  { key, value }: { key: Deno.KvKey; value: unknown },
): Pick<Job, "lane" | "task"> {
  const { job: { task } } = (value as Stored<StoredScheduled>).value;
  return { lane: laneOfJobKey(key), task: task as Job["task"] };
}

/** What stands in the order of times for a record of a task that waits. */
export function dueOf({ key, value }: { key: Deno.KvKey; value: unknown }): DueName {
  const { job: { dueMs } } = (value as Stored<StoredScheduled>).value;
  return { lane: laneOfJobKey(key), name: String(key.at(-1)), dueMs };
}
