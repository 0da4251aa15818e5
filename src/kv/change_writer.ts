/**
 * Puts a change into a commit: which keys it sets, which jobs it adds where. It commits nothing
 * itself.
 */
import type { Change, NewTask } from "../jobs/change.ts";
import { type Job, type Order, orderAfter } from "../jobs/job.ts";
import { type Lane, laneName } from "../conversation/lane.ts";
import { endsOf } from "../message/link.ts";
import { messageOf, type Task } from "../jobs/task.ts";
import type { Membership } from "../desk/team.ts";
import type { Keys } from "./keys.ts";
import { isFree, type Lease, type LeaseRecord, newLease } from "./lease.ts";
import type { Lifetimes } from "./lifetimes.ts";
import type { NamedPointer } from "./reader.ts";
import { fromStored, type Stored, toStored } from "./records.ts";
import { setReplyUse } from "./reply_records.ts";
import { markOf, type Seal } from "./seal.ts";
import { type NextJob, orderOfJobKey, type StoredJob, storeJob } from "./stored_job.ts";

/** A lane with something new in it. */
export interface Touched {
  lane: Lane;
  /** If the lane was empty and free, it is ours now: the lease, and its only jobs' first. */
  taken?: { lease: Lease; next: NextJob };
  /** The lane may have waited for this. */
  because?: NonNullable<Change["wake"]>[number]["because"];
}

/** What was taken by a commit has the commit's versionstamp. */
export function committed(touched: Touched[], versionstamp: string): Touched[] {
  return touched.map((each) => {
    if (!each.taken) return each;
    const { lease, next } = each.taken;
    const taken = { lease: { ...lease, versionstamp }, next: { ...next, versionstamp } };
    return { ...each, taken };
  });
}

/** Writes changes of one bot. */
export class ChangeWriter {
  constructor(
    private readonly kv: Deno.Kv,
    private readonly options: {
      keys: Keys;
      owner: string;
      seal: Seal;
      lifetimes: Lifetimes;
      now: () => number;
    },
  ) {}

