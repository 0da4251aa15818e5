/** How a job ends that could not be done: what each answer of Telegram means for it. */
import { classify, type Failure, type Verdict } from "../classify.ts";
import { onBlocked } from "../../decisions/customer.ts";
import type { Undeliverable } from "../../texts/notice.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { onGivenUp } from "../../decisions/given_up.ts";
import { type Delivery, PATIENT_WAIT_MS } from "./delivery.ts";
import { deadThread } from "./thread.ts";
import { DAY_MS } from "../../time/duration.ts";

/** How long what the team wrote waits for a customer who has blocked the bot. */
const BLOCKED_PATIENCE_MS = 7 * DAY_MS;

/** The outcome of a call that failed. */
export function failed(delivery: Delivery, failure: Failure): Outcome {
  const verdict: Verdict = classify(failure);
  const { task } = delivery.job;
  switch (verdict.kind) {
    case "pause": {
      const untilMs = delivery.options.now() + Math.ceil(verdict.retryAfterS * 1000);
      const { chatId } = delivery;
      delivery.options.pauses.pause(chatId, untilMs);
      return { kind: "wait", untilMs, decide: () => ({ pauses: [{ chatId, untilMs }] }) };
    }
    case "unchanged":
      return { kind: "sent" };
    case "blocked":
      return blocked(delivery);
    case "gone":
      return undeliverable(delivery, { because: "gone" });
    case "no chat":
      return delivery.isToTeam
        ? trouble(delivery, failure)
        : undeliverable(delivery, { because: "gone" });
    case "no message":
      return undeliverable(delivery, { because: "deleted" });
    case "trouble":
      return trouble(delivery, failure);
    case "migrated":
      // What is left behind in the old group cannot be copied from there any more.
      if (verdict.chatId === delivery.desk.groupId) {
        return undeliverable(delivery, { because: "deleted" });
      }
      delivery.options.later(delivery.options.desk.watch.migrate(verdict.chatId));
      return { kind: "wait", untilMs: delivery.options.now() };
    case "no answered message":
      // The last thing tried was the root itself.
      if (delivery.isToTeam) return deadThread(delivery);
      return { kind: "retry", error: failure.description };
    case "passing":
    case "no user":
      return { kind: "retry", error: failure.description };
    case "uncopyable":
      return "shows" in task
        ? undeliverable(delivery, { because: "kind", content: task.shows.kind })
        : undeliverable(delivery, { because: "refused" });
    case "no voice":
      return undeliverable(delivery, { because: "voice" }, failure.description);
    case "uneditable":
    case "too long":
    case "no quote":
    case "refused":
      // Without its card a customer has no thread: that is for the operator to repair.
      if (task.kind === "card") return trouble(delivery, failure);
      return undeliverable(delivery, { because: "refused" }, failure.description);
  }
}

/** Who is of the team could not be asked: an error is no answer, so the job waits for one. */
export function unasked(delivery: Delivery, failure: Failure): Outcome {
  const verdict = classify(failure);
  if (verdict.kind === "passing") return failed(delivery, failure);
  if (verdict.kind !== "pause") return trouble(delivery, failure);
  return { kind: "wait", untilMs: delivery.options.now() + verdict.retryAfterS * 1000 };
}

/** Given up, visibly. */
export function undeliverable(
  delivery: Delivery,
  why: Undeliverable,
  reason: string = why.because,
): Outcome {
  return { kind: "drop", reason, decide: () => onGivenUp(delivery.job, why) };
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
      return conversation ? onBlocked(conversation, true, { desk, nowMs }) : {};
    },
  };
}

function trouble(delivery: Delivery, failure: Failure): Outcome {
  const { job, chatId, options: { desk: { watch }, pauses, later, now } } = delivery;
  const untilMs = now() + PATIENT_WAIT_MS;
  // That the bot may remove nobody keeps nothing else from going there.
  if (job.task.kind !== "expel") pauses.hold(chatId, untilMs);
  later(watch.report(failure));
  return { kind: "wait", untilMs, waitsFor: "desk" };
}
