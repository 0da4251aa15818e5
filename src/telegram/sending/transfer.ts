/** A conversation that goes on at another desk: the lanes follow each other, and nothing is lost. */
import { handoverName } from "../../decisions/transfer.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { FollowTask, HandoverTask } from "../../jobs/task.ts";
import { type Delivery, PATIENT_WAIT_MS } from "./delivery.ts";

/** Whatever stood before it in its lane has gone. */
export function endLane({ job: { lane } }: Delivery, { to }: HandoverTask): Outcome {
  const wake = [{ lane: { ...lane, deskId: to }, because: "handover" } as const];
  return { kind: "sent", decide: () => ({ wake }) };
}

/** Waits until another desk has nothing more for the customer. */
export async function follow(delivery: Delivery, { id, from }: FollowTask): Promise<Outcome> {
  const { job: { lane }, read, options: { desks, now } } = delivery;
  // Another instance may have opened it.
  await desks.learn(from);
  // What a desk owes that is not served any more holds up no other.
  if (!desks.serves({ deskId: from })) return { kind: "sent" };
  const waiting = await read.named({ ...lane, deskId: from }, handoverName(id));
  if (!waiting?.job) return { kind: "sent" };
  return { kind: "wait", untilMs: now() + PATIENT_WAIT_MS, waitsFor: "handover" };
}
