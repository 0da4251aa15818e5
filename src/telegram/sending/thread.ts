/** The way to a customer's thread: what is done while it is not known, and when it is gone. */
import type { RootPlace } from "../../jobs/change.ts";
import type { Conversation } from "../../conversation/conversation.ts";
import { laneName } from "../../conversation/lane.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Task } from "../../jobs/task.ts";
import { PATIENT_WAIT_MS, type Work } from "./work.ts";
import { MINUTE_MS } from "../../time/duration.ts";

/** How long a card's automatic forward is awaited before another card is posted … */
const ROOT_PATIENCE_MS = 10 * MINUTE_MS;
/** … and how much longer for each card that was posted in vain. */
const ROOT_PATIENCE_GROWTH = 6;
/** How long it is awaited once a desk is repaired that was broken when the card was posted. */
const REPAIRED_PATIENCE_MS = 30_000;

/** Finds the root of the thread. An outcome instead of `null`: the job cannot go there now. */
export async function findThread(work: Work): Promise<Outcome | null> {
  const [root, conversation] = await Promise.all([
    work.read.rootOf(work.customerId),
    work.read.conversation(work.customerId),
  ]);
  // Who wrote turned out to be of the team: the card's job has forgotten the conversation.
  if (!conversation) return { kind: "sent" };
  // A thread that cannot be opened from its card is seen by nobody.
  if (!work.options.isLinked()) return work.waitForDesk();
  work.card = conversation.card;
  if (root === null) return waitForRoot(work, conversation);
  if (root.chatId !== work.chatId) {
    await work.options.refreshDesk();
    work.desk = work.options.desk();
  }
  if (root.chatId !== work.chatId) return elsewhere(work, root, conversation);
  work.rootId = root.messageId;
  return null;
}

/** The channel was given another group: its threads begin anew there. */
function elsewhere(work: Work, { postId }: RootPlace, { card }: Conversation): Outcome {
  const isNewer = card !== undefined && card.postId === postId &&
    card.postedMs > work.options.askedMs();
  if (!isNewer) {
    return work.isAside ? joinTeamLane(work) : newThread(work, { wasInVain: false });
  }
  // This thread has begun since Telegram was asked: the group has changed once more.
  work.options.onRootMissing();
  return work.waitForDesk();
}

/** Until the automatic forward is seen; one that never comes is not waited for for ever. */
function waitForRoot(work: Work, { card }: Conversation): Outcome {
  if (work.isAside) return joinTeamLane(work);
  const nowMs = work.options.now();
  // The card's own job stood before this one: it was given up, and no card is on its way.
  if (!card || card.isOver) return newThread(work, { wasInVain: false });
  if (nowMs - card.postedMs > PATIENT_WAIT_MS) work.options.onRootMissing();
  const patienceMs = patienceOf(card);
  const repairedMs = work.options.repairedMs();
  // A forward that came while the bot was not there to see it does not come again.
  const isMissed = card.postedMs < repairedMs && nowMs - repairedMs > REPAIRED_PATIENCE_MS;
  if (isMissed || nowMs - card.postedMs > patienceMs) {
    return newThread(work, { wasInVain: !isMissed });
  }
  return { kind: "wait", untilMs: nowMs + PATIENT_WAIT_MS, waitsFor: "root" };
}

/**
 * The root is gone. If it goes again as soon as it comes, somebody removes what the bot posts:
 * then cards follow more and more rarely.
 */
export function deadThread(work: Work): Outcome {
  if (work.isAside) return joinTeamLane(work);
  const { lane } = work.job;
  const nowMs = work.options.now();
  const card = work.card;
  if (!card || nowMs - card.postedMs >= ROOT_PATIENCE_MS * ROOT_PATIENCE_GROWTH) {
    return newThread(work, { wasInVain: false });
  }
  const againMs = card.postedMs + patienceOf(card) / ROOT_PATIENCE_GROWTH;
  if (card.inVain === undefined || againMs <= nowMs) return newThread(work, { wasInVain: true });
  work.options.log.warn("threads are removed", { lane: laneName(lane) });
  return { kind: "wait", untilMs: againMs };
}

/** Threads begin in the lane that leads to them: only there cards are posted. */
function joinTeamLane(work: Work): Outcome {
  const { lane, task } = work.job;
  const toTeam = { ...lane, direction: "to-team" } as const;
  return { kind: "sent", decide: () => ({ tasks: [{ lane: toTeam, task }] }) };
}

/** The thread is gone, or never began: a new card is posted, and this same job goes under it. */
function newThread(work: Work, { wasInVain }: { wasInVain: boolean }): Outcome {
  const { task } = work.job;
  return {
    kind: "sent",
    decide: async (read) => {
      const conversation = await read.conversation(work.customerId);
      if (!conversation) return {};
      const { card } = conversation;
      const inVain = wasInVain ? (card?.inVain ?? 0) + 1 : 0;
      return {
        ...(card ? { conversations: [{ ...conversation, card: { ...card, isOver: true } }] } : {}),
        lostRoots: [work.customerId],
        instead: [
          { kind: "card", ...(inVain > 0 ? { inVain } : {}) },
          { kind: "notice", notice: { text: "panel" } },
          ...(isPanel(task) ? [] : [task]),
        ],
      };
    },
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
