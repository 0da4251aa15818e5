/** The way to a customer's thread: what is done while it is not known, and when it is gone. */
import type { Change, NewTask, RootPlace } from "../../jobs/change.ts";
import type { Reader } from "../../jobs/reader.ts";
import type { Conversation } from "../../conversation/conversation.ts";
import type { Job } from "../../jobs/job.ts";
import { type Lane, laneName } from "../../conversation/lane.ts";
import type { NoticeTask } from "../../jobs/notice_task.ts";
import { tellsOfCustomer } from "../../decisions/gone_on.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Task } from "../../jobs/task.ts";
import { type Delivery, PATIENT_WAIT_MS } from "./delivery.ts";
import { MINUTE_MS } from "../../time/duration.ts";
import { defined } from "../../values/defined.ts";
import { isWithin } from "../../time/elapsed.ts";

/** How long a card's automatic forward is awaited before another card is posted … */
const ROOT_PATIENCE_MS = 10 * MINUTE_MS;
/** … and how much longer for each card that was posted in vain. */
const ROOT_PATIENCE_GROWTH = 6;
/** How long it is awaited once a desk is repaired that was broken when the card was posted. */
const REPAIRED_PATIENCE_MS = 30_000;

/** Finds the root of the thread. An outcome instead of `null`: the job cannot go there now. */
export async function reachThread(delivery: Delivery): Promise<Outcome | null> {
  const { watch } = delivery.served;
  const [root, conversation] = await Promise.all([
    delivery.read.rootOf(delivery.customerId),
    delivery.read.conversation(delivery.customerId),
  ]);
  if (!conversation) {
    // Who wrote turned out to be of the team: the card's job has forgotten the conversation.
    if (root?.chatId !== delivery.chatId) return { kind: "sent" };
    // A card of somebody who never wrote: what its thread is told is all there is.
    delivery.rootId = root.messageId;
    return null;
  }
  // A thread that cannot be opened from its card is seen by nobody.
  if (!watch.isLinked) return delivery.waitForDesk();
  delivery.card = conversation.card;
  if (root === null && conversation.movedTo && changesCopy(delivery.job.task)) return null;
  if (root === null) return waitForRoot(delivery, conversation);
  if (!await delivery.isInGroup(root)) return elsewhere(delivery, root, conversation);
  delivery.rootId = root.messageId;
  return null;
}

/**
 * Whether a task changes what is shown already. Where no thread begins any more, since the conversation
 * goes on elsewhere, it needs none.
 */
function changesCopy({ kind }: Task): boolean {
  return kind === "edit" || kind === "reaction";
}

/** The channel was given another group: its threads begin anew there. */
function elsewhere(delivery: Delivery, { postId }: RootPlace, { card }: Conversation): Outcome {
  const { served: { watch }, options: { later, now } } = delivery;
  const isNewer = card !== undefined && card.postId === postId &&
    card.postedMs > watch.askedMs && card.postedMs <= now();
  if (!isNewer) {
    return delivery.isAside ? joinTeamLane(delivery) : newThread(delivery, { wasInVain: false });
  }
  // This thread has begun since Telegram was asked: the group has changed once more.
  later(watch.missRoot());
  return delivery.waitForDesk();
}

/** Until the automatic forward is seen; one that never comes is not waited for for ever. */
function waitForRoot(delivery: Delivery, { card }: Conversation): Outcome {
  if (delivery.isAside) return joinTeamLane(delivery);
  const { served: { watch }, options: { later, now } } = delivery;
  const nowMs = now();
  // The card's own job stood before this one: it was given up, and no card is on its way.
  if (!card || card.isOver) return newThread(delivery, { wasInVain: false });
  if (nowMs - card.postedMs > PATIENT_WAIT_MS) later(watch.missRoot());
  const patienceMs = patienceOf(card);
  const { repairedMs } = watch;
  // A forward that came while the bot was not there to see it does not come again.
  const isMissed = card.postedMs < repairedMs && nowMs - repairedMs > REPAIRED_PATIENCE_MS;
  if (isMissed || !isWithin(patienceMs, card.postedMs, nowMs)) {
    return newThread(delivery, { wasInVain: !isMissed });
  }
  return { kind: "wait", untilMs: nowMs + PATIENT_WAIT_MS, waitsFor: "root" };
}

/**
 * The root is gone. If it goes again as soon as it comes, somebody removes what the bot posts:
 * then cards follow more and more rarely.
 */
export function deadThread(delivery: Delivery): Outcome {
  if (delivery.isAside) return joinTeamLane(delivery);
  const { lane } = delivery.job;
  const nowMs = delivery.options.now();
  const card = delivery.card;
  if (!card || !isWithin(ROOT_PATIENCE_MS * ROOT_PATIENCE_GROWTH, card.postedMs, nowMs)) {
    return newThread(delivery, { wasInVain: false });
  }
  const againMs = card.postedMs + patienceOf(card) / ROOT_PATIENCE_GROWTH;
  if (card.inVain === undefined || againMs <= nowMs) {
    return newThread(delivery, { wasInVain: true });
  }
  delivery.options.log.warn("threads are removed", { lane: laneName(lane) });
  return { kind: "wait", untilMs: againMs };
}

