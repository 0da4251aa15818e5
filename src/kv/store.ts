/**
 * The one place that writes: every commit of the bot's records, lanes and leases. Decisions come in
 * as functions from what is known to a change; what they read is checked by the commit, and if
 * somebody else was faster they are asked again.
 */
import type { Change } from "../jobs/change.ts";
import type { Foreseen, Foresight } from "../jobs/foresight.ts";
import type { Decision, Reader } from "../jobs/reader.ts";
import type { Parked } from "../jobs/parked.ts";
import { type Lane, laneName } from "../conversation/lane.ts";
import { withConsequences } from "../decisions/consequences.ts";
import { TryAgain } from "../values/try_again.ts";
import { BotRecords } from "./bot_records.ts";
import { ChangeWriter } from "./change_writer.ts";
import { DeskRecords } from "./desk_records.ts";
import { FailedRecords } from "./failed_records.ts";
import { fillLog } from "./file_log.ts";
import { type Held, heldBy } from "./held_job.ts";
import { type Keys, keysOf } from "./keys.ts";
import type { LaneEnds } from "./lane_ends.ts";
import { LaneLeases } from "./lane_leases.ts";
import { LaneRecords } from "./lane_records.ts";
import { ParkedRecords } from "./parked_records.ts";
import { committed, LaneWriter, type Touched } from "./lane_writer.ts";
import type { Lease } from "./lease.ts";
import { type Lifetimes, lifetimesOf } from "./lifetimes.ts";
import { RecordReader } from "./reader.ts";
import { toStored } from "./records.ts";
import { ReplyRecords } from "./reply_records.ts";
import type { Seal } from "./seal.ts";
import { steadyClock } from "../time/steady.ts";
import { ScheduleRecords } from "./schedule_records.ts";
import type { DueName } from "./stored_scheduled.ts";
import type { Settled, Settlement } from "./settlement.ts";
import { Settling } from "./settling.ts";
import type { NextJob } from "./stored_job.ts";
import type { Transact } from "./transact.ts";

/** How soon a lane is claimed again that somebody else was claiming at the same time. */
const CLAIM_AGAIN_MS = 1000;
/** How often a commit is tried against others that write the same records. */
const MAX_CONFLICTS = 20;

/** The records, lanes and leases of one bot in a `Deno.Kv`. */
export class Store {
  readonly #keys: Keys;
  readonly #lifetimes: Lifetimes;
  readonly #writer: ChangeWriter;
  readonly #laneWriter: LaneWriter;
  readonly #leases: LaneLeases;
  /** Whether a conversation was forgotten since the log was last filled. */
  #hasForgotten = false;
  /** What is being read for updates that are not decided on yet. */
  readonly #foreseen = new WeakMap<Foreseen, { read: RecordReader; ends: LaneEnds }>();
  /** What is kept of the bot itself. */
  readonly bot: BotRecords;
  /** What people ask to be shown of every desk. */
  readonly desks: DeskRecords;
  /** The canned replies of every desk. */
  readonly replies: ReplyRecords;
  /** The jobs that wait, lane by lane. */
  readonly lanes: LaneRecords;
  /** What waits for its time. */
  readonly schedule: ScheduleRecords;
  /** What was given up. */
  readonly failed: FailedRecords;
  /** Updates that wait until it can be decided what follows from them. */
  readonly parked: ParkedRecords;

  constructor(
    readonly kv: Deno.Kv,
    private readonly options: {
      botId: number;
      /** This instance's name in leases. */
      owner: string;
      /** Whether no other instance works on this database, so that others' leases are the dead's. */
      isAlone?: boolean;
      /** Whether every instance gives signs of life, so that silence tells of death; by default so. */
      givesSigns?: boolean;
      /** A clock that only goes forward; by default `now`, but for its way back. */
      steady?: () => number;
      seal: Seal;
      retentionDays: number;
      /** By whose clock hours are counted; absent: by none where clocks differ. */
      timeZone?: string;
      now: () => number;
    },
  ) {
    this.#keys = keysOf(options.botId);
    this.#lifetimes = lifetimesOf(options.retentionDays);
    const shared = {
      keys: this.#keys,
      seal: options.seal,
      lifetimes: this.#lifetimes,
      now: options.now,
      transact: this.#transact,
    };
    const { owner, isAlone = false, givesSigns = true, steady = steadyClock(options.now) } =
      options;
    const leases = new LaneLeases(kv, { ...shared, owner, isAlone, givesSigns, steady });
    const lanes = new LaneWriter(kv, { ...shared, owner, leases });
    this.#leases = leases;
    this.#laneWriter = lanes;
    this.schedule = new ScheduleRecords(kv, { ...shared, lanes });
    this.failed = new FailedRecords(kv, { ...shared, lanes });
    const { schedule, failed } = this;
    this.#writer = new ChangeWriter(kv, { ...shared, lanes, schedule, failed });
    this.desks = new DeskRecords(kv, shared);
    this.bot = new BotRecords(kv, shared);
    this.replies = new ReplyRecords(kv, shared);
    this.lanes = new LaneRecords(kv, shared);
    this.parked = new ParkedRecords(kv, shared);
  }

