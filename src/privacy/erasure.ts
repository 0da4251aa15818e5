/**
 * Erasing a customer: everything that is kept of them is taken away, and whatever still names them
 * leads to nobody from then on. It goes in steps, each of which may be done again; the last takes
 * the conversation itself, in one commit, when nobody works on it and nothing of it is left.
 */
import type { Change, NewTask, RootPlace } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { type Conversation, isPutOff, lastActiveMs } from "../conversation/conversation.ts";
import type { Desk } from "../desk/desk.ts";
import type { ConversationId } from "../conversation/conversation.ts";
import type { Job } from "../jobs/job.ts";
import { type Lane, laneOf } from "../conversation/lane.ts";
import type { Erasure, Footprint } from "../jobs/footprint.ts";
import type { Link, Place } from "../message/link.ts";
import { keepDays, type Settings } from "../settings/settings.ts";
import type { EffaceTask, EraseTask } from "../jobs/erase_task.ts";
import type { NoticeTask } from "../jobs/notice_task.ts";
import { DAY_MS } from "../time/duration.ts";
import { defined } from "../values/defined.ts";
import { addUndelivered, NONE_UNDELIVERED, undeliveredOf } from "./undelivered.ts";

/** How many links go at once. */
export const LINKS_AT_ONCE = 50;

/** How many desks are asked at once. */
const DESKS_AT_ONCE = 10;

/** Telegram repeats no update that is older than a day (Bot API, getUpdates). */
const LATE_MS = 2 * DAY_MS;

/** Under which name the job can be found while it waits: one is enough. */
const ERASE = "erase";

/** Of several reasons the one counts for which most is said. */
const WEIGHTS: Record<EraseTask["because"], number> = { time: 0, "other desk": 1, customer: 2 };

/** Everything of a customer's is to be erased: once, and if they want it themselves, they are told. */
export async function onEraseAsked(
  read: Reader,
  task: EraseTask,
  lane: Lane,
): Promise<Change> {
  const waiting = (await read.named(lane, ERASE))?.job;
  if (waiting?.task.kind !== "erase") return { tasks: [{ lane, task, name: ERASE }] };
  const { because, undelivered, isBegun } = waiting.task;
  if (WEIGHTS[task.because] <= WEIGHTS[because]) return {};
  return { rewrites: [{ ...waiting, task: { ...task, ...defined({ undelivered, isBegun }) } }] };
}

/** Everything of a customer's is to be erased here, and then at these other desks as well. */
export async function onEraseAskedEverywhere(
  read: Reader,
  task: EraseTask,
  lane: Lane,
  otherDesks: number[],
): Promise<Change> {
  const here: EraseTask = otherDesks.length > 0 ? { ...task, otherDesks } : task;
  return await onEraseAsked(read, here, lane);
}

/** Has some of the other desks erase, and goes on with the rest: a commit takes a hundred checks. */
export async function onEraseElsewhere(
  read: Reader,
  { otherDesks = [], ...task }: EraseTask,
  lane: Lane,
): Promise<Change> {
  const changes = await Promise.all(
    otherDesks.slice(0, DESKS_AT_ONCE).map((deskId) =>
      onEraseAsked(read, elsewhere(task), { ...lane, deskId })
    ),
  );
  const left = otherDesks.slice(DESKS_AT_ONCE);
  return {
    tasks: changes.flatMap(({ tasks = [] }) => tasks),
    rewrites: changes.flatMap(({ rewrites = [] }) => rewrites),
    instead: [left.length > 0 ? { ...task, otherDesks: left } : task],
  };
}

/** The task by which another desk erases the customer, too. */
function elsewhere({ private: secret }: Pick<EraseTask, "private">): EraseTask {
  return { kind: "erase", because: "other desk", ...defined({ private: secret }) };
}

/**
 * A conversation that has gone on at another desk since it was asked to be erased is erased there, too:
 * one that began when it did is the same, and no other that has begun anew.
 */
async function onErasedMove(
  read: Reader,
  conversation: Conversation | null,
  { task, lane }: { task: EraseTask; lane: Lane },
): Promise<Change> {
  const deskId = conversation?.movedTo?.deskId;
  if (deskId === undefined || task.because === "time") return {};
  const there = await read.at(deskId).conversation(lane.customerId);
  if (there?.sinceMs !== conversation?.sinceMs) return {};
  return await onEraseAsked(read, elsewhere(task), { ...lane, deskId });
}

/** Whether everything of a customer's is about to be erased. */
export async function isEraseWaiting(read: Reader, lane: Lane): Promise<boolean> {
  return (await read.named(lane, ERASE))?.job?.task.kind === "erase";
}

/** A conversation in which nobody has written for long is erased, and nobody told. */
export async function onExpired(
  read: Reader,
  { deskId, customerId }: ConversationId,
  nowMs: number,
): Promise<Change> {
  const conversation = await read.conversation(customerId);
  if (!conversation || !isExpired(conversation, await read.settings(), nowMs)) return {};
  const lane: Lane = { deskId, customerId, direction: "to-desk" };
  return await onEraseAsked(read, { kind: "erase", because: "time" }, lane);
}

/**
 * Whether nobody has written in a conversation for as long as the desk keeps them, and nobody has put
 * it off, or an answer to be sent later. When the customer last wrote is known to within a day.
 */
