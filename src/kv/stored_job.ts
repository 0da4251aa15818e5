/** A job as it lies in the database: its lane and order in the key, its private part sealed. */
import type { Job, Order } from "../jobs/job.ts";
import type { NoticeTask } from "../jobs/notice_task.ts";
import type { Task } from "../jobs/task.ts";
import { laneOfJobKey } from "./keys.ts";
import { fromStored, type Stored, toStored } from "./records.ts";
import { opened, type Seal } from "./seal.ts";

/** What is kept of a job besides its key. */
export type StoredJob = Omit<Job, "lane" | "order" | "task"> & {
  task: Omit<Task, "private">;
  sealed?: Uint8Array;
};

/** The next job of a lane as it lies. */
export interface NextJob {
  job: Job;
  versionstamp: string;
  /** What kind of task is behind it, if any. */
  followedBy?: Task["kind"];
}

/** Gives a job the form in which it is written. */
export async function storeJob(job: Job, seal: Seal): Promise<Stored<StoredJob>> {
  const { lane: _lane, order: _order, isUnreadable: _isUnreadable, task, ...rest } = job;
  const { open, secret } = parted(task);
  return toStored({
    ...rest,
    task: open as StoredJob["task"],
    ...(secret === undefined ? {} : { sealed: await seal.close(secret) }),
  });
}

/** What of a task lies open, and what is to be sealed; of some notices what they say, too. */
function parted(task: Task): { open: object; secret: unknown } {
  const { private: own, ...open } = task as Task & { private?: object };
  if (task.kind !== "notice" || !task.isSealed) return { open, secret: own };
  const { notice, ...rest } = open as typeof task;
  return { open: rest, secret: { private: own, notice } };
}

/** What was sealed of a task, in its place. */
function sealedPart(open: StoredJob["task"], secret: unknown): object {
  const isWhole = open.kind === "notice" && (open as NoticeTask).isSealed;
  return isWhole ? secret as object : { private: secret };
}

/**
 * Takes a job out of its form; `null` if there is none. What was sealed under another token cannot
 * be opened any more: then the job comes without its private part, and says so.
 */
export async function loadJob(
  entry: Deno.KvEntryMaybe<Stored<StoredJob>>,
  seal: Seal,
): Promise<Job | null> {
  const stored = fromStored(entry);
  if (!stored) return null;
  const { sealed, ...rest } = stored;
  const secret = sealed ? await opened(sealed, seal) : {};
  return {
    ...rest,
    ...("isUnreadable" in secret ? { isUnreadable: true } : {}),
    lane: laneOfJobKey(entry.key),
    order: orderOfJobKey(entry.key),
    task: {
      ...rest.task,
      ...("value" in secret ? sealedPart(rest.task, secret.value) : {}),
    } as Task,
  };
}

/** The task of a job that lies; without its private part if that was sealed under another token. */
export async function loadTask({ task, sealed }: StoredJob, seal: Seal): Promise<Task> {
  const secret = sealed ? await opened(sealed, seal) : {};
  return { ...task, ...("value" in secret ? sealedPart(task, secret.value) : {}) } as Task;
}

/** The order in a job's key. */
export function orderOfJobKey(key: Deno.KvKey): Order {
  const [arrival, n] = key.slice(-2);
  return { arrival: arrival as number, n: n as number };
}
