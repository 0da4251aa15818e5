/**
 * The outbox works the lanes: one job after another in each, lanes side by side. What it owes lies
 * in the database; this is only the hands.
 */
import type { Background } from "../jobs/background.ts";
import type { Reader } from "../jobs/reader.ts";
import { type Cause, dueAtMs, type Job } from "../jobs/job.ts";
import { type Lane, laneName } from "../conversation/lane.ts";
import type { Outcome } from "../jobs/outcome.ts";
import type { Log } from "../log.ts";
import { isSaid, TryAgain } from "../values/try_again.ts";
import { isMessage } from "../jobs/task_traits.ts";
import { defined } from "../values/defined.ts";
import type { SetTimer } from "../time/timer.ts";
import type { Alarm } from "./alarm.ts";
import { Bells } from "./bells.ts";
import { Crowds } from "./crowds.ts";
import type { Gate } from "./gate.ts";
import type { Held } from "./held_job.ts";
import type { Touched } from "./lane_writer.ts";
import { lastsForCall, lastsForJob, type Lease } from "./lease.ts";
import { logFactsOf, type Settlement, settlementOf } from "./settlement.ts";
import { Scheduler } from "./scheduler.ts";
import { Signs } from "./signs.ts";
import { SCHEDULE_BELL } from "./stored_scheduled.ts";
import type { Store } from "./store.ts";
import type { NextJob } from "./stored_job.ts";
import { WorkTurns } from "./work_turns.ts";
import { Unsettled } from "./unsettled.ts";

/**
 * Works one job: reads what it needs, acts, and says how it ended. Before each call to Telegram it
 * asks whether there is time for it. It throws only for our own bugs.
 */
export type WorkJob = (job: Job, read: Reader, hasTime: () => boolean) => Promise<Outcome>;

/** How long to wait before a database that failed is tried again. */
const DATABASE_PAUSE_MS = 1000;

/** A lane this instance is draining, and what came meanwhile. */
interface Draining {
  again: boolean;
  /** Taken by the commit that added to the lane. */
  lease?: Lease;
  /** The lane's next job, as long as nobody else can have worked it. */
  next?: NextJob;
  because: Set<Cause>;
  /** When its lease was last written, at the latest. */
  renewedMs: number;
}

/** Drains lanes in the background. */
export class Outbox {
  readonly #draining = new Map<string, Draining>();
  readonly #bells: Bells;
  readonly #scheduler: Scheduler;
  readonly #unsettled: Unsettled;
  readonly #signs: Signs;
  readonly #crowds: Crowds;
  readonly #turns = new WorkTurns();
  #isClosing = false;

