/**
 * The settling of one job, over as many commits as it takes: what each is to hold, and what it means
 * if one is refused. It commits nothing itself: the store does, and asks.
 */
import type { Change } from "../jobs/change.ts";
import type { Job } from "../jobs/job.ts";
import type { Task } from "../jobs/task.ts";
import { messageOf } from "../jobs/task_traits.ts";
import type { ChangeWriter } from "./change_writer.ts";
import type { FailedRecords } from "./failed_records.ts";
import type { Held } from "./held_job.ts";
import type { Keys } from "./keys.ts";
import type { LaneLeases } from "./lane_leases.ts";
import { committed, type LaneWriter, type Touched } from "./lane_writer.ts";
import type { LeaseRecord } from "./lease.ts";
import { fromStored, type Stored } from "./records.ts";
import type { Settled, Settlement } from "./settlement.ts";
import type { StoredJob } from "./stored_job.ts";

/** What a commit that settles a job brings about, once it is made. */
interface Effect {
  touched: Touched[];
  /** The lease as it goes on; absent: it was lost, or is given back. */
  renewed: LeaseRecord | undefined;
}

/** Settles one job. */
export class Settling {
  /** The job as it lies: what a commit has to find. */
  #versionstamp: string;
  #isLeaseOurs = true;

  constructor(
    private readonly kv: Deno.Kv,
    private readonly held: Held,
    private readonly settlement: Settlement,
    private readonly options: {
      keys: Keys;
      leases: LaneLeases;
      lanes: LaneWriter;
      failed: FailedRecords;
      changes: ChangeWriter;
    },
  ) {
    this.#versionstamp = held.versionstamp;
  }

  /** Puts into a commit what becomes of the job, what was decided on, and the lease. */
  async write(commit: Deno.AtomicOperation, change: Change): Promise<Effect> {
    const { job, lease } = this.held;
    const { job: goesOn, failed, release, watched } = this.settlement;
    const { keys, leases, lanes, changes } = this.options;
    const key = keys.job(job.lane, job.order);
    commit.check({ key, versionstamp: this.#versionstamp });
    if (goesOn) await lanes.rewrite(commit, goesOn);
    else commit.delete(key);
    if (change.instead) await lanes.replace(commit, job, change.instead);
    if (failed) await this.options.failed.add(commit, failed);
    const keepsLease = this.#isLeaseOurs && !release;
    const renewed = keepsLease ? leases.renew(commit, job.lane, lease) : undefined;
    if (this.#isLeaseOurs && release) leases.giveBack(commit, job.lane, lease);
    const { lane: { deskId }, order: { arrival } } = job;
    const touched = await changes.write(commit, deskId, change, arrival, lanes.ends(job.lane));
    watched?.checkIn(commit);
    return { touched, renewed };
  }

  /** How it went, if the commit was made. */
  settled({ touched, renewed }: Effect, versionstamp: string): Settled {
    return {
      isCommitted: true,
      touched: committed(touched, versionstamp),
      ...(renewed ? { lease: { ...renewed, versionstamp } } : {}),
    };
  }

  /** How it went, if the commit was refused; `undefined`: another is to be tried. */
  async refused(change: Change): Promise<Settled | undefined> {
    const { job, lease } = this.held;
    const [jobNow, leaseNow] = await Promise.all([
      this.kv.get<Stored<StoredJob>>(this.options.keys.job(job.lane, job.order)),
      this.kv.get(this.options.keys.lease(job.lane)),
    ]);
    this.#isLeaseOurs = leaseNow.versionstamp === lease.versionstamp;
    const isRewritten = jobNow.versionstamp !== this.#versionstamp;
    // What is not done is left to whoever has the lease now: it may be sending it.
    const isDone = this.settlement.job === undefined && change.instead === undefined;
    if (isRewritten && isDone && isMessageWhole(job, fromStored(jobNow)?.task)) {
      // It was edited while its call was under way. What was sent is sent all the same.
      this.#versionstamp = jobNow.versionstamp!;
      return undefined;
    }
    const isOurs = this.#isLeaseOurs || isDone;
    if (!isRewritten && !this.settlement.watched && isOurs) return undefined;
    return { isCommitted: false, touched: [], ...(this.#isLeaseOurs ? { lease } : {}) };
  }
}

/**
 * Whether a job that is done has sent whole the message that the job in its place is for. An edit has
 * not: a newer one that took its place is still owed, and so is what somebody else who has sent the
 * message has put there.
 */
function isMessageWhole({ task }: Job, now: StoredJob["task"] | undefined): boolean {
  const isMessage = task.kind === "relay" || task.kind === "album";
  return isMessage && now?.kind === task.kind && messageOf(now as Task) === messageOf(task);
}
