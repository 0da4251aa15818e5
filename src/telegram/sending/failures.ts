/** How a job ends that could not be done: what each answer of Telegram means for it. */
import { classify, type Failure, type Verdict } from "../classify.ts";
import { onBlocked } from "../../decisions/customer.ts";
import type { Undeliverable } from "../../texts/notice.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { onGivenUp } from "../../decisions/given_up.ts";
import { deadThread } from "./thread.ts";
import { PATIENT_WAIT_MS, type Work } from "./work.ts";
import { DAY_MS } from "../../time/duration.ts";

/** How long what the team wrote waits for a customer who has blocked the bot. */
const BLOCKED_PATIENCE_MS = 7 * DAY_MS;

/** The outcome of a call that failed. */
export function failed(work: Work, failure: Failure): Outcome {
  const verdict: Verdict = classify(failure);
  const { task } = work.job;
  switch (verdict.kind) {
    case "pause": {
      const untilMs = work.options.now() + Math.ceil(verdict.retryAfterS * 1000);
      const { chatId } = work;
      work.options.onPause(chatId, untilMs);
      return { kind: "wait", untilMs, decide: () => ({ pauses: [{ chatId, untilMs }] }) };
    }
    case "unchanged":
      return { kind: "sent" };
    case "blocked":
      return blocked(work);
    case "gone":
      return undeliverable(work, { because: "gone" });
    case "no chat":
      return work.isToTeam ? trouble(work, failure) : undeliverable(work, { because: "gone" });
    case "no message":
      return undeliverable(work, { because: "deleted" });
    case "trouble":
      return trouble(work, failure);
    case "migrated":
      // What is left behind in the old group cannot be copied from there any more.
      if (verdict.chatId === work.desk.groupId) return undeliverable(work, { because: "deleted" });
      work.options.onMigrated(verdict.chatId);
      return { kind: "wait", untilMs: work.options.now() };
    case "no answered message":
      // The last thing tried was the root itself.
      if (work.isToTeam) return deadThread(work);
      return { kind: "retry", error: failure.description };
    case "passing":
    case "no user":
      return { kind: "retry", error: failure.description };
    case "uncopyable":
      return "shows" in task
        ? undeliverable(work, { because: "kind", content: task.shows.kind })
        : undeliverable(work, { because: "refused" });
    case "no voice":
      return undeliverable(work, { because: "voice" }, failure.description);
    case "uneditable":
    case "too long":
    case "no quote":
    case "refused":
      // Without its card a customer has no thread: that is for the operator to repair.
      if (task.kind === "card") return trouble(work, failure);
      return undeliverable(work, { because: "refused" }, failure.description);
  }
}

/** Who is of the team could not be asked: an error is no answer, so the job waits for one. */
export function unasked(work: Work, failure: Failure): Outcome {
  const verdict = classify(failure);
  if (verdict.kind === "passing") return failed(work, failure);
  if (verdict.kind !== "pause") return trouble(work, failure);
  return { kind: "wait", untilMs: work.options.now() + verdict.retryAfterS * 1000 };
}

/** Given up, visibly. */
export function undeliverable(
  work: Work,
  why: Undeliverable,
  reason: string = why.because,
): Outcome {
  return { kind: "drop", reason, decide: () => onGivenUp(work.job, why) };
}

/** Keeps the job until the customer is back, or gives it up when that has taken too long. */
export function park(work: Work, blockedSinceMs: number): Outcome {
  const untilMs = Math.max(blockedSinceMs, work.job.acceptedMs) + BLOCKED_PATIENCE_MS;
  if (untilMs <= work.options.now()) return undeliverable(work, { because: "blocked" });
  return { kind: "wait", untilMs, waitsFor: "customer" };
}

function blocked(work: Work): Outcome {
  const { desk } = work;
  const nowMs = work.options.now();
  return {
    kind: "wait",
    untilMs: nowMs + BLOCKED_PATIENCE_MS,
    waitsFor: "customer",
    decide: async (read) => {
      const conversation = await read.conversation(work.customerId);
      return conversation ? onBlocked(conversation, true, { desk, nowMs }) : {};
    },
  };
}

function trouble(work: Work, failure: Failure): Outcome {
  const untilMs = work.options.now() + PATIENT_WAIT_MS;
  // That the bot may remove nobody keeps nothing else from going there.
  const isOfChat = work.job.task.kind !== "expel";
  work.options.onTrouble(failure, isOfChat ? { chatId: work.chatId, untilMs } : undefined);
  return { kind: "wait", untilMs, waitsFor: "desk" };
}
