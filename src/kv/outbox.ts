/**
 * The outbox works the lanes: one job after another in each, lanes side by side. What it owes lies
 * in the database; this is only the hands.
 */
import pLimit from "p-limit";
import type { Reader } from "../change.ts";
import {
  backoffMs,
  type Cause,
  isMessage,
  type Job,
  type Lane,
  laneName,
  type Outcome,
  PATIENCE_MS,
} from "../job.ts";
import type { Log } from "../log.ts";
import { onGivenUp } from "../relay.ts";
import type { Alarm } from "./alarm.ts";
import type { RecordReader } from "./reader.ts";
import type { Held, Lease, Settlement, Store, Touched } from "./store.ts";

/** Works one job: reads what it needs, acts, and says how it ended. It throws only for our own bugs. */
export type Work = (job: Job, read: Reader) => Promise<Outcome>;

/** A job is only begun under a lease that outlasts a call to Telegram (30 s) and its settling. */
const LEASE_MARGIN_MS = 35_000;

/** How many jobs are worked at once. Lanes queue for their turn anew after each job. */
const MAX_AT_ONCE = 32;

/** A lane this instance is draining, and what came meanwhile. */
interface Draining {
  again: boolean;
  /** Taken by the commit that added to the lane. */
  lease?: Lease;
  because: Set<Cause>;
}

type Next = NonNullable<Awaited<ReturnType<Store["next"]>>>;

/** Drains lanes in the background; every promise it starts is awaited by `settled`. */
export class Outbox {
  readonly #draining = new Map<string, Draining>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #turn = pLimit(MAX_AT_ONCE);
  #isClosing = false;

  constructor(
    private readonly options: {
      store: Store;
      work: Work;
      alarm: Alarm;
      now: () => number;
      random: () => number;
      log: Log;
    },
  ) {
    options.alarm.listen((lane) => this.drain({ lane }));
  }

  /** Begins to work a lane, in the background, unless another instance does. */
  drain({ lane, lease, because }: Touched): void {
    if (this.#isClosing) {
      if (lease) this.#track(this.options.store.release(lane, lease));
      return;
    }
    const name = laneName(lane);
    const running = this.#draining.get(name);
    const state = running ?? { again: false, because: new Set() };
    if (because) state.because.add(because);
    if (lease) state.lease = lease;
    if (running) {
      running.again = true;
      return;
    }
    this.#draining.set(name, state);
    this.#track(this.#drainLane(lane, state));
  }

  /** Begins to work every lane whose next job is due, and sets the alarm for the others. */
  async sweep(): Promise<void> {
    for await (const job of this.options.store.firstJobs()) {
      if (this.#isClosing) return;
      if (job.dueMs <= this.options.now() || job.waitsFor) this.drain({ lane: job.lane });
      else await this.options.alarm.set(job.lane, job.dueMs);
    }
  }

  /** Resolves when nothing is being worked. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Begins no more jobs, and resolves when those under way are settled. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.options.alarm.close();
    await this.settled();
  }

  #track(work: Promise<void>): void {
    const tracked: Promise<void> = work
      .catch((error) => this.options.log.error("lane failed", { error }))
      .finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }

  async #drainLane(lane: Lane, state: Draining): Promise<void> {
    const { store } = this.options;
    try {
      let hasMore: boolean;
      do {
        state.again = false;
        const lease = state.lease ?? await store.claim(lane);
        delete state.lease;
        if (lease) await this.#workLane(lane, lease, state);
        // Without the lease another instance works it, and looks once more after it has let go.
        hasMore = lease !== null && await this.#isDueNow(lane);
      } while (!this.#isClosing && (hasMore || state.again));
    } finally {
      // In the same turn as the last look: whatever comes later begins anew.
      this.#draining.delete(laneName(lane));
    }
    if (state.lease) await store.release(lane, state.lease);
  }

  async #isDueNow(lane: Lane): Promise<boolean> {
    const next = await this.options.store.next(lane);
    return next !== null && this.#isDue(next);
  }

  #isDue({ job, followedBy }: Next, because?: Set<Cause>): boolean {
    const hasCome = job.waitsFor !== undefined && because?.has(job.waitsFor) === true;
    // The next message of the same writer ends an album.
    const isEnded = job.task.kind === "album" && !job.task.isClosed &&
      followedBy !== undefined && isMessage(followedBy);
    return hasCome || isEnded || job.dueMs <= this.options.now();
  }

  /** Works a lane's jobs in order until none is due, the lease is lost, or we are to stop. */
  async #workLane(lane: Lane, given: Lease, state: Draining): Promise<void> {
    const { store, alarm } = this.options;
    let lease: Lease | undefined = given;
    while (lease) {
      const next = await store.next(lane);
      if (!next || !this.#isDue(next, state.because) || this.#isClosing) {
        await store.release(lane, lease);
        if (next && !this.#isClosing) await alarm.set(lane, next.job.dueMs);
        return;
      }
      const held: Held = { ...next, lease };
      const isFollowed = next.followedBy !== undefined;
      lease = await this.#turn(() => this.#workJob(held, isFollowed, state));
    }
  }

  /** Works one job and settles it; the lease that goes on, unless it was released or lost. */
  async #workJob(held: Held, isFollowed: boolean, state: Draining): Promise<Lease | undefined> {
    const { store, work, alarm, now, log } = this.options;
    const { job } = held;
    if (this.#isClosing) {
      await store.release(job.lane, held.lease);
      return undefined;
    }
    if (held.lease.untilMs - now() < LEASE_MARGIN_MS) {
      const renewed = await store.claim(job.lane);
      if (!renewed) return undefined;
      held = { ...held, lease: renewed };
    }
    state.because.clear();
    const read = store.reader(job.lane.deskId);
    const outcome = await work(job, read).catch((error): Outcome => {
      log.error("job failed by our own fault", { ...factsOf(job), error });
      return { kind: "retry", error: String(error) };
    });
    const settlement = this.#settlementOf(job, outcome, read);
    const isLeft = settlement.job !== undefined && outcome.kind !== "go on";
    const goesOn = !isLeft && (isFollowed || state.again || settlement.job !== undefined);
    const settled = await store.settle(held, { ...settlement, release: !goesOn });
    if (!settled.isCommitted) {
      log.debug("job was settled or woken meanwhile", factsOf(job));
    } else if (settlement.job && isLeft) {
      await alarm.set(job.lane, settlement.job.dueMs);
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
        const { waitsFor: _before, ...rest } = job;
        const { untilMs: dueMs, waitsFor, decide } = outcome;
        return {
          job: { ...rest, dueMs, ...(waitsFor ? { waitsFor } : {}) },
          // What it waits for may have come since it looked: then it must look again.
          ...(waitsFor ? { watched: read } : {}),
          ...(decide ? { decide } : {}),
        };
      }
      case "go on":
        return { job: { ...job, task: outcome.task, dueMs: now() } };
      case "retry": {
        const failed = { ...job, attempts: job.attempts + 1, lastError: outcome.error };
        log.warn("job failed", { ...factsOf(failed), reason: outcome.error });
        if (now() - job.acceptedMs >= PATIENCE_MS) {
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
