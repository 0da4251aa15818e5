/** What follows when a customer blocks the bot, or comes back. */
import type { Conversation } from "../conversation/conversation.ts";
import { laneOf } from "../conversation/lane.ts";
import type { Change } from "../jobs/change.ts";
import type { Circumstances } from "./circumstances.ts";

/** The customer has blocked the bot, or come back. The thread is told once of each. */
export function onBlocked(
  known: Conversation,
  isBlocked: boolean,
  { desk, nowMs }: Pick<Circumstances, "desk" | "nowMs">,
): Change {
  const { blockedSinceMs, ...reachable } = known;
  // A refusal from before the return may be under way: the record is written, so that it looks again.
  // And a block that is known is noted: brought again after the return, it is none.
  if (isBlocked === (blockedSinceMs !== undefined)) return { conversations: [known] };
  const customerId = known.customer.id;
  return {
    conversations: [isBlocked ? { ...reachable, blockedSinceMs: nowMs } : reachable],
    tasks: [{
      lane: laneOf(desk, customerId, "to-team"),
      task: { kind: "notice", notice: { text: isBlocked ? "blocked" : "unblocked" } },
    }],
    ...(isBlocked
      ? {}
      : { wake: [{ lane: laneOf(desk, customerId, "to-customer"), because: "customer" }] }),
  };
}
