/**
 * Puts a change into a commit: which keys it sets, which jobs it adds where. It commits nothing
 * itself.
 */
import type { Change } from "../jobs/change.ts";
import type { Job } from "../jobs/job.ts";
import type { Conversation, Customer } from "../conversation/conversation.ts";
import { laneName } from "../conversation/lane.ts";
import type { Served } from "../conversation/served.ts";
import { endsOf } from "../message/link.ts";
import { isBelieved, type Membership } from "../desk/team.ts";
import { defined } from "../values/defined.ts";
import type { DeskEvent } from "../stats/stats.ts";
import type { Keys } from "./keys.ts";
import type { LaneEnds } from "./lane_ends.ts";
import type { LaneWriter, Touched } from "./lane_writer.ts";
import type { Lifetimes } from "./lifetimes.ts";
import { fromStored, type Stored, toStored } from "./records.ts";
import { setReplyUse } from "./reply_records.ts";
import type { ScheduleRecords } from "./schedule_records.ts";
import { storeJob } from "./stored_job.ts";
import { erasureMarkOf, type Seal } from "./seal.ts";
import type { PauseRecord } from "./reader.ts";

/** Writes changes of one bot. */
export class ChangeWriter {
  constructor(
    private readonly kv: Deno.Kv,
    private readonly options: {
      keys: Keys;
      lanes: LaneWriter;
      schedule: ScheduleRecords;
      seal: Seal;
      lifetimes: Lifetimes;
      now: () => number;
    },
  ) {}

  /**
   * Adds a change to a commit: its records, its tasks at the ends of their lanes, and the leases
   * of those lanes that are free.
   */
  async write(
    commit: Deno.AtomicOperation,
    deskId: number,
    change: Change,
    arrival: number,
    ends?: LaneEnds,
  ): Promise<Touched[]> {
    this.#writeConversations(commit, deskId, change);
    await this.#forget(commit, deskId, change);
    this.#writeLinks(commit, deskId, change);
    this.#erase(commit, deskId, change);
    this.#writeDesk(commit, deskId, change);
    await this.#count(commit, deskId, change, arrival);
    this.#mark(commit, deskId, change);
    await this.#writeMemberships(commit, deskId, change);
    await this.#keepFailed(commit, change, arrival);
    for (const { deskId, change: there } of change.elsewhere ?? []) {
      await this.write(commit, deskId, there, arrival);
    }
    const waiting = await this.options.schedule.write(commit, change, arrival);
    return [...await this.#writeLanes(commit, change, arrival, ends), ...waiting];
  }

  /** Who is known, in which state, and which posts and roots stand for whom. */
  #writeConversations(commit: Deno.AtomicOperation, deskId: number, change: Change): void {
    const { keys, lifetimes, now } = this.options;
    for (const conversation of change.conversations ?? []) {
      commit.set(keys.conversation(deskId, conversation.customer.id), toStored(conversation));
    }
    for (const { customerId, visit } of change.visits ?? []) {
      const key = keys.visit(deskId, customerId);
      if (visit) commit.set(key, toStored(visit), { expireIn: lifetimes.visit });
      else commit.delete(key);
    }
    for (const { customerId, ...served } of change.servedBy ?? []) {
      commit.set(keys.servedBy(customerId), toStored(served));
    }
    for (const { customerId, at } of change.roots ?? []) {
      commit.set(keys.root(deskId, customerId), toStored(at));
    }
    for (const { customerId, at } of [...change.roots ?? [], ...change.sideRoots ?? []]) {
      commit.set(keys.customerByRoot(deskId, at), toStored(customerId));
      commit.set(keys.everyRoot(deskId, customerId, at), toStored(now()));
      if (at.postId === undefined) continue;
      commit.set(keys.everyPost(deskId, customerId, at.postId), toStored(now()));
    }
    for (const { customerId, postId } of change.posts ?? []) {
      commit.set(keys.everyPost(deskId, customerId, postId), toStored(now()));
    }
    for (const { customerId, root, doubt } of change.doubts ?? []) {
      const key = keys.doubt(deskId, customerId, root);
      if (doubt) commit.set(key, toStored(doubt));
      else commit.delete(key);
    }
    for (const customerId of change.lostRoots ?? []) {
      commit.delete(keys.root(deskId, customerId));
    }
  }

