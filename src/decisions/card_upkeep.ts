/** Cards stay true: whatever changes what a card should show has the card refreshed, once. */
import { isCardStale } from "../conversation/card.ts";
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import type { Lane } from "../conversation/lane.ts";

/** Under which name a refresh can be found while it waits: one is enough. */
const REFRESH = "refresh";

/**
 * The change, with a refresh for every conversation whose card is no longer as it should be. One
 * that waits or is under way already looks at the conversation again before it is done.
 */
export async function withUpkeep(change: Change, deskId: number, read: Reader): Promise<Change> {
  const tasks: NewTask[] = [];
  for (const conversation of change.conversations ?? []) {
    if (!isCardStale(conversation)) continue;
    const { id: customerId } = conversation.customer;
    const lane: Lane = { deskId, customerId, direction: "to-desk" };
    if ((await read.named(lane, REFRESH))?.job?.task.kind === "refresh") continue;
    tasks.push({ lane, task: { kind: "refresh" }, name: REFRESH });
  }
  // Before what is said of it: the group may have to be left alone, which is not the channel's affair.
  return tasks.length > 0 ? { ...change, tasks: [...tasks, ...change.tasks ?? []] } : change;
}