/** Threads begin in the lane that leads to them: only there cards are posted. */
function joinTeamLane(delivery: Delivery): Outcome {
  const { lane, task } = delivery.job;
  const toTeam = { ...lane, direction: "to-team" } as const;
  return { kind: "sent", decide: () => ({ tasks: [{ lane: toTeam, task }] }) };
}

/** The thread is gone, or never began: a new card is posted, and this same job goes under it. */
function newThread(delivery: Delivery, { wasInVain }: { wasInVain: boolean }): Outcome {
  const { task, lane } = delivery.job;
  return {
    kind: "sent",
    decide: async (read) => {
      const conversation = await read.conversation(delivery.customerId);
      if (!conversation) return {};
      const { card, movedTo } = conversation;
      const root = await read.rootOf(delivery.customerId);
      const isDoubted = root !== null && await read.doubt(delivery.customerId, root) !== null;
      const looks: Task[] = isDoubted && task.kind !== "look"
        ? [{ kind: "look", root, asks: true }]
        : [];
      if (movedTo) {
        // What stands there in vain comes first.
        return looks.length > 0
          ? { instead: [...looks, task] }
          : await shownElsewhere({ task, lane }, movedTo.deskId, read);
      }
      const inVain = wasInVain ? (card?.inVain ?? 0) + 1 : undefined;
      return {
        ...(card ? { conversations: [{ ...conversation, card: { ...card, isOver: true } }] } : {}),
        lostRoots: [delivery.customerId],
        instead: [
          { kind: "card", ...defined({ inVain }) },
          { kind: "notice", notice: { text: "panel" } },
          ...looks,
          ...(isPanel(task) ? [] : [task]),
        ],
      };
    },
  };
}

/**
 * What its thread cannot show any more, the one in which the conversation goes on does: at another
 * desk, to which no copy can be moved, so that it is shown anew.
 */
export async function shownElsewhere(
  { task, lane }: Pick<Job, "task" | "lane">,
  deskId: number,
  read: Reader,
): Promise<Change> {
  const there = { ...lane, deskId };
  if (task.kind === "notice") return { tasks: await saidElsewhere({ task, lane }, there, read) };
  if (task.kind !== "relay" || task.stray === undefined) return { tasks: [{ lane: there, task }] };
  const { stray: _left, ...unshown } = task;
  const tasks: NewTask[] = [{ lane: there, task: unshown }];
  const left = (await read.counterpart(task.from))?.there;
  if (!left) return { tasks };
  const aside = { ...lane, direction: "to-desk" } as const;
  return {
    tasks: [...tasks, { lane: aside, task: { kind: "delete", at: left } }],
    unlinks: [{ here: task.from, there: left, shows: task.shows }],
  };
}

/** What is still said of a notice for a thread that is gone, and at which desk. */
async function saidElsewhere(
  { task, lane }: { task: NoticeTask; lane: Lane },
  there: Lane,
  read: Reader,
): Promise<NewTask[]> {
  const { answerIn: chatId, notice } = task;
  // What answers somebody of this desk is for them, and for nobody of the other.
  if (chatId !== undefined) {
    const { answerIn: _its, ...answer } = task;
    const root = await read.rootOf(lane.customerId);
    const rootId = root?.chatId === chatId ? root.messageId : undefined;
    return [{ lane, task: { ...answer, chatId, ...defined({ rootId }) } }];
  }
  // The other thread has begun with its own panel.
  if (notice.text === "panel") {
    const { source } = notice;
    return source === undefined
      ? []
      : [{ lane: there, task: { kind: "notice", notice: { text: "source", source } } }];
  }
  return tellsOfCustomer(notice) ? [{ lane: there, task }] : [];
}

/**
 * What a customer makes of a message that is not shown here: where the conversation goes on, since
 * what could not be shown here goes there. `null`: it goes on here.
 */
export async function shownThere(
  { isToTeam, customerId, read, job: { task, lane } }: Delivery,
): Promise<Outcome | null> {
  const { movedTo } = isToTeam ? await read.conversation(customerId) ?? {} : {};
  if (!movedTo) return null;
  return {
    kind: "sent",
    decide: (read) => shownElsewhere({ task, lane }, movedTo.deskId, read),
  };
}

/** A thread that begins anew has its own. */
function isPanel(task: Task): boolean {
  return task.kind === "notice" && task.notice.text === "panel";
}

/** How long a card's thread is waited for, by how many cards before it were in vain. */
function patienceOf({ inVain = 0 }: NonNullable<Conversation["card"]>): number {
  return ROOT_PATIENCE_MS * ROOT_PATIENCE_GROWTH ** inVain;
}
