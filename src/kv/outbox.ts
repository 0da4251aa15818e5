/**
 * The outbox works the lanes: one job after another in each, lanes side by side. What it owes lies
 * in the database; this is only the hands.
 */
import pLimit from "p-limit";
import type { Background } from "../jobs/background.ts";
import type { Reader } from "../jobs/reader.ts";
import { type Cause, type Job } from "../jobs/job.ts";
import { backoffMs, PATIENCE_MS } from "../jobs/backoff.ts";
import { type Lane, laneName } from "../conversation/lane.ts";
import type { Outcome } from "../jobs/outcome.ts";
import type { Log } from "../log.ts";
import { onGivenUp } from "../decisions/given_up.ts";
import { isMessage } from "../jobs/task.ts";
import type { Alarm } from "./alarm.ts";
import type { Touched } from "./change_writer.ts";
import type { Lease } from "./lease.ts";
import type { RecordReader } from "./reader.ts";
import type { Held, Settlement, Store } from "./store.ts";
import type { NextJob } from "./stored_job.ts";

/**
 * Works one job: reads what it needs, acts, and says how it ended. Before each call to Telegram it
 * asks whether there is time for it. It throws only for our own bugs.
 */
export type Work = (job: Job, read: Reader, hasTime: () => boolean) => Promise<Outcome>;

/** A call to Telegram (30 s) is only begun under a lease that outlasts it and the settling. */
const LEASE_MARGIN_MS = 35_000;

/** How long to wait before a database that failed is tried again. */
const DATABASE_PAUSE_MS = 1000;

/**
 * How many jobs are worked at once: enough for the 30 calls a second Telegram allows, few enough to
 * leave the database to what comes in. Lanes queue for their turn anew after each job.
 */
const MAX_AT_ONCE = 16;

/** How often a commit is tried at once against a database that fails. */
const MAX_TRIES = 3;

/** A job that was worked, and how that is to be written. */
type Unsettled = Held & { settlement: Settlement };

/** A lane this instance is draining, and what came meanwhile. */
interface Draining {
  again: boolean;
  /** Taken by the commit that added to the lane. */
  lease?: Lease;
  /** The lane's next job, as long as nobody else can have worked it. */
  next?: NextJob;
  because: Set<Cause>;
}

/** Decides when a job that is due may go, by the pace Telegram allows. */
export interface Gate {
  /** Now or earlier, or the time to ask again. */
  admit(next: NextJob): number;
  /** The lane's next job is about to be worked: now or earlier, or the time to come again. */
  pass(lane: Lane): number;
  /** The lane's job turned out to have nothing to send yet. */
  turnedBack(lane: Lane): void;
  /** A lane that may not go yet has a crowd of jobs. */
  crowded(lane: Lane): void;
}

/** A lane this long is a crowd. */
export const CROWD = 100;

/** Drains lanes in the background. */
export class Outbox {
  readonly #draining = new Map<string, Draining>();
  /** When the alarm is set to ring for a lane. */
  readonly #bells = new Map<string, number>();
  /** By lane, what is done but could not be written yet: it must not be done again. */
  readonly #unsettled = new Map<string, Unsettled>();
  readonly #turn = pLimit(MAX_AT_ONCE);
  #isClosing = false;

  constructor(
    private readonly options: {
      store: Store;
      work: Work;
      alarm: Alarm;
      gate: Gate;
      background: Background;
      now: () => number;
      random: () => number;
      log: Log;
    },
  ) {
    options.alarm.listen((lane) => {
      this.#bells.delete(laneName(lane));
      this.drain({ lane });
    });
  }

  /** Begins to work a lane, in the background, unless another instance does. */
  drain({ lane, taken, because }: Touched): void {
    if (this.#isClosing) {
      if (taken) this.#track(this.options.store.release(lane, taken.lease));
      return;
    }
    const name = laneName(lane);
    const running = this.#draining.get(name);
    const state = running ?? { again: false, because: new Set() };
    if (because) state.because.add(because);
    if (taken) state.lease = taken.lease;
    if (running) {
      running.again = true;
      return;
    }
    if (taken) state.next = taken.next;
    this.#draining.set(name, state);
    this.#track(this.#drainLane(lane, state));
  }

