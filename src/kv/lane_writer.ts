/**
 * Puts jobs into a commit: at the ends of their lanes, in another's place, or awake where they lie.
 * It commits nothing itself.
 */
import type { Change, NewTask } from "../jobs/change.ts";
import { type Job, type Order, orderAfter, orderBehindAll } from "../jobs/job.ts";
import { type Lane, laneName } from "../conversation/lane.ts";
import type { Task } from "../jobs/task.ts";
import { mayBeMoot, messageOf } from "../jobs/task_traits.ts";
import { defined } from "../values/defined.ts";
import type { Keys } from "./keys.ts";
import { LaneEnds } from "./lane_ends.ts";
import type { LaneLeases } from "./lane_leases.ts";
import type { Lease } from "./lease.ts";
import type { Lifetimes } from "./lifetimes.ts";
import type { NamedPointer } from "./reader.ts";
import { fromStored, type Stored, toStored } from "./records.ts";
import type { Seal } from "./seal.ts";
import { type NextJob, orderOfJobKey, type StoredJob, storeJob } from "./stored_job.ts";

/** A lane with something new in it. */
export interface Touched {
  lane: Lane;
  /** If the lane was empty and free, it is ours now: the lease, and its only jobs' first. */
  taken?: { lease: Lease; next: NextJob };
  /** Something waits beside the lane until then. */
  dueMs?: number;
  /** The lane may have waited for this. */
  because?: NonNullable<Change["wake"]>[number]["because"];
}

/** A task for a lane; one that has lain elsewhere until now is written as it lay. */
type Appended = NewTask & { stored?: StoredJob } & Pick<Job, "isUnreadable">;

/** What was taken by a commit has the commit's versionstamp. */
export function committed(touched: Touched[], versionstamp: string): Touched[] {
  return touched.map((each) => {
    if (!each.taken) return each;
    const { lease, next } = each.taken;
    const taken = { lease: { ...lease, versionstamp }, next: { ...next, versionstamp } };
    return { ...each, taken };
  });
}

/** Writes the lanes of one bot. */
export class LaneWriter {
  constructor(
    private readonly kv: Deno.Kv,
    private readonly options: {
      keys: Keys;
      /** This instance's name with the jobs that it writes. */
      owner: string;
      leases: LaneLeases;
      seal: Seal;
      lifetimes: Lifetimes;
      now: () => number;
    },
  ) {}

  /** The ends of lanes for one commit; `held` is worked by the caller and needs no lease. */
  ends(held?: Lane): LaneEnds {
    return new LaneEnds(this.kv, { keys: this.options.keys, ...defined({ held }) });
  }

  /** Adds tasks at the ends of their lanes, and takes the leases of those lanes that are free. */
  async append(
    commit: Deno.AtomicOperation,
    tasks: Appended[],
    arrival: number,
    ends = this.ends(),
  ): Promise<Touched[]> {
    const lanes = Map.groupBy(tasks, ({ lane }) => laneName(lane));
    return await Promise.all([...lanes.values()].map(async (tasks) => {
      const { lane } = tasks[0]!;
      const { last, lease } = await ends.of(lane);
      let order = last;
      let first: Job | undefined;
      for (const { task, name, dueMs, stored, isUnreadable, goesLast } of tasks) {
        const acceptedMs = this.options.now();
        order = goesLast ? orderBehindAll(order, acceptedMs) : orderAfter(order, arrival);
        // The update that caused it has had jobs long ago: their places are not given again.
        if (stored) order = { ...order, n: Math.max(order.n, stored.dueMs) };
        const key = this.options.keys.job(lane, order);
        const job: Job = {
          lane,
          order,
          task,
          acceptedMs,
          dueMs: dueMs ?? acceptedMs,
          attempts: 0,
          ...this.#writerOf(task),
          ...defined({ isUnreadable }),
        };
        const written = stored
          ? toStored({ ...stored, acceptedMs, dueMs: acceptedMs })
          : await storeJob(job, this.options.seal);
        commit.check({ key, versionstamp: null }).set(key, written);
        first ??= job;
        if (name === undefined) continue;
        const pointer: NamedPointer = { order, messageId: messageOf(task) };
        commit.set(this.options.keys.named(lane, name), toStored(pointer), {
          expireIn: this.options.lifetimes.named,
        });
      }
      // A lane with jobs in it is being worked, or waits for its time.
      if (last || !lease) return { lane };
      const taken = this.options.leases.takeFree(commit, lane, lease);
      if (!taken) return { lane };
      const followedBy = tasks[1]?.task.kind;
      const next = { job: first!, versionstamp: "", ...defined({ followedBy }) };
      return { lane, taken: { lease: { ...taken, versionstamp: "" }, next } };
    }));
  }

  /** Puts tasks where a job stands, before whatever follows it. */
  async replace(commit: Deno.AtomicOperation, job: Job, tasks: Task[]): Promise<void> {
    const { lane, order: { arrival, n } } = job;
    const selector = {
      start: this.options.keys.job(lane, job.order),
      end: [...this.options.keys.jobsOf(lane), Infinity],
    };
    const behind: Order[] = [];
    for await (const entry of this.kv.list(selector, { limit: 2 })) {
      behind.push(orderOfJobKey(entry.key));
    }
    const follower = behind.find((order) => order.arrival !== arrival || order.n !== n);
    // Between two numbers there are not many others: where nothing follows, they go on by whole ones.
    const end = follower?.arrival === arrival ? follower.n : n + tasks.length;
    for (const [index, task] of tasks.entries()) {
      const order = { arrival, n: n + (end - n) * index / tasks.length };
      const { acceptedMs } = job;
      const nowMs = this.options.now();
      const next: Job = {
        lane,
        order,
        task,
        acceptedMs,
        dueMs: nowMs,
        decidedMs: nowMs,
        attempts: 0,
        ...this.#writerOf(task),
      };
      const key = this.options.keys.job(lane, order);
      if (index > 0) commit.check({ key, versionstamp: null });
      commit.set(key, await storeJob(next, this.options.seal));
    }
  }

  /** Has a job go on with another task or at another time, where it stands. */
  async rewrite(commit: Deno.AtomicOperation, job: Job): Promise<void> {
    const key = this.options.keys.job(job.lane, job.order);
    const written = { ...job, ...this.#writerOf(job.task) };
    commit.set(key, await storeJob(written, this.options.seal));
  }

  #writerOf(task: Task): Pick<Job, "writtenBy"> {
    return mayBeMoot(task) ? { writtenBy: this.options.owner } : {};
  }

  /** Has the lane's next job, if it waits for this, wait no longer: whoever works the lane next. */
  async wake(
    commit: Deno.AtomicOperation,
    { lane, because }: NonNullable<Change["wake"]>[number],
  ): Promise<void> {
    const selector = { prefix: this.options.keys.jobsOf(lane) };
    const list = this.kv.list<Stored<StoredJob>>(selector, { limit: 1 });
    const { value: entry } = await list.next();
    const job = entry && fromStored(entry);
    if (!entry || !job || job.waitsFor !== because) return;
    const { waitsFor: _come, ...awake } = job;
    const nowMs = this.options.now();
    commit.check(entry).set(entry.key, toStored({ ...awake, dueMs: nowMs, decidedMs: nowMs }));
  }
}
