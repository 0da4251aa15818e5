/** How a job ends that could not be done: what each answer of Telegram means for it. */
import { classify, type Failure, isOfToken, isOut, type Verdict } from "../classify.ts";
import { laneName } from "../../conversation/lane.ts";
import { onBlocked } from "../../decisions/blocked.ts";
import { cannotBeShown, onGivenUp } from "../../decisions/given_up.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Task } from "../../jobs/task.ts";
import { type CarryingTask, isCarrying } from "../../jobs/task_traits.ts";
import type { Right } from "../../health/checklist.ts";
import type { ContentKind } from "../../message/content.ts";
import type { Undeliverable } from "../../texts/notice.ts";
import { say } from "../../texts/texts.ts";
import { type Delivery, PATIENT_WAIT_MS } from "./delivery.ts";
import { deadThread } from "./thread.ts";
import { DAY_MS } from "../../time/duration.ts";

/** How long what the team wrote waits for a customer who has blocked the bot. */
const BLOCKED_PATIENCE_MS = 7 * DAY_MS;

/**
 * The failure of an answer that was taken, but stands outside of its thread, while nothing of it is
 * written down. That comes before whatever else takes its time: who goes on with the job after this
 * process would send it again beside what lies there.
 */
export const UNWRITTEN: Failure = {
  code: 400,
  description: "message to be replied not found: the answer stands outside of its thread",
};

/**
 * The outcome of a call that failed. What a chat of the desk's refuses concerns the desk only if it
 * takes no text either; what anybody else's chat refuses is settled with them.
 */
export async function failed(delivery: Delivery, failure: Failure): Promise<Outcome> {
  const { isAtDesk, job: { task } } = delivery;
  if (failure === UNWRITTEN) return { kind: "go on", task, wentAstray: true };
  const verdict: Verdict = classify(failure);
  switch (verdict.kind) {
    case "pause":
      return paused(delivery, verdict.retryAfterS, delivery.chatId);
    case "unchanged":
      return { kind: "sent" };
    case "passing":
      return { kind: "retry", error: failure.description };
    case "no message":
      return task.kind === "card"
        ? trouble(delivery, failure)
        : undeliverable(delivery, { because: "deleted" });
    case "blocked":
      return isAtDesk ? refused(delivery, failure) : blocked(delivery);
    case "gone":
      return isAtDesk || isStory(delivery) ? refused(delivery, failure) : gone(delivery);
    case "no chat":
      return isAtDesk ? await refusedAtDesk(delivery, failure) : gone(delivery);
    case "trouble":
      if (isOfToken(failure)) return trouble(delivery, failure);
      if (isAtDesk) return await refusedAtDesk(delivery, failure);
      // What is copied comes from the group: the bot may not see it any more.
      if (isOut(failure) && isCarrying(task)) {
        return untilLookedAt(delivery, failure) ?? refused(delivery, failure);
      }
      return readsLikeBlock(delivery, failure) ? blocked(delivery) : refused(delivery, failure);
    case "migrated":
      return migrated(delivery, failure, verdict.chatId);
    case "no answered message":
      // The last thing tried was the root itself.
      return delivery.isToTeam && isAtDesk ? deadThread(delivery) : refused(delivery, failure);
    case "no voice":
      return undeliverable(delivery, { because: "voice" }, failure.description);
    case "no user":
    case "refused":
      // Words that nobody has seen yet may tell of the whole chat.
      if (isAtDesk && (isCarrying(task) || task.kind === "notice")) {
        return await refusedAtDesk(delivery, failure);
      }
      return readsLikeBlock(delivery, failure) ? blocked(delivery) : refused(delivery, failure);
    case "uncopyable":
    case "uneditable":
    case "too long":
    case "no quote":
      return readsLikeBlock(delivery, failure) ? blocked(delivery) : refused(delivery, failure);
  }
}

/** Who is of the team could not be asked: an error is no answer, so the job waits for one. */
export function unasked(delivery: Delivery, failure: Failure): Outcome {
  const verdict = classify(failure);
  if (verdict.kind === "passing") return { kind: "retry", error: failure.description };
  // It is the channel that was asked, whatever chat the job is for.
  if (verdict.kind !== "pause") return trouble(delivery, failure, delivery.desk.channelId);
  return { kind: "wait", untilMs: delivery.options.now() + verdict.retryAfterS * 1000 };
}