  /** A change with its consequences. */
  async #kept(change: Change, deskId: number, read: Reader): Promise<Change> {
    const { timeZone = "UTC", now } = this.options;
    return await withConsequences(change, { deskId, read, timeZone, nowMs: now() });
  }

  /** A reader of one desk's records that remembers what it read. */
  reader(deskId: number): RecordReader {
    return new RecordReader(this.kv, { ...this.options, keys: this.#keys, deskId });
  }

  /** Begins to read what an update most likely leads to at a desk, for when it is accepted there. */
  foresee(deskId: number, { ask, lane }: Foresight): Foreseen {
    const read = this.reader(deskId);
    const ends = this.#laneWriter.ends();
    if (ask) read.ahead(ask);
    if (lane) ends.lookAhead(lane);
    const foreseen: Foreseen = { deskId };
    this.#foreseen.set(foreseen, { read, ends });
    return foreseen;
  }

  /**
   * Accepts an update: in one commit the mark that it was seen, what `decide` wants written, and
   * the leases of the lanes it adds to, where they are free. An update that was seen before, or
   * that changes nothing, writes nothing. Throws if the database does not take it: then Telegram
   * has to bring the update again.
   * @param parked where the update waited, if it was accepted before; the commit takes it from there
   * @param foreseen what was begun to be read for it
   */
  async accept(
    deskId: number,
    updateId: number,
    decide: Decision,
    parked?: Parked,
    foreseen?: Foreseen,
  ): Promise<Touched[]> {
    let begun = foreseen && this.#foreseen.get(foreseen);
    if (foreseen) this.#foreseen.delete(foreseen);
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      const read = begun?.read ?? this.reader(deskId);
      const ends = begun?.ends ?? this.#laneWriter.ends();
      begun = undefined;
      const change = await this.#kept(await decide(read), deskId, read);
      if (Object.keys(change).length === 0) return [];
      const seen = this.#keys.seen(updateId);
      const commit = this.kv.atomic()
        .set(seen, toStored(this.options.now()), { expireIn: this.#lifetimes.seen });
      if (parked) this.parked.take(commit, parked);
      else commit.check({ key: seen, versionstamp: null });
      const touched = await this.#writer.write(commit, deskId, change, updateId, ends);
      const result = await read.checkIn(commit).commit();
      if (result.ok) return committed(touched, result.versionstamp);
      const isAccepted = parked
        ? await this.parked.isTaken(parked)
        : (await this.kv.get(seen)).value !== null;
      if (isAccepted) return [];
    }
    throw new TryAgain(
      `Cannot accept update ${updateId}: the records it changes are never at rest`,
    );
  }

  /** Writes a change that no update caused. */
  async record(deskId: number, decide: Decision): Promise<Touched[]> {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      const read = this.reader(deskId);
      const commit = this.kv.atomic();
      const change = await this.#kept(await decide(read), deskId, read);
      const touched = await this.#writer.write(commit, deskId, change, 0);
      const result = await read.checkIn(commit).commit();
      if (result.ok && change.forget) this.#hasForgotten = true;
      if (result.ok) return committed(touched, result.versionstamp);
    }
    throw new TryAgain("Cannot record a change: the records it changes are never at rest");
  }

  /** Has what waited for its time go to its lane, unless another instance was faster or it is moot. */
  async goOff(due: DueName): Promise<Touched[]> {
    const stamp = (touched: Touched[], versionstamp: string) => committed(touched, versionstamp);
    return await this.#transact((commit) => this.schedule.goOff(commit, due), stamp);
  }

  /**
   * Settles a job: in one commit what becomes of it, what `decide` wants written, and the lease.
   * If the lease was lost meanwhile, what is done is settled all the same, as long as nobody else
   * has: what was sent must not be sent again. What is not done is left to whoever works it now.
   */
  async settle(held: Held, settlement: Settlement): Promise<Settled> {
    const { lane } = held.job;
    const settling = new Settling(this.kv, held, settlement, {
      keys: this.#keys,
      leases: this.#leases,
      lanes: this.#laneWriter,
      failed: this.failed,
      changes: this.#writer,
    });
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      const read = this.reader(lane.deskId);
      const change = await this.#kept(await settlement.decide?.(read) ?? {}, lane.deskId, read);
      const commit = this.kv.atomic();
      const effect = await settling.write(commit, change);
      const result = await read.checkIn(commit).commit();
      if (result.ok && change.forget) this.#hasForgotten = true;
      const settled = result.ok
        ? settling.settled(effect, result.versionstamp)
        : await settling.refused(change);
      if (settled) return settled;
    }
    throw new TryAgain(`Cannot settle a job of lane ${laneName(lane)}: its records never rest`);
  }

  /**
   * Takes the lane's lease if it is free, expired, this instance's own or a dead one's. A number
   * instead: when it is worth asking again, since somebody else holds it.
   */
  async claim(lane: Lane): Promise<Lease | number> {
    const commit = this.kv.atomic();
    const lease = await this.#leases.claim(commit, lane);
    if (typeof lease === "number") return lease;
    const result = await commit.commit();
    // Somebody was faster; whether they hold it still is seen the next time.
    if (!result.ok) return this.options.now() + CLAIM_AGAIN_MS;
    return { ...lease, versionstamp: result.versionstamp };
  }

  /** The next job of a lane, to be worked under its lease. */
  hold(next: NextJob, lease: Lease): Held {
    return heldBy(this.options.owner, next, lease);
  }

  /** Leaves the lane to whoever comes next. A lease that was lost meanwhile stays with its holder. */
  async release(lane: Lane, lease: Lease): Promise<void> {
    await this.#leases.giveBack(this.kv.atomic(), lane, lease).commit();
  }

  /** Tells other instances that this one, which holds a lane for long, lives. */
  async giveSign(): Promise<void> {
    if (this.options.isAlone) return;
    await this.#leases.giveSign(this.kv.atomic()).commit();
  }

  /** Commits what `write` puts into the commit; asks it again if what it checked has changed. */
  readonly #transact: Transact = async (write, stamp) => {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      const commit = this.kv.atomic();
      const result = await write(commit);
      const committed = await commit.commit();
      if (committed.ok) return stamp ? stamp(result, committed.versionstamp) : result;
    }
    throw new TryAgain("Cannot change records: they are never at rest");
  };

  /** Has what was erased leave the log of a database file. Does nothing if nothing was since. */
  async fillLog(): Promise<void> {
    if (!this.#hasForgotten) return;
    this.#hasForgotten = false;
    await fillLog(this.#transact, { keys: this.#keys, lifetimes: this.#lifetimes });
  }

  /** Commits what changes nothing: rejects while the database takes no commits. */
  async tryToWrite(): Promise<void> {
    await this.kv.atomic().delete(this.#keys.nothing()).commit();
  }

  /** How much waits, since when, and how much was given up; counted up to `most` of each. */
  async counts(most: number): Promise<{ waiting: number; failed: number; oldestMs?: number }> {
    const [jobs, updates] = await Promise.all([this.lanes.counts(most), this.parked.counts(most)]);
    const oldestMs = Math.min(jobs.oldestMs ?? Infinity, updates.oldestMs ?? Infinity);
    const waiting = Math.min(most, jobs.waiting + updates.waiting);
    return { waiting, failed: jobs.failed, ...(waiting > 0 ? { oldestMs } : {}) };
  }

  /** Whether nothing is kept of this bot. */
  async isEmpty(): Promise<boolean> {
    const list = this.kv.list({ prefix: this.#keys.all() }, { limit: 1 });
    return (await list.next()).done === true;
  }

  /** Puts records back as they were saved, in one commit; a later one of the same key counts. */
  async putBack(
    records: { key: Deno.KvKey; value: unknown; expireIn?: number }[],
  ): Promise<void> {
    const commit = this.kv.atomic();
    for (const { key, value, expireIn } of records) {
      commit.set(key, value, expireIn === undefined ? {} : { expireIn });
    }
    await commit.commit();
  }
}