  /**
   * Adds a change to a commit: its records, its tasks at the ends of their lanes, and the leases
   * of those lanes that are free. `heldLane` is worked by the caller and needs no lease.
   */
  async write(
    commit: Deno.AtomicOperation,
    deskId: number,
    change: Change,
    arrival: number,
    heldLane?: Lane,
  ): Promise<Touched[]> {
    const { keys, lifetimes } = this.options;
    for (const conversation of change.conversations ?? []) {
      commit.set(keys.conversation(deskId, conversation.customer.id), toStored(conversation));
    }
    for (const customerId of change.forget ?? []) {
      commit.delete(keys.conversation(deskId, customerId));
    }
    for (const { customerId, at } of change.roots ?? []) {
      commit.set(keys.root(deskId, customerId), toStored(at));
    }
    for (const { customerId, at } of [...change.roots ?? [], ...change.sideRoots ?? []]) {
      commit.set(keys.customerByRoot(deskId, at), toStored(customerId));
      commit.set(keys.everyRoot(deskId, customerId, at), toStored(this.options.now()));
      if (at.postId === undefined) continue;
      commit.set(keys.everyPost(deskId, customerId, at.postId), toStored(this.options.now()));
    }
    for (const { customerId, postId } of change.posts ?? []) {
      commit.set(keys.everyPost(deskId, customerId, postId), toStored(this.options.now()));
    }
    for (const customerId of change.lostRoots ?? []) {
      commit.delete(keys.root(deskId, customerId));
    }
    for (const link of change.links ?? []) {
      for (const { here, ...counterpart } of endsOf(link)) {
        commit.set(keys.link(deskId, here), toStored(counterpart), {
          expireIn: lifetimes.link,
        });
      }
    }
    for (const { here, there, also = [] } of change.unlinks ?? []) {
      const { chatId } = there;
      const places = [here, there, ...also.map((messageId) => ({ chatId, messageId }))];
      for (const place of places) commit.delete(keys.link(deskId, place));
    }
    this.#erase(commit, deskId, change);
    this.#writeDesk(commit, deskId, change);
    for (const [index, event] of (change.events ?? []).entries()) {
      const key = keys.event(deskId, event, arrival + index);
      commit.set(key, toStored(event), { expireIn: lifetimes.event });
    }
    for (const { at, reactorId } of change.reactors ?? []) {
      commit.set(keys.reactor(deskId, at), toStored(reactorId), {
        expireIn: lifetimes.reactor,
      });
    }
    for (const used of change.replyUses ?? []) {
      setReplyUse(commit, used, { keys, lifetimes, deskId, nowMs: this.options.now() });
    }
    for (const place of change.told ?? []) {
      commit.set(keys.told(deskId, place), toStored(this.options.now()), {
        expireIn: lifetimes.told,
      });
    }
    for (const place of change.notes ?? []) {
      commit.set(keys.note(deskId, place), toStored(this.options.now()), {
        expireIn: lifetimes.note,
      });
    }
    for (const job of change.rewrites ?? []) {
      commit.set(keys.job(job.lane, job.order), await storeJob(job, this.options.seal));
    }
    for (const membership of change.memberships ?? []) {
      this.#keepMembership(commit, deskId, membership);
    }
    for (const membership of change.asked ?? []) {
      const entry = await this.kv.get<Stored<Membership>>(
        keys.membership(deskId, membership.userId),
      );
      // An update that came meanwhile knows better than the answer.
      if ((fromStored(entry)?.untilMs ?? 0) > this.options.now()) continue;
      commit.check(entry);
      this.#keepMembership(commit, deskId, membership);
    }
    for (const { chatId, untilMs } of change.pauses ?? []) {
      const expireIn = Math.max(0, untilMs - this.options.now());
      commit.set(keys.pause(chatId), toStored(untilMs), { expireIn });
    }
    const touched = await this.append(commit, change.tasks ?? [], arrival, heldLane);
    for (const { lane } of change.rewrites ?? []) touched.push({ lane });
    for (const wake of change.wake ?? []) {
      await this.#wake(commit, wake);
      const added = touched.find((each) => laneName(each.lane) === laneName(wake.lane));
      if (added) added.because = wake.because;
      else touched.push(wake);
    }
    return touched;
  }