/** Telegram asks to leave a chat alone: the one that was called, which may be another than the job's. */
export function paused(
  { options: { pauses, now } }: Delivery,
  retryAfterS: number,
  chatId: number,
): Outcome {
  const untilMs = now() + Math.ceil(retryAfterS * 1000);
  pauses.pause(chatId, untilMs);
  return { kind: "wait", untilMs, decide: () => ({ pauses: [{ chatId, untilMs }] }) };
}

function migrated(delivery: Delivery, failure: Failure, chatId: number): Outcome {
  const { desk, served: { watch }, options: { later, now } } = delivery;
  // What is left behind in the old group cannot be copied from there any more.
  if (chatId === desk.groupId) return undeliverable(delivery, { because: "deleted" });
  if (delivery.chatId !== desk.groupId) return refused(delivery, failure);
  later(watch.migrate(chatId));
  return { kind: "wait", untilMs: now() };
}

/** The account is no more, or can never be written to. */
function gone(delivery: Delivery): Outcome {
  return undeliverable(delivery, { because: "gone" });
}

/** Telegram will never take this one: both sides know then that something was written. */
function refused(delivery: Delivery, failure: Failure): Outcome {
  const { job: { task } } = delivery;
  // Without its card a customer has no thread: that is for the operator to repair.
  if (task.kind === "card") return trouble(delivery, failure);
  const isKind = "shows" in task &&
    (classify(failure).kind === "uncopyable" || isStory(delivery));
  if (isKind) return undeliverable(delivery, { because: "kind", content: task.shows.kind });
  return undeliverable(delivery, { because: "refused" }, failure.description);
}

/**
 * A chat of the desk's refuses something. Sending text is the least that a chat allows: what carries
 * a message is replaced by a line that something came, and only if that is refused, too, it is the
 * chat. Whatever else it was is tried again once the desk has been looked at.
 */
async function refusedAtDesk(delivery: Delivery, failure: Failure): Promise<Outcome> {
  const { job } = delivery;
  if (isCarrying(job.task)) return await saidInstead(delivery, failure);
  if (job.task.kind === "notice" || job.task.kind === "card") return trouble(delivery, failure);
  return untilLookedAt(delivery, failure) ?? refused(delivery, failure);
}

/**
 * Something was refused that the desk should allow, or that the bot should see. `null`: again and
 * again, while every look finds the desk well; then it is not the desk.
 */
export function untilLookedAt(delivery: Delivery, failure: Failure): Outcome | null {
  const { job: { lane }, desk: { groupId }, served: { watch }, options: { later, now } } = delivery;
  if (isOfToken(failure)) return trouble(delivery, failure);
  if (watch.refuseDoubtfully(laneName(lane)) === "its own") return null;
  const chatId = delivery.isAtDesk ? delivery.chatId : groupId;
  if (!watch.takesCards) return trouble(delivery, failure, chatId);
  later(watch.doubt());
  return { kind: "wait", untilMs: now() + PATIENT_WAIT_MS, waitsFor: "desk" };
}

/** Says that something came which cannot be shown; if even that is refused, the chat is in trouble. */
async function saidInstead(delivery: Delivery, failure: Failure): Promise<Outcome> {
  const { api, job: { task }, chatId, rootId, served: { watch } } = delivery;
  if (!isCarrying(task)) return refused(delivery, failure);
  if (task.saidAs !== undefined) {
    if (!watch.takesCards) return trouble(delivery, failure);
    // The chat may have come to be out of reach since it took the line.
    const another = isOut(failure) ? untilLookedAt(delivery, failure) : null;
    return another ?? undeliverable(delivery, { because: "refused" }, failure.description);
  }
  const { notice } = cannotBeShown(contentOf(task));
  const words = say(notice, await delivery.language());
  const answering = rootId === undefined ? {} : { reply_parameters: { message_id: rootId } };
  const said = await delivery.call(() => api.sendMessage(chatId, words, answering));
  if (!said.failure) {
    delivery.went(chatId);
    // The chat may have been in trouble a moment ago: then the message goes now.
    return { kind: "go on", task: { ...task, saidAs: said.result.message_id } };
  }
  switch (classify(said.failure).kind) {
    case "no answered message":
      return deadThread(delivery);
    case "pause":
    case "migrated":
      return await failed(delivery, said.failure);
    case "passing":
      return { kind: "retry", error: failure.description };
    default:
      return trouble(delivery, failure);
  }
}