  /**
   * Begins to work every lane whose next job is due, or was waiting for this cause, and sets the
   * alarm for the others.
   */
  async sweep(because?: Cause): Promise<void> {
    for await (const { lane, dueMs, waitsFor } of this.options.store.firstJobs()) {
      if (this.#isClosing) return;
      const isDue = dueMs <= this.options.now();
      if (isDue || waitsFor) this.drain({ lane, ...(because ? { because } : {}) });
      else await this.#ring(lane, dueMs);
    }
  }

  /** Begins no more jobs, and resolves when those under way are settled. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.options.alarm.close();
    await this.options.background.settled();
    for (const held of [...this.#unsettled.values()]) await this.#settleAtLast(held);
  }

  /** What was done but not written would be done again by whoever comes next: the last chance. */
  async #settleAtLast({ settlement, ...held }: Unsettled): Promise<void> {
    try {
      await this.#insist(() => this.options.store.settle(held, { ...settlement, release: true }));
    } catch (error) {
      this.options.log.error("lane failed", { error });
    }
  }

  /** Tries a commit several times: a database that is locked or away for a moment comes back. */
  async #insist<T>(commit: () => Promise<T>): Promise<T> {
    for (let tries = 1;; tries++) {
      try {
        return await commit();
      } catch (error) {
        if (tries === MAX_TRIES) throw error;
        this.options.log.warn("commit failed", { error });
      }
    }
  }

  #track(work: Promise<void>): void {
    const { background, log } = this.options;
    background.track(work.catch((error) => log.error("lane failed", { error })));
  }

  async #drainLane(lane: Lane, state: Draining): Promise<void> {
    try {
      let hasMore: boolean;
      do {
        state.again = false;
        const lease = state.lease ?? await this.#claim(lane, state);
        delete state.lease;
        if (lease) await this.#workLane(lane, lease, state);
        // Without the lease another instance works it, and looks once more after it has let go.
        hasMore = lease !== null && await this.#isReady(lane);
      } while (!this.#isClosing && (hasMore || state.again));
    } catch (error) {
      if (!this.#isClosing) await this.#ring(lane, this.options.now() + DATABASE_PAUSE_MS);
      throw error;
    } finally {
      // In the same turn as the last look: whatever comes later begins anew.
      this.#draining.delete(laneName(lane));
    }
    if (state.lease) await this.options.store.release(lane, state.lease);
  }

  /** Takes the lease if there is something to do now; else sees to it that the lane is woken. */
  async #claim(lane: Lane, state: Draining): Promise<Lease | null> {
    if (!await this.#isReady(lane, state.because)) return null;
    const lease = await this.options.store.claim(lane);
    if (typeof lease !== "number") return lease;
    // Its holder may have died.
    await this.#ring(lane, lease);
    return null;
  }

  /** Whether the lane's next job may go now. If it may go later, the alarm is set. */
  async #isReady(lane: Lane, because?: Set<Cause>): Promise<boolean> {
    const next = await this.options.store.next(lane);
    if (!next || this.#isClosing) return false;
    const readyMs = this.#readyMs(next, because);
    if (readyMs <= this.options.now()) return true;
    await this.#ring(lane, readyMs);
    return false;
  }

  /** When a job may be worked: when it is due, and Telegram's limits allow. */
  #readyMs(next: NextJob, because?: Set<Cause>): number {
    const { job, followedBy } = next;
    const hasCome = job.waitsFor !== undefined && because?.has(job.waitsFor) === true;
    // The next message of the same writer ends an album.
    const isEnded = job.task.kind === "album" && !job.task.isClosed &&
      followedBy !== undefined && isMessage(followedBy);
    const isDue = hasCome || isEnded || job.dueMs <= this.options.now();
    return isDue ? this.options.gate.admit(next) : job.dueMs;
  }

  async #ring(lane: Lane, atMs: number): Promise<void> {
    const name = laneName(lane);
    const setMs = this.#bells.get(name);
    if (setMs !== undefined && setMs > this.options.now() && setMs <= atMs) return;
    this.#bells.set(name, atMs);
    await this.options.alarm.set(lane, atMs);
  }

  /** Works a lane's jobs in order until none may go, the lease is lost, or we are to stop. */
  async #workLane(lane: Lane, given: Lease, state: Draining): Promise<void> {
    const { store, now } = this.options;
    let lease: Lease | undefined = given;
    while (lease) {
      const next: NextJob | null = state.next ?? await store.next(lane);
      delete state.next;
      const readyMs = next ? this.#readyMs(next, state.because) : Infinity;
      if (!next || readyMs > now() || this.#isClosing) {
        await store.release(lane, lease);
        if (next && !this.#isClosing) {
          await this.#ring(lane, readyMs);
          await this.#watchCrowd(next);
        }
        return;
      }
      const held: Held = { ...next, lease };
      const isFollowed = next.followedBy !== undefined;
      lease = await this.#turn(() => this.#workJob(held, isFollowed, state));
    }
  }

  async #watchCrowd({ job: { lane }, followedBy }: NextJob): Promise<void> {
    if (followedBy === undefined) return;
    const { store, gate } = this.options;
    if (await store.length(lane, CROWD) >= CROWD) gate.crowded(lane);
  }

  /** Works one job and settles it; the lease that goes on, unless it was released or lost. */
  async #workJob(held: Held, isFollowed: boolean, state: Draining): Promise<Lease | undefined> {
    const { store, work, gate, now, log } = this.options;
    const { job } = held;
    if (this.#isClosing) {
      await store.release(job.lane, held.lease);
      return undefined;
    }
    if (held.lease.untilMs - now() < LEASE_MARGIN_MS) {
      const renewed = await store.claim(job.lane);
      if (typeof renewed === "number") return undefined;
      held = { ...held, lease: renewed };
    }
    const left = this.#unsettled.get(laneName(job.lane));
    const isDone = left?.versionstamp === held.versionstamp &&
      left.job.order.arrival === job.order.arrival && left.job.order.n === job.order.n;
    if (isDone) return await this.#settle(held, left.settlement);
    const passMs = gate.pass(job.lane);
    if (passMs > now()) {
      await store.release(job.lane, held.lease);
      await this.#ring(job.lane, passMs);
      return undefined;
    }
    state.because.clear();
    const read = store.reader(job.lane.deskId);
    const hasTime = () => held.lease.untilMs - now() >= LEASE_MARGIN_MS;
    const outcome = await work(job, read, hasTime).catch((error): Outcome => {
      log.error("job failed by our own fault", { ...factsOf(job), error });
      return { kind: "retry", error: String(error) };
    });
    const isTurnedBack = outcome.kind === "wait" &&
      (outcome.waitsFor === "root" || outcome.waitsFor === "customer");
    if (isTurnedBack) gate.turnedBack(job.lane);
    const settlement = this.#settlementOf(job, outcome, read);
    const isLeft = settlement.job !== undefined && outcome.kind !== "go on";
    const goesOn = !isLeft && (isFollowed || state.again || settlement.job !== undefined);
    return await this.#settle(held, { ...settlement, release: !goesOn });
  }

  /** Writes how a job ended; the lease that goes on, unless it was released or lost. */
  async #settle(held: Held, settlement: Settlement): Promise<Lease | undefined> {
    const { store, log } = this.options;
    const { job } = held;
    this.#unsettled.set(laneName(job.lane), { ...held, settlement });
    const settled = await this.#insist(() => store.settle(held, settlement));
    this.#unsettled.delete(laneName(job.lane));
    if (!settled.isCommitted) {
      log.debug("job was settled or woken meanwhile", factsOf(job));
    } else if (settlement.job && settlement.release) {
      await this.#ring(job.lane, settlement.job.dueMs);
    }
    for (const touched of settled.touched) this.drain(touched);
    return settled.lease;
  }

  #settlementOf(job: Job, outcome: Outcome, read: RecordReader): Omit<Settlement, "release"> {
    const { now, random, log } = this.options;
    switch (outcome.kind) {
      case "sent":
        return outcome.decide ? { decide: outcome.decide } : {};
      case "wait": {
        const { waitsFor: _before, failingSinceMs, ...rest } = job;
        const { untilMs: dueMs, waitsFor, decide } = outcome;
        // What waits for something to come about is not failing meanwhile.
        const state = waitsFor
          ? { waitsFor }
          : failingSinceMs === undefined
          ? {}
          : { failingSinceMs };
        return {
          job: { ...rest, dueMs, ...state },
          // What it waits for may have come since it looked: then it must look again.
          ...(waitsFor ? { watched: read } : {}),
          ...(decide ? { decide } : {}),
        };
      }
      case "go on":
        return { job: { ...job, task: outcome.task, dueMs: now() } };
      case "retry": {
        const failingSinceMs = job.failingSinceMs ?? now();
        const attempts = job.attempts + 1;
        const failed = { ...job, attempts, failingSinceMs, lastError: outcome.error };
        log.warn("job failed", { ...factsOf(failed), reason: outcome.error });
        if (now() - failingSinceMs >= PATIENCE_MS) {
          return { failed, decide: () => onGivenUp(job, { because: "time" }) };
        }
        return { job: { ...failed, dueMs: now() + backoffMs(failed.attempts, random()) } };
      }
      case "drop":
        log.error("job given up", { ...factsOf(job), reason: outcome.reason });
        return {
          failed: { ...job, lastError: outcome.reason },
          ...(outcome.decide ? { decide: outcome.decide } : {}),
        };
    }
  }
}

function factsOf(job: Job) {
  return { lane: laneName(job.lane), task: job.task.kind, attempts: job.attempts };
}