export function isExpired(
  conversation: Conversation,
  settings: Settings,
  nowMs: number,
): boolean {
  const days = keepDays(settings);
  if (days === null || isPutOff(conversation, nowMs)) return false;
  return nowMs - lastActiveMs(conversation) >= (days + 1) * DAY_MS;
}

/**
 * Whether it still is to be done: who writes meanwhile is not forgotten for having been silent,
 * unless something leads to nobody already.
 */
export async function isStillToErase(
  read: Reader,
  { because, isBegun }: EraseTask,
  customerId: number,
  nowMs: number,
): Promise<boolean> {
  if (because !== "time" || isBegun) return true;
  const conversation = await read.conversation(customerId);
  return conversation !== null && isExpired(conversation, await read.settings(), nowMs);
}

/** A step: as much as fits into one commit is taken away; in the end, the conversation. */
export async function onErase(
  read: Reader,
  { job, task, handled, desk, nowMs }: {
    job: Job;
    task: EraseTask;
    /** What this step has been prepared for. */
    handled: Footprint;
    desk: Desk;
    nowMs: number;
  },
): Promise<Change> {
  const { customerId } = job.lane;
  if (!await isStillToErase(read, task, customerId, nowMs)) return {};
  const footprint = await read.footprint(job, handled.links.length);
  const isKnown = footprint.links.every((link) =>
    handled.links.some((each) => isSameLink(each, link))
  );
  if (footprint.isBusy || !isKnown) return { instead: [task] };
  const { traces, roots: erasedRoots, posts } = footprint;
  const next: EraseTask = {
    ...task,
    undelivered: addUndelivered(task.undelivered, undeliveredOf(footprint.waiting)),
    ...defined({ isBegun: task.isBegun ?? (posts.length > 0 || undefined) }),
  };
  const taken = { traces, erasedRoots, erasedPosts: posts };
  // Posts are effaced behind what is left to erase: until then the card may be written anew.
  if (!footprint.isLast) return { ...taken, instead: [next, ...effacing(posts)] };

  const [conversation, root] = await Promise.all([
    read.conversation(customerId),
    read.rootOf(customerId),
  ]);
  const moved = await onErasedMove(read, conversation, { task, lane: job.lane });
  const named = [conversation?.card?.postId, root?.postId].filter((id) => id !== undefined);
  const erasedPosts = [...new Set([...posts, ...named])];
  return {
    ...taken,
    ...moved,
    forget: [customerId],
    lostRoots: [customerId],
    erasedRoots: root ? [...erasedRoots, root] : erasedRoots,
    erasedPosts,
    ...(conversation
      ? { erasures: [{ customerId, erasure: erasureOf(conversation, nowMs) }] }
      : {}),
    ...(conversation?.status === "open" && named.length > 0
      ? { events: [{ kind: "closed", atMs: nowMs }] }
      : {}),
    instead: [
      ...effacing(erasedPosts),
      ...erasureNotices(next, { conversation, root, desk, customerId }),
    ],
  };
}

/**
 * The thread is told, and the customer: once for all desks, but of each what went nowhere there. What
 * a conversation has left behind is quiet, and so is what goes because it is old.
 */
function erasureNotices(
  { because, question, undelivered = NONE_UNDELIVERED, private: secret }: EraseTask,
  { conversation, root, desk, customerId }: {
    conversation: Conversation | null;
    root: RootPlace | null;
    desk: Desk;
    customerId: number;
  },
): NoticeTask[] {
  if (because === "time") return [];
  const isAsked = because === "customer";
  const isServed = conversation !== null && conversation.movedTo === undefined;
  const isThreadTold = isAsked || isServed || undelivered.fromTeam > 0;
  const thread: NoticeTask[] = isThreadTold && root?.chatId === desk.groupId
    ? [{
      kind: "notice",
      notice: { text: "did-erase", undelivered: undelivered.fromTeam },
      chatId: root.chatId,
      answerTo: root.messageId,
    }]
    : [];
  if (!isAsked && undelivered.fromCustomer === 0) return thread;
  return [...thread, {
    kind: "notice",
    notice: {
      text: "erased",
      undelivered: undelivered.fromCustomer,
      isBanned: conversation?.status === "banned",
    },
    chatId: customerId,
    ...defined({ replaces: question, private: secret }),
  }];
}

/**
 * A root is of somebody who has erased their data: it leads to nobody.
 * @param posts those that name them still
 */
export function onErasedRoot(root: Place, posts: number[], desk: Desk): Change {
  const lane = laneOf(desk, 0, "to-desk");
  const tasks = effacing(posts).map((task): NewTask => ({ lane, task }));
  return { erasedRoots: [root], erasedPosts: posts, tasks };
}

/** What has posts name nobody, if there are any. */
function effacing(posts: number[]): EffaceTask[] {
  return posts.length > 0 ? [{ kind: "efface", posts }] : [];
}

function erasureOf({ status, isBanTold }: Conversation, nowMs: number): Erasure {
  if (status !== "banned") return { untilMs: nowMs + LATE_MS };
  return { isBanned: true, ...defined({ isTold: isBanTold }) };
}

function isSameLink(a: Link, b: Link): boolean {
  return a.here.messageId === b.here.messageId && a.there.messageId === b.there.messageId;
}