  constructor(
    private readonly options: {
      store: Store;
      work: WorkJob;
      alarm: Alarm;
      gate: Gate;
      background: Background;
      setTimer: SetTimer;
      now: () => number;
      random: () => number;
      log: Log;
    },
  ) {
    this.#unsettled = new Unsettled(options);
    this.#signs = new Signs({
      ...options,
      give: () => options.store.giveSign(),
      oldestMs: () => this.#oldestMs(),
      later: (work) => this.#track(work),
    });
    this.#crowds = new Crowds({ ...options, lanes: options.store.lanes });
    this.#bells = new Bells({
      ...options,
      ring: (lane) => {
        if (laneName(lane) === laneName(SCHEDULE_BELL)) this.#track(this.#scheduler.sweep());
        else this.drain({ lane });
        this.#letIn();
      },
    });
    this.#scheduler = new Scheduler({
      ...options,
      bells: this.#bells,
      drain: (touched) => this.drain(touched),
    });
  }

  /**
   * Begins to work a lane, in the background, unless another instance does. What waits beside it goes
   * there in its time.
   */
  drain({ lane, taken, because, dueMs }: Touched): void {
    if (dueMs !== undefined) {
      if (!this.#isClosing) this.#track(this.#scheduler.expect(dueMs));
      return;
    }
    if (this.#isClosing) {
      if (taken) this.#track(this.options.store.release(lane, taken.lease));
      return;
    }
    const name = laneName(lane);
    const running = this.#draining.get(name);
    const renewedMs = this.options.now();
    const state = running ?? { again: false, because: new Set(), renewedMs };
    if (because) state.because.add(because);
    if (taken) state.lease = taken.lease;
    if (running) {
      running.again = true;
      return;
    }
    if (taken) state.next = taken.next;
    this.#draining.set(name, state);
    this.#signs.begin();
    this.#track(this.#drainLane(lane, state));
  }

  /**
   * Begins to work every lane whose next job is due, or was waiting for this cause, and sets the
   * alarm for the others. `isMeant`: of these lanes alone.
   */
  async sweep(because?: Cause, isMeant: (lane: Lane) => boolean = () => true): Promise<void> {
    const { store, gate, now } = this.options;
    await this.#scheduler.sweep();
    for await (const { lane, waitsFor, ...job } of store.lanes.firstJobs()) {
      if (this.#isClosing) return;
      if (!isMeant(lane) || gate.isInLine(lane)) continue;
      const dueMs = dueAtMs(job, now());
      if (dueMs <= now() || waitsFor) this.drain({ lane, ...defined({ because }) });
      else await this.#bells.set(lane, dueMs);
    }
    this.#letIn();
  }

  /** Begins the lanes whose turn has come, and has the next of those in line woken at its time. */
  #letIn(): void {
    if (this.#isClosing) return;
    const { gate } = this.options;
    for (const lane of gate.letIn()) this.drain({ lane });
    const next = gate.next();
    if (next) this.#track(this.#bells.setForLine(next.lane, next.atMs));
  }

  /** Begins no more jobs, and resolves when those under way are settled. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#bells.close();
    await this.options.background.settled();
    await this.#unsettled.settleAtLast();
  }

  #oldestMs(): number | null {
    const times = this.#draining.values().map(({ renewedMs }) => renewedMs).toArray();
    return times.length === 0 ? null : Math.min(...times);
  }

  #track(work: Promise<void>): void {
    const { background, log } = this.options;
    background.track(work.catch((error) => {
      // A database that fails says so itself, once; the lane is looked at again.
      if (isSaid(error)) log.debug("lane waits", { error });
      else log.error("lane failed by our own fault", { error });
    }));
  }

  async #drainLane(lane: Lane, state: Draining): Promise<void> {
    try {
      let hasMore: boolean;
      do {
        state.again = false;
        const lease = state.lease ?? await this.#claim(lane, state);
        delete state.lease;
        state.renewedMs = this.options.now();
        if (lease) await this.#workLane(lane, lease, state);
        // Without the lease another instance works it, and looks once more after it has let go.
        hasMore = lease !== null && await this.#isReady(lane);
      } while (!this.#isClosing && (hasMore || state.again));
    } catch (error) {
      if (!this.#isClosing) await this.#bells.set(lane, this.options.now() + DATABASE_PAUSE_MS);
      throw error;
    } finally {
      this.options.gate.left(lane);
      // In the same turn as the last look: whatever comes later begins anew.
      this.#draining.delete(laneName(lane));
      if (this.#draining.size === 0) this.#signs.end();
    }
    if (state.lease) await this.options.store.release(lane, state.lease);
  }

  /** Takes the lease if there is something to do now; else sees to it that the lane is woken. */
  async #claim(lane: Lane, state: Draining): Promise<Lease | null> {
    if (!await this.#isReady(lane, state.because)) return null;
    const lease = await this.options.store.claim(lane);
    if (typeof lease !== "number") return lease;
    // Its holder may have died.
    await this.#bells.set(lane, lease);
    return null;
  }

  /** Whether the lane's next job may go now. If it may go later, the alarm is set. */
  async #isReady(lane: Lane, because?: Set<Cause>): Promise<boolean> {
    const next = await this.options.store.lanes.next(lane);
    if (!next) this.options.gate.forget(lane);
    if (!next || this.#isClosing) return false;
    const readyMs = await this.#readyMs(next, because);
    if (readyMs === null || readyMs > this.options.now()) {
      await this.#putOff(next, readyMs);
      return false;
    }
    return true;
  }

  /** When a job may be worked; `null`: it is due, and its lane stands in line for its turn. */
  async #readyMs(next: NextJob, because?: Set<Cause>): Promise<number | null> {
    const { job, followedBy } = next;
    const { gate, now } = this.options;
    const hasCome = job.waitsFor !== undefined && because?.has(job.waitsFor) === true;
    // The next message of the same writer ends an album.
    const isEnded = job.task.kind === "album" && !job.task.isClosed &&
      followedBy !== undefined && isMessage(followedBy);
    const dueMs = hasCome || isEnded ? now() : dueAtMs(job, now());
    if (dueMs > now()) return dueMs;
    return await gate.admit(next) ? now() : null;
  }

  /** Has a lane woken whose next job may not go yet. */
  async #putOff({ job: { lane }, followedBy }: NextJob, readyMs: number | null): Promise<void> {
    if (readyMs === null) this.#letIn();
    else await this.#bells.set(lane, readyMs);
    if (followedBy !== undefined) await this.#crowds.look(lane);
  }

  /** Works a lane's jobs in order until none may go, the lease is lost, or we are to stop. */
  async #workLane(lane: Lane, given: Lease, state: Draining): Promise<void> {
    const { store, gate, now } = this.options;
    let lease: Lease | undefined = given;
    while (lease) {
      const next: NextJob | null = state.next ?? await store.lanes.next(lane);
      delete state.next;
      const readyMs = next && await this.#readyMs(next, state.because);
      if (!next || readyMs === null || readyMs > now() || this.#isClosing) {
        await store.release(lane, lease);
        if (next && !this.#isClosing) await this.#putOff(next, readyMs);
        return;
      }
      const held = store.hold(next, lease);
      const isFollowed = next.followedBy !== undefined;
      lease = await this.#turns.take(next.job, () => this.#workJob(held, isFollowed, state));
      state.renewedMs = now();
      gate.left(lane);
      this.#letIn();
    }
  }

  /** Works one job and settles it; the lease that goes on, unless it was released or lost. */
  async #workJob(held: Held, isFollowed: boolean, state: Draining): Promise<Lease | undefined> {
    const { store, work, now, log } = this.options;
    const { job } = held;
    if (this.#isClosing) {
      await store.release(job.lane, held.lease);
      return undefined;
    }
    if (!lastsForJob(held.lease, now())) {
      const renewed = await store.claim(job.lane);
      if (typeof renewed === "number") return undefined;
      held = { ...held, lease: renewed };
      state.renewedMs = now();
    }
    const left = this.#unsettled.of(held);
    if (left) return await this.#settle(held, left);
    state.because.clear();
    const read = store.reader(job.lane.deskId);
    const hasTime = () => lastsForCall(held.lease, now());
    const outcome = await work(job, read, hasTime).catch((error): Outcome => {
      if (error instanceof TryAgain) return { kind: "wait", untilMs: now() + DATABASE_PAUSE_MS };
      log.error("job failed by our own fault", { ...logFactsOf(job), error });
      return { kind: "fault", error: String(error) };
    });
    const settlement = settlementOf(job, outcome, { ...this.options, read });
    const isLeft = settlement.job !== undefined && outcome.kind !== "go on";
    const goesOn = !isLeft && (isFollowed || state.again || settlement.job !== undefined);
    return await this.#settle(held, { ...settlement, release: !goesOn });
  }

  /** Writes how a job ended; the lease that goes on, unless it was released or lost. */
  async #settle(held: Held, settlement: Settlement): Promise<Lease | undefined> {
    const { job } = held;
    const settled = await this.#unsettled.settle(held, settlement);
    if (!settled.isCommitted) {
      this.options.log.debug("job was settled or woken meanwhile", logFactsOf(job));
    } else if (settlement.job && settlement.release) {
      await this.#bells.set(job.lane, settlement.job.dueMs);
    }
    for (const touched of settled.touched) this.drain(touched);
    return settled.lease;
  }
}
