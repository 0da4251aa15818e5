/**
 * The one place that writes: every commit of the bot's records, lanes and leases. Decisions come in
 * as functions from what is known to a change; what they read is checked by the commit, and if
 * somebody else was faster they are asked again.
 */
import type { Change, Decision, NewTask } from "../change.ts";
import {
  type Job,
  type Lane,
  laneName,
  messageOf,
  type Order,
  orderAfter,
  type Task,
} from "../job.ts";
import { endsOf } from "../link.ts";
import { keysOf } from "./keys.ts";
import { type NamedPointer, RecordReader } from "./reader.ts";
import { type Stored, toStored } from "./records.ts";
import type { Seal } from "./seal.ts";
import { loadJob, orderOfJobKey, type StoredJob, storeJob } from "./stored_job.ts";

/** How long an update's ID is remembered: Telegram repeats none older than a day. */
const SEEN_MS = 2 * 24 * 60 * 60_000;
/** How long a job that was given up is kept for the operator. */
const FAILED_MS = 30 * 24 * 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** How often a commit is tried against others that write the same records. */
const MAX_CONFLICTS = 20;

/**
 * The right to work a lane, held by one instance until a time. It outlasts a call to Telegram, so
 * two live instances never work the same job; a dead one's lanes are free within a minute.
 */
export interface Lease {
  owner: string;
  untilMs: number;
  /** Changes with every writing of the lease: who comes with an old one is refused. */
  versionstamp: string;
}

/** How long a lease is given for. */
export const LEASE_MS = 45_000;

/** A lane with something new in it; with the lease, if it was free and is now ours. */
export interface Touched {
  lane: Lane;
  lease?: Lease;
  /** The lane may have waited for this. */
  because?: NonNullable<Change["wake"]>[number]["because"];
}

/** A job as it was read: whoever settles it proves that nobody else has. */
export interface Held {
  job: Job;
  versionstamp: string;
  lease: Lease;
}

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

/** How long a waiting job can be found by its name. */
const NAMED_MS = 8 * DAY_MS;

/** The records, lanes and leases of one bot in a `Deno.Kv`. */
export class Store {
  readonly #keys: ReturnType<typeof keysOf>;

  constructor(
    readonly kv: Deno.Kv,
    private readonly options: {
      botId: number;
      /** This instance's name in leases. */
      owner: string;
      seal: Seal;
      retentionDays: number;
      now: () => number;
    },
  ) {
    this.#keys = keysOf(options.botId);
  }

  /** A reader of one desk's records that remembers what it read. */
  reader(deskId: number): RecordReader {
    return new RecordReader(this.kv, { ...this.options, keys: this.#keys, deskId });
  }

  /**
   * Accepts an update: in one commit the mark that it was seen, what `decide` wants written, and
   * the leases of the lanes it adds to, where they are free. An update that was seen before, or
   * that changes nothing, writes nothing. Throws if the database does not take it: then Telegram
   * has to bring the update again.
   */
  async accept(deskId: number, updateId: number, decide: Decision): Promise<Touched[]> {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      const read = this.reader(deskId);
      const change = await decide(read);
      if (Object.keys(change).length === 0) return [];
      const seen = this.#keys.seen(updateId);
      const commit = this.kv.atomic()
        .check({ key: seen, versionstamp: null })
        .set(seen, toStored(this.options.now()), { expireIn: SEEN_MS });
      const touched = await this.#write(commit, deskId, change, updateId);
      const result = await read.checkIn(commit).commit();
      if (result.ok) return claimed(touched, result.versionstamp);
      if ((await this.kv.get(seen)).value !== null) return [];
    }
    throw new Error(`Cannot accept update ${updateId}: the records it changes are never at rest`);
  }

  /** Writes a change that no update caused. */
  async record(deskId: number, decide: Decision): Promise<Touched[]> {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      const read = this.reader(deskId);
      const commit = this.kv.atomic();
      const touched = await this.#write(commit, deskId, await decide(read), 0);
      const result = await read.checkIn(commit).commit();
      if (result.ok) return claimed(touched, result.versionstamp);
    }
    throw new Error("Cannot record a change: the records it changes are never at rest");
  }

