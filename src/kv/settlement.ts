/** What becomes of a job that was worked: how its outcome is written, and how the writing went. */
import { onGivenUp } from "../decisions/given_up.ts";
import { backoffMs, FAILING_PATIENCE_MS, longerFailing, MAX_FAULTS } from "../jobs/backoff.ts";
import type { Job } from "../jobs/job.ts";
import type { Outcome } from "../jobs/outcome.ts";
import type { Decision } from "../jobs/reader.ts";
import { laneName } from "../conversation/lane.ts";
import type { Log } from "../log.ts";
import { excerpt } from "../words/excerpt.ts";
import { defined } from "../values/defined.ts";
import type { Touched } from "./lane_writer.ts";
import type { Lease } from "./lease.ts";
import type { RecordReader } from "./reader.ts";

/** As much of an error is kept with a job: what fitted into the database still fits with it. */
const LONGEST_ERROR = 300;

/** What a settled job leaves behind. */
export interface Settlement {
  /** The job as it goes on; absent: it is done and deleted. */
  job?: Job;
  /** Kept for the operator as given up. */
  failed?: Job;
  decide?: Decision;
  /** Entries that must not have changed since they were read. */
  watched?: RecordReader;
  /** Whether the lane is left to whoever comes next. */
  release: boolean;
}

/** How a settlement went: with the lease that goes on, unless it was released or lost. */
export interface Settled {
  /** `false`: somebody else settled the job, or what was watched has changed. */
  isCommitted: boolean;
  lease?: Lease;
  touched: Touched[];
}

/** How a job is settled that ended so. What went wrong is logged. */
export function settlementOf(
  job: Job,
  outcome: Outcome,
  { read, now, random, log }: {
    /** What the job was worked with. */
    read: RecordReader;
    now: () => number;
    random: () => number;
    log: Log;
  },
): Omit<Settlement, "release"> {
  switch (outcome.kind) {
    case "sent":
      return outcome.decide ? { decide: outcome.decide } : {};
    case "wait": {
      const { waitsFor: _before, failingSinceMs, failedForMs, ...rest } = job;
      const { untilMs: dueMs, waitsFor, decide, task = job.task } = outcome;
      // What waits for something to come about is not failing meanwhile.
      const state = waitsFor ? { waitsFor } : defined({ failingSinceMs, failedForMs });
      return {
        job: { ...rest, task, dueMs, decidedMs: now(), ...state },
        // What it waits for may have come since it looked: then it must look again.
        ...defined({ watched: waitsFor && read, decide }),
      };
    }
    case "go on": {
      const { task, wentAstray = job.wentAstray, decide } = outcome;
      const next = { ...job, task, dueMs: now(), decidedMs: now(), ...defined({ wentAstray }) };
      return { job: next, ...defined({ decide }) };
    }
    case "retry": {
      const { error, task = job.task } = outcome;
      const failed = afterFailure({ ...job, task }, error, now());
      log.warn("job failed", { ...logFactsOf(failed), reason: outcome.error });
      if (failed.failedForMs >= FAILING_PATIENCE_MS) {
        return { failed, decide: () => onGivenUp(job, { because: "time" }) };
      }
      const dueMs = now() + backoffMs(failed.attempts, random());
      return { job: { ...failed, dueMs, decidedMs: now() } };
    }
    case "fault": {
      const faults = (job.faults ?? 0) + 1;
      const lastError = excerpt(outcome.error, LONGEST_ERROR);
      const failed = { ...job, faults, lastError };
      if (faults >= MAX_FAULTS) {
        log.error("job put aside by our own fault", { ...logFactsOf(job), reason: lastError });
        return { failed, decide: () => onGivenUp(job, { because: "fault" }) };
      }
      const dueMs = now() + backoffMs(faults, random());
      return { job: { ...failed, dueMs, decidedMs: now() } };
    }
    case "drop":
      log.error("job given up", { ...logFactsOf(job), reason: outcome.reason });
      return {
        failed: { ...job, lastError: excerpt(outcome.reason, LONGEST_ERROR) },
        ...defined({ decide: outcome.decide }),
      };
  }
}

/**
 * How a job is put aside whose settlement our own program fails at: visibly, and without what could
 * not be written. Whoever waits for a job that was not done is told.
 */
export function putAside(
  job: Job,
  { release, job: goesOn }: Settlement,
  error: unknown,
): Settlement[] {
  const failed = { ...job, lastError: excerpt(String(error), LONGEST_ERROR) };
  const decide = () => onGivenUp(job, { because: "fault" });
  const told = goesOn ? [{ failed, release, decide }] : [];
  // If nothing else can be written, the lane at least goes on.
  return [...told, { failed, release }, { release }];
}

/** A job that has failed once more. */
function afterFailure(job: Job, error: string, nowMs: number): Job & { failedForMs: number } {
  const { failedForMs, failingSinceMs = nowMs, decidedMs = nowMs } = job;
  return {
    ...job,
    attempts: job.attempts + 1,
    failingSinceMs,
    failedForMs: failedForMs === undefined ? 0 : longerFailing(failedForMs, nowMs - decidedMs),
    lastError: excerpt(error, LONGEST_ERROR),
  };
}

/** What is said of a job in the log. */
export function logFactsOf(job: Job) {
  return { lane: laneName(job.lane), task: job.task.kind, attempts: job.attempts };
}