/** What a task shows of a person's. */
function contentOf(task: CarryingTask): ContentKind {
  return (task.kind === "album" ? task.pieces[0]! : task).shows.kind;
}

/** Whether it is a story: one that cannot be copied is refused as if there were nobody to get it. */
function isStory({ job: { task } }: Delivery): boolean {
  return isCarrying(task) && contentOf(task) === "story";
}

/** Whether a customer's chat refuses everything for a while, in words nobody has seen yet. */
function readsLikeBlock({ chatId, customerId }: Delivery, { description }: Failure): boolean {
  return chatId === customerId && /\bblock|_block/i.test(description);
}

/** Given up, visibly. */
export function undeliverable(
  delivery: Delivery,
  why: Undeliverable,
  reason: string = why.because,
): Outcome & { kind: "drop" } {
  const { job } = delivery;
  const given = onGivenUp(job, why);
  const isSaid = isCarrying(job.task) && job.task.saidAs !== undefined;
  const { instead: _said, ...others } = given;
  return { kind: "drop", reason, decide: () => isSaid ? others : given };
}

/** Keeps the job until the customer is back, or gives it up when that has taken too long. */
export function park(delivery: Delivery, blockedSinceMs: number): Outcome {
  const untilMs = Math.max(blockedSinceMs, delivery.job.acceptedMs) + BLOCKED_PATIENCE_MS;
  if (untilMs <= delivery.options.now()) return undeliverable(delivery, { because: "blocked" });
  return { kind: "wait", untilMs, waitsFor: "customer" };
}

function blocked(delivery: Delivery): Outcome {
  const { desk } = delivery;
  const nowMs = delivery.options.now();
  return {
    kind: "wait",
    untilMs: nowMs + BLOCKED_PATIENCE_MS,
    waitsFor: "customer",
    decide: async (read) => {
      const conversation = await read.conversation(delivery.customerId);
      return conversation ? onBlocked(conversation, true, nowMs, { desk }) : {};
    },
  };
}

/** Without which rights of the bot's nothing comes of a task, though others may go through. */
const NEEDED: Partial<Record<Task["kind"], ["channel" | "group", Right][]>> = {
  expel: [["group", "can_restrict_members"]],
  // A card's pin takes another right than its words (Bot API, pinChatMessage and editMessageText).
  refresh: [["channel", "can_post_messages"], ["channel", "can_edit_messages"]],
};

/**
 * Until the operator has repaired it. What is refused again and again while others go through there
 * is refused for its own sake, and given up, unless the bot lacks a right that it takes.
 */
function trouble(
  delivery: Delivery,
  failure: Failure,
  chatId: number = delivery.chatId,
): Outcome {
  const { job, served: { watch }, options: { pauses, later, now } } = delivery;
  const { lane, task } = job;
  const whose = watch.refuse(laneName(lane), isOfToken(failure) ? "anywhere" : chatId);
  const isForbidden = NEEDED[task.kind]?.some(([where, right]) => watch.lacks(where, right));
  if (whose === "its own" && !isForbidden) {
    // What waits for its card would only have another one posted.
    return task.kind === "card"
      ? { kind: "retry", error: failure.description }
      : undeliverable(delivery, { because: "refused" }, failure.description);
  }
  const untilMs = now() + PATIENT_WAIT_MS;
  // That the bot may remove nobody keeps nothing else from going there.
  if (!watch.takesCards && task.kind !== "expel") pauses.hold(chatId, untilMs);
  if (whose === "unknown" || isForbidden) later(watch.report(failure, chatId));
  return { kind: "wait", untilMs, waitsFor: "desk" };
}