  /**
   * Settles a job: in one commit what becomes of it, what `decide` wants written, and the lease.
   * If the lease was lost meanwhile, the job is settled all the same, as long as nobody else has:
   * what was sent must not be sent again.
   */
  async settle(held: Held, settlement: Settlement): Promise<Settled> {
    const { job, versionstamp, lease } = held;
    const jobKey = this.#keys.job(job.lane, job.order);
    const leaseKey = this.#keys.lease(job.lane);
    let isLeaseOurs = true;
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      const read = this.reader(job.lane.deskId);
      const change = await settlement.decide?.(read) ?? {};
      const commit = this.kv.atomic().check({ key: jobKey, versionstamp });
      if (settlement.job) commit.set(jobKey, await storeJob(settlement.job, this.options.seal));
      else commit.delete(jobKey);
      if (change.instead) await this.#replace(commit, job, change.instead);
      if (settlement.failed) {
        const failedKey = this.#keys.failed(job.lane, job.order);
        // What it carried goes with it: only what was to be sent is ever kept.
        const { private: _private, ...open } = settlement.failed.task as Task & {
          private?: unknown;
        };
        const failed = { ...settlement.failed, task: open as Task };
        commit.set(failedKey, await storeJob(failed, this.options.seal), { expireIn: FAILED_MS });
      }
      const renewed = this.#newLease();
      if (isLeaseOurs) {
        commit.check({ key: leaseKey, versionstamp: lease.versionstamp });
        if (settlement.release) commit.delete(leaseKey);
        else commit.set(leaseKey, toStored(renewed), { expireIn: DAY_MS });
      }
      const touched = await this.#write(
        commit,
        job.lane.deskId,
        change,
        job.order.arrival,
        job.lane,
      );
      settlement.watched?.checkIn(commit);
      const result = await read.checkIn(commit).commit();
      if (result.ok) {
        const goesOn = isLeaseOurs && !settlement.release;
        return {
          isCommitted: true,
          touched: claimed(touched, result.versionstamp),
          ...(goesOn ? { lease: { ...renewed, versionstamp: result.versionstamp } } : {}),
        };
      }
      const [jobNow, leaseNow] = await Promise.all([this.kv.get(jobKey), this.kv.get(leaseKey)]);
      isLeaseOurs = leaseNow.versionstamp === lease.versionstamp;
      if (jobNow.versionstamp !== versionstamp || settlement.watched) {
        return { isCommitted: false, touched: [], ...(isLeaseOurs ? { lease } : {}) };
      }
    }
    throw new Error(`Cannot settle a job of lane ${laneName(job.lane)}: its records never rest`);
  }

  /** Takes the lane's lease if it is free, expired or this instance's own; else `null`. */
  async claim(lane: Lane): Promise<Lease | null> {
    const key = this.#keys.lease(lane);
    const entry = await this.kv.get<{ value: Omit<Lease, "versionstamp"> }>(key);
    if (!this.#isFree(entry.value?.value)) return null;
    const lease = this.#newLease();
    const result = await this.kv.atomic().check(entry)
      .set(key, toStored(lease), { expireIn: DAY_MS }).commit();
    return result.ok ? { ...lease, versionstamp: result.versionstamp } : null;
  }

  /** Leaves the lane to whoever comes next. A lease that was lost meanwhile stays with its holder. */
  async release(lane: Lane, lease: Lease): Promise<void> {
    const key = this.#keys.lease(lane);
    await this.kv.atomic().check({ key, versionstamp: lease.versionstamp }).delete(key).commit();
  }

  /** The next job of a lane as it lies, and what kind of task is behind it, if any. */
  async next(lane: Lane): Promise<Omit<Held, "lease"> & { followedBy?: Task["kind"] } | null> {
    const entries: Deno.KvEntry<Stored<StoredJob>>[] = [];
    const selector = { prefix: this.#keys.jobsOf(lane) };
    for await (const entry of this.kv.list<Stored<StoredJob>>(selector, { limit: 2 })) {
      entries.push(entry);
    }
    const [first, second] = entries;
    const job = first && await loadJob(first, this.options.seal);
    if (!job) return null;
    return {
      job,
      versionstamp: first.versionstamp,
      ...(second ? { followedBy: second.value.value.task.kind } : {}),
    };
  }

  /** How many jobs a lane has, counted up to `most`. */
  async length(lane: Lane, most: number): Promise<number> {
    let length = 0;
    const selector = { prefix: this.#keys.jobsOf(lane) };
    for await (const _ of this.kv.list(selector, { limit: most })) length++;
    return length;
  }

  /** The first job of every lane that has one. */
  async *firstJobs(): AsyncGenerator<Job> {
    const prefix = this.#keys.jobs();
    let start: Deno.KvKey | undefined;
    while (true) {
      const selector = start ? { prefix, start } : { prefix };
      const list = this.kv.list<Stored<StoredJob>>(selector, { limit: 1 });
      const { value: entry } = await list.next();
      const job = entry && await loadJob(entry, this.options.seal);
      if (!job) return;
      yield job;
      // The byte after every key of this lane: its jobs' arrivals are finite.
      start = [...this.#keys.jobsOf(job.lane), Infinity];
    }
  }

  /** How much waits, since when, and how much was given up; counted up to `most` of each. */
  async counts(most: number): Promise<{ waiting: number; failed: number; oldestMs?: number }> {
    let waiting = 0, failed = 0, oldestMs = Infinity;
    const options = { limit: most, batchSize: 500 };
    for await (
      const entry of this.kv.list<Stored<StoredJob>>({ prefix: this.#keys.jobs() }, options)
    ) {
      waiting++;
      oldestMs = Math.min(oldestMs, entry.value.value.acceptedMs);
    }
    for await (const _ of this.kv.list({ prefix: this.#keys.allFailed() }, options)) failed++;
    return { waiting, failed, ...(waiting ? { oldestMs } : {}) };
  }

  /** A small fact about the bot itself, kept from start to start. */
  async recall<T>(name: "me" | "desk" | "webhook"): Promise<T | null> {
    return (await this.kv.get<{ value: T }>(this.#keys[name]())).value?.value ?? null;
  }

  /** Keeps a small fact about the bot itself. */
  async remember(name: "me" | "desk" | "webhook", value: unknown): Promise<void> {
    await this.kv.set(this.#keys[name](), toStored(value));
  }

  #newLease(): Omit<Lease, "versionstamp"> {
    return { owner: this.options.owner, untilMs: this.options.now() + LEASE_MS };
  }

  #isFree(lease: Omit<Lease, "versionstamp"> | undefined): boolean {
    return !lease || lease.untilMs <= this.options.now() || lease.owner === this.options.owner;
  }

  /**
   * Adds a change to a commit: its records, its tasks at the ends of their lanes, and the leases
   * of those lanes that are free. `heldLane` is worked by the caller and needs no lease.
   */
  async #write(
    commit: Deno.AtomicOperation,
    deskId: number,
    change: Change,
    arrival: number,
    heldLane?: Lane,
  ): Promise<Touched[]> {
    const keys = this.#keys;
    for (const conversation of change.conversations ?? []) {
      commit.set(keys.conversation(deskId, conversation.customer.id), toStored(conversation));
    }
    for (const customerId of change.forget ?? []) {
      commit.delete(keys.conversation(deskId, customerId));
    }
    for (const { customerId, at } of change.roots ?? []) {
      commit.set(keys.root(deskId, customerId), toStored(at));
      commit.set(keys.customerByRoot(deskId, at), toStored(customerId));
    }
    for (const { customerId, at } of change.sideRoots ?? []) {
      commit.set(keys.customerByRoot(deskId, at), toStored(customerId));
    }
    for (const customerId of change.lostRoots ?? []) {
      commit.delete(keys.root(deskId, customerId));
    }
    const retentionMs = this.options.retentionDays * DAY_MS;
    for (const link of change.links ?? []) {
      for (const { here, ...counterpart } of endsOf(link)) {
        commit.set(keys.link(deskId, here), toStored(counterpart), { expireIn: retentionMs });
      }
    }
    for (const { at, reactorId } of change.reactors ?? []) {
      commit.set(keys.reactor(deskId, at), toStored(reactorId), { expireIn: retentionMs });
    }
    for (const place of change.told ?? []) {
      commit.set(keys.told(deskId, place), toStored(this.options.now()), { expireIn: FAILED_MS });
    }
    for (const place of change.notes ?? []) {
      commit.set(keys.note(deskId, place), toStored(this.options.now()), { expireIn: NAMED_MS });
    }
    for (const job of change.rewrites ?? []) {
      commit.set(keys.job(job.lane, job.order), await storeJob(job, this.options.seal));
    }
    for (const membership of change.memberships ?? []) {
      const expireIn = Math.max(0, membership.untilMs - this.options.now());
      commit.set(keys.membership(deskId, membership.userId), toStored(membership), { expireIn });
    }
    for (const { chatId, untilMs } of change.pauses ?? []) {
      const expireIn = Math.max(0, untilMs - this.options.now());
      commit.set(keys.pause(chatId), toStored(untilMs), { expireIn });
    }
    const touched = await this.#append(commit, change.tasks ?? [], arrival, heldLane);
    for (const { lane } of change.rewrites ?? []) touched.push({ lane });
    for (const wake of change.wake ?? []) {
      const added = touched.find((each) => laneName(each.lane) === laneName(wake.lane));
      if (added) added.because = wake.because;
      else touched.push(wake);
    }
    return touched;
  }

  /** Puts tasks where a job stands, before whatever follows it. */
  async #replace(commit: Deno.AtomicOperation, job: Job, tasks: Task[]): Promise<void> {
    const { lane, order: { arrival, n } } = job;
    const selector = {
      start: this.#keys.job(lane, job.order),
      end: [...this.#keys.jobsOf(lane), Infinity],
    };
    const behind: Order[] = [];
    for await (const entry of this.kv.list(selector, { limit: 2 })) {
      behind.push(orderOfJobKey(entry.key));
    }
    const follower = behind.find((order) => order.arrival !== arrival || order.n !== n);
    const end = follower?.arrival === arrival ? follower.n : n + 1;
    for (const [index, task] of tasks.entries()) {
      const order = { arrival, n: n + (end - n) * index / tasks.length };
      const { acceptedMs } = job;
      const next: Job = { lane, order, task, acceptedMs, dueMs: this.options.now(), attempts: 0 };
      commit.set(this.#keys.job(lane, order), await storeJob(next, this.options.seal));
    }
  }

  async #append(
    commit: Deno.AtomicOperation,
    tasks: NewTask[],
    arrival: number,
    heldLane?: Lane,
  ): Promise<Touched[]> {
    const lanes = Map.groupBy(tasks, ({ lane }) => laneName(lane));
    return await Promise.all([...lanes.values()].map(async (tasks) => {
      const { lane } = tasks[0]!;
      const leaseKey = this.#keys.lease(lane);
      const isHeld = heldLane !== undefined && laneName(lane) === laneName(heldLane);
      const [last, lease] = await Promise.all([
        this.#lastOrder(lane),
        isHeld ? null : this.kv.get<{ value: Omit<Lease, "versionstamp"> }>(leaseKey),
      ]);
      let order = last;
      for (const { task, name, dueMs } of tasks) {
        order = orderAfter(order, arrival);
        const key = this.#keys.job(lane, order);
        const acceptedMs = this.options.now();
        const job: Job = { lane, order, task, acceptedMs, dueMs: dueMs ?? acceptedMs, attempts: 0 };
        commit.check({ key, versionstamp: null }).set(key, await storeJob(job, this.options.seal));
        if (name === undefined) continue;
        const pointer: NamedPointer = { order, messageId: messageOf(task) };
        commit.set(this.#keys.named(lane, name), toStored(pointer), { expireIn: NAMED_MS });
      }
      // A lane with jobs in it is being worked, or waits for its time.
      if (last || !lease || !this.#isFree(lease.value?.value)) return { lane };
      if (lease.value?.value.owner === this.options.owner) return { lane };
      const taken = this.#newLease();
      commit.check(lease).set(leaseKey, toStored(taken), { expireIn: DAY_MS });
      // The commit's own versionstamp is the lease's; `claimed` fills it in.
      return { lane, lease: { ...taken, versionstamp: "" } };
    }));
  }

  async #lastOrder(lane: Lane): Promise<Order | undefined> {
    const selector = { prefix: this.#keys.jobsOf(lane) };
    const { value: entry } = await this.kv.list(selector, { limit: 1, reverse: true }).next();
    return entry ? orderOfJobKey(entry.key) : undefined;
  }
}

function claimed(touched: Touched[], versionstamp: string): Touched[] {
  return touched.map((each) =>
    each.lease ? { ...each, lease: { ...each.lease, versionstamp } } : each
  );
}
