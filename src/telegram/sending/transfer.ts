/** A conversation that goes on at another desk: the lanes follow each other, and nothing is lost. */
import { handoverName } from "../../decisions/transfer.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { FollowTask, HandoverTask } from "../../jobs/task.ts";
import { MINUTE_MS } from "../../time/duration.ts";
import { isWithin } from "../../time/elapsed.ts";
import { type Delivery, PATIENT_WAIT_MS } from "./delivery.ts";

/** Whatever stood before it in its lane has gone. */
export function endLane({ job: { lane } }: Delivery, { to }: HandoverTask): Outcome {
  const wake = [{ lane: { ...lane, deskId: to }, because: "handover" } as const];
  return { kind: "sent", decide: () => ({ wake }) };
}

/**
 * How long what another desk owes a customer is waited for while that desk cannot work. A look at it
 * may have failed in passing, and then order holds.
 */
const TROUBLE_PATIENCE_MS = 2 * MINUTE_MS;

/** Waits until another desk has nothing more for the customer, as long as that desk can work. */
export async function follow(delivery: Delivery, { id, from }: FollowTask): Promise<Outcome> {
  const { job: { lane, acceptedMs }, read, options: { desks, now } } = delivery;
  // Another instance may have opened it.
  await desks.learn(from);
  // What a desk owes that is not served any more holds up no other.
  if (!desks.serves({ deskId: from })) return { kind: "sent" };
  const waiting = await read.named({ ...lane, deskId: from }, handoverName(id));
  if (!waiting?.job) return { kind: "sent" };
  const other = desks.known.find(({ watch }) => watch.desk.channelId === from);
  const isStuck = other?.watch.takesCards === false &&
    !isWithin(TROUBLE_PATIENCE_MS, acceptedMs, now());
  if (isStuck) return { kind: "sent" };
  return { kind: "wait", untilMs: now() + PATIENT_WAIT_MS, waitsFor: "handover" };
}