  /** Takes a customer's traces away; what named them leads to nobody from then on. */
  #erase(commit: Deno.AtomicOperation, deskId: number, change: Change): void {
    const { keys, seal, now } = this.options;
    for (const key of change.traces ?? []) commit.delete(key as Deno.KvKey);
    for (const root of change.erasedRoots ?? []) {
      commit.set(keys.customerByRoot(deskId, root), toStored("erased"));
    }
    for (const postId of change.erasedPosts ?? []) {
      commit.set(keys.erasedPost(deskId, postId), toStored(now()));
    }
    for (const { customerId, erasure } of change.erasures ?? []) {
      const key = keys.erasure(deskId, markOf(customerId, { deskId, seal }));
      const expireIn = "untilMs" in erasure ? Math.max(0, erasure.untilMs - now()) : undefined;
      commit.set(key, toStored(erasure), expireIn === undefined ? {} : { expireIn });
    }
  }

  /** What is kept of the desk itself: its team, and what its administrators have decided. */
  #writeDesk(commit: Deno.AtomicOperation, deskId: number, change: Change): void {
    const { keys } = this.options;
    for (const agent of change.agents ?? []) {
      commit.set(keys.agent(deskId, agent.userId), toStored(agent));
    }
    for (const { userId, isWanted } of change.notices ?? []) {
      commit.set(keys.noticeWanted(deskId, userId), toStored(isWanted));
    }
    for (const { userId, isAllowed } of change.allowed ?? []) {
      const key = keys.allowed(deskId, userId);
      if (isAllowed) commit.set(key, toStored(this.options.now()));
      else commit.delete(key);
    }
    if (change.settings) commit.set(keys.settings(deskId), toStored(change.settings, "settings"));
    for (const { name, words } of change.ownTexts ?? []) {
      const key = keys.ownText(deskId, name);
      if (words) commit.set(key, toStored(words));
      else commit.delete(key);
    }
  }

  /** Has the lane's next job, if it waits for this, wait no longer: whoever works the lane next. */
  async #wake(
    commit: Deno.AtomicOperation,
    { lane, because }: NonNullable<Change["wake"]>[number],
  ): Promise<void> {
    const selector = { prefix: this.options.keys.jobsOf(lane) };
    const list = this.kv.list<Stored<StoredJob>>(selector, { limit: 1 });
    const { value: entry } = await list.next();
    const job = entry && fromStored(entry);
    if (!entry || !job || job.waitsFor !== because) return;
    const { waitsFor: _come, ...awake } = job;
    commit.check(entry).set(entry.key, toStored({ ...awake, dueMs: this.options.now() }));
  }

  #keepMembership(
    commit: Deno.AtomicOperation,
    deskId: number,
    membership: Membership,
  ): void {
    const expireIn = Math.max(0, membership.untilMs - this.options.now());
    const key = this.options.keys.membership(deskId, membership.userId);
    commit.set(key, toStored(membership), { expireIn });
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
    const end = follower?.arrival === arrival ? follower.n : n + 1;
    for (const [index, task] of tasks.entries()) {
      const order = { arrival, n: n + (end - n) * index / tasks.length };
      const { acceptedMs } = job;
      const next: Job = { lane, order, task, acceptedMs, dueMs: this.options.now(), attempts: 0 };
      const key = this.options.keys.job(lane, order);
      if (index > 0) commit.check({ key, versionstamp: null });
      commit.set(key, await storeJob(next, this.options.seal));
    }
  }

  async append(
    commit: Deno.AtomicOperation,
    tasks: NewTask[],
    arrival: number,
    heldLane?: Lane,
  ): Promise<Touched[]> {
    const lanes = Map.groupBy(tasks, ({ lane }) => laneName(lane));
    return await Promise.all([...lanes.values()].map(async (tasks) => {
      const { lane } = tasks[0]!;
      const leaseKey = this.options.keys.lease(lane);
      const isHeld = heldLane !== undefined && laneName(lane) === laneName(heldLane);
      const [last, lease] = await Promise.all([
        this.#lastOrder(lane),
        isHeld ? null : this.kv.get<{ value: LeaseRecord }>(leaseKey),
      ]);
      let order = last;
      let first: Job | undefined;
      for (const { task, name, dueMs } of tasks) {
        order = orderAfter(order, arrival);
        const key = this.options.keys.job(lane, order);
        const acceptedMs = this.options.now();
        const job: Job = { lane, order, task, acceptedMs, dueMs: dueMs ?? acceptedMs, attempts: 0 };
        commit.check({ key, versionstamp: null }).set(key, await storeJob(job, this.options.seal));
        first ??= job;
        if (name === undefined) continue;
        const pointer: NamedPointer = { order, messageId: messageOf(task) };
        commit.set(this.options.keys.named(lane, name), toStored(pointer), {
          expireIn: this.options.lifetimes.named,
        });
      }
      // A lane with jobs in it is being worked, or waits for its time.
      if (last || !lease || !isFree(lease.value?.value, this.options)) return { lane };
      if (lease.value?.value.owner === this.options.owner) return { lane };
      const record = newLease(this.options);
      commit.check(lease).set(leaseKey, toStored(record), {
        expireIn: this.options.lifetimes.lease,
      });
      const followedBy = tasks[1]?.task.kind;
      const next = { job: first!, versionstamp: "", ...(followedBy ? { followedBy } : {}) };
      return { lane, taken: { lease: { ...record, versionstamp: "" }, next } };
    }));
  }

  async #lastOrder(lane: Lane): Promise<Order | undefined> {
    const selector = { prefix: this.options.keys.jobsOf(lane) };
    const { value: entry } = await this.kv.list(selector, { limit: 1, reverse: true }).next();
    return entry ? orderOfJobKey(entry.key) : undefined;
  }
}
