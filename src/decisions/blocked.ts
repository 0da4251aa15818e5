/** What follows when a customer blocks the bot, or comes back. */
import type { Conversation } from "../conversation/conversation.ts";
import { laneOf } from "../conversation/lane.ts";
import type { Change } from "../jobs/change.ts";
import type { Circumstances } from "./circumstances.ts";

/**
 * The customer has blocked the bot, at `atMs`, or come back. The thread is told once of each. Telegram
 * dates a block as it dates messages; where it only refuses what is sent, our clock has to do.
 */
export function onBlocked(
  known: Conversation,
  isBlocked: boolean,
  atMs: number,
  { desk }: Pick<Circumstances, "desk">,
): Change {
  const { blockedSinceMs, ...reachable } = known;
  // A refusal from before the return may be under way: the record is written, so that it looks again.
  // And a block that is known is noted: brought again after the return, it is none.
  if (isBlocked === (blockedSinceMs !== undefined)) {
    const latestMs = Math.max(atMs, blockedSinceMs ?? 0);
    return { conversations: [isBlocked ? { ...known, blockedSinceMs: latestMs } : known] };
  }
  const customerId = known.customer.id;
  return {
    conversations: [isBlocked ? { ...reachable, blockedSinceMs: atMs } : reachable],
    tasks: [{
      lane: laneOf(desk, customerId, "to-team"),
      task: { kind: "notice", notice: { text: isBlocked ? "blocked" : "unblocked" } },
    }],
    ...(isBlocked
      ? {}
      : { wake: [{ lane: laneOf(desk, customerId, "to-customer"), because: "customer" }] }),
  };
}