  /**
   * Forgets conversations. What is deleted stays in SQLite's pages until they are used again; what is
   * written over with as many bytes does not (https://sqlite.org/pragma.html#pragma_secure_delete).
   */
  async #forget(commit: Deno.AtomicOperation, deskId: number, change: Change): Promise<void> {
    for (const customerId of change.forget ?? []) {
      const key = this.options.keys.conversation(deskId, customerId);
      const known = fromStored(await this.kv.get<Stored<Conversation>>(key));
      if (known) commit.set(key, toStored({ ...known, customer: nameless(known.customer) }));
      commit.delete(key);
      const servedBy = await this.kv.get<Stored<Served>>(this.options.keys.servedBy(customerId));
      if (fromStored(servedBy)?.deskId === deskId) commit.check(servedBy).delete(servedBy.key);
    }
  }

  /** What is shown there no longer, and what is shown where: the same message may be, elsewhere. */
  #writeLinks(commit: Deno.AtomicOperation, deskId: number, change: Change): void {
    const { keys, lifetimes } = this.options;
    for (const { here, there, also = [] } of change.unlinks ?? []) {
      const { chatId } = there;
      const places = [here, there, ...also.map((messageId) => ({ chatId, messageId }))];
      for (const place of places) commit.delete(keys.link(deskId, place));
    }
    for (const link of change.links ?? []) {
      for (const { here, ...counterpart } of endsOf(link)) {
        commit.set(keys.link(deskId, here), toStored(counterpart), { expireIn: lifetimes.link });
      }
    }
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
      const key = keys.erasure(deskId, erasureMarkOf(customerId, { deskId, seal }));
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
    if (change.invite) commit.set(keys.invite(deskId), toStored(change.invite));
    if (change.invite === null) commit.delete(keys.invite(deskId));
    if (change.route) commit.set(keys.route(), toStored(change.route));
    if (change.route === null) commit.delete(keys.route());
    if (change.roster) commit.set(keys.roster(deskId), toStored(change.roster));
    if (change.settings) commit.set(keys.settings(deskId), toStored(change.settings, "settings"));
    for (const { name, words } of change.ownTexts ?? []) {
      const key = keys.ownText(deskId, name);
      if (words) commit.set(key, toStored(words));
      else commit.delete(key);
    }
  }

  /** What counts: events for statistics, uses of canned replies. */
  async #count(
    commit: Deno.AtomicOperation,
    deskId: number,
    change: Change,
    arrival: number,
  ): Promise<void> {
    const { keys, lifetimes, now } = this.options;
    for (const [index, event] of (change.events ?? []).entries()) {
      const key = isOfClock(event)
        ? await this.#freeKey(commit, (place) => keys.event(deskId, event, place), arrival + index)
        : keys.event(deskId, event, arrival + index);
      commit.set(key, toStored(event), { expireIn: lifetimes.event });
    }
    for (const used of change.replyUses ?? []) {
      setReplyUse(commit, used, { keys, lifetimes, deskId, nowMs: now() });
    }
  }

  /** The first place from this one on at which nothing lies, nor will when the commit is made. */
  async #freeKey(
    commit: Deno.AtomicOperation,
    keyOf: (place: number) => Deno.KvKey,
    first: number,
  ): Promise<Deno.KvKey> {
    for (let place = first;; place++) {
      const key = keyOf(place);
      if ((await this.kv.get(key)).versionstamp !== null) continue;
      commit.check({ key, versionstamp: null });
      return key;
    }
  }

  /** What is noted of single messages, and of chats, for a while. */
  #mark(commit: Deno.AtomicOperation, deskId: number, change: Change): void {
    const { keys, lifetimes, now } = this.options;
    for (const { at, reactorId } of change.reactors ?? []) {
      commit.set(keys.reactor(deskId, at), toStored(reactorId), { expireIn: lifetimes.reactor });
    }
    for (const place of change.told ?? []) {
      commit.set(keys.told(deskId, place), toStored(now()), { expireIn: lifetimes.told });
    }
    for (const place of change.notes ?? []) {
      commit.set(keys.note(deskId, place), toStored(now()), { expireIn: lifetimes.note });
    }
    for (const { customerId, command, confirmation } of change.confirmations ?? []) {
      const { chatId, messageId } = command;
      const there = { chatId, messageId: confirmation.messageId };
      const ends = [[command, confirmation], [there, { ...confirmation, messageId }]] as const;
      for (const [place, other] of ends) {
        const key = keys.confirmation(deskId, customerId, place);
        commit.set(key, toStored(other), { expireIn: lifetimes.confirmation });
      }
    }
    for (const { chatId, untilMs } of change.pauses ?? []) {
      const expireIn = Math.max(0, untilMs - now());
      const pause: PauseRecord = { fromMs: now(), untilMs };
      commit.set(keys.pause(chatId), toStored(pause), { expireIn });
    }
  }

  /** Who is of the team, and until when that may be believed. */
  async #writeMemberships(
    commit: Deno.AtomicOperation,
    deskId: number,
    change: Change,
  ): Promise<void> {
    const { keys, now } = this.options;
    for (const membership of change.memberships ?? []) {
      this.#keepMembership(commit, deskId, membership);
    }
    for (const membership of change.asked ?? []) {
      const entry = await this.kv.get<Stored<Membership>>(
        keys.membership(deskId, membership.userId),
      );
      const known = fromStored(entry);
      // An update that came meanwhile knows better than the answer.
      if (known && !known.isDoubtful && isBelieved(known, now())) continue;
      commit.check(entry);
      this.#keepMembership(commit, deskId, membership);
    }
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

  async #keepFailed(
    commit: Deno.AtomicOperation,
    change: Change,
    arrival: number,
  ): Promise<void> {
    const { keys, seal, lifetimes, now } = this.options;
    for (const [n, { lane, task, reason }] of (change.failed ?? []).entries()) {
      const order = { arrival, n };
      const nowMs = now();
      const job: Job = { lane, order, task, acceptedMs: nowMs, dueMs: nowMs, attempts: 0 };
      const stored = await storeJob({ ...job, lastError: reason }, seal);
      commit.set(keys.failed(lane, order), stored, { expireIn: lifetimes.failed });
    }
  }

  /** What is owed: jobs that go on otherwise, new ones, and those that wait no longer. */
  async #writeLanes(
    commit: Deno.AtomicOperation,
    change: Change,
    arrival: number,
    ends?: LaneEnds,
  ): Promise<Touched[]> {
    const { lanes } = this.options;
    for (const job of change.rewrites ?? []) await lanes.rewrite(commit, job);
    const touched = await lanes.append(commit, change.tasks ?? [], arrival, ends);
    for (const { lane } of change.rewrites ?? []) touched.push({ lane });
    for (const wake of change.wake ?? []) {
      await lanes.wake(commit, wake);
      const added = touched.find((each) => laneName(each.lane) === laneName(wake.lane));
      if (added) added.because = wake.because;
      else touched.push(wake);
    }
    return touched;
  }
}

/** Whether it may happen to several at the same moment, by one and the same update or by none. */
function isOfClock({ kind }: DeskEvent): boolean {
  return kind === "late" || kind === "autoclosed" || kind === "closed";
}

/** A customer whose names say nothing, and take as many bytes. */
function nameless({ id, firstName, lastName }: Customer): Customer {
  const filled = (name: string) => (isNarrow(name) ? "x" : "█").repeat(name.length);
  return {
    id,
    firstName: filled(firstName),
    ...defined({ lastName: lastName === undefined ? undefined : filled(lastName) }),
  };
}

/** Whether each letter of a text takes one byte where it is kept, rather than two. */
function isNarrow(text: string): boolean {
  return [...text].every((letter) => letter <= "\u{ff}");
}
