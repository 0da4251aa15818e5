/** A job in hand: read under its lane's lease, and not settled yet. */
import type { Job } from "../jobs/job.ts";
import { mayBeMoot } from "../jobs/task_traits.ts";
import type { Lease } from "./lease.ts";
import type { NextJob } from "./stored_job.ts";

/** A job as it was read: whoever settles it proves that nobody else has. */
export interface Held {
  job: Job;
  versionstamp: string;
  lease: Lease;
}

/**
 * The next job of a lane, to be worked by `owner` under its lease. It is unsure if another instance
 * may have begun it and died: if the lane was taken from one, or the job was last written by one.
 */
export function heldBy(owner: string, { job, versionstamp }: NextJob, lease: Lease): Held {
  const isOthers = lease.isInherited === true || job.writtenBy !== owner;
  const isUnsure = mayBeMoot(job.task) && isOthers;
  return { job: isUnsure ? { ...job, isUnsure } : job, versionstamp, lease };
}
