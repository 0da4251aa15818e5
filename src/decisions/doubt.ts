/** What follows from copies of which nobody knows whether they are in their thread. */
import { DOUBT_MS, isDoubtDue, type ThreadDoubt } from "../message/doubt.ts";
import type { Lane } from "../conversation/lane.ts";
import type { Change } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import type { Place } from "../message/link.ts";

/** A copy was put under a root that was not seen since: the first one in doubt is noted. */
export async function onDoubted(
  { customerId, root, copyId, nowMs }: {
    customerId: number;
    root: Place;
    copyId: number;
    nowMs: number;
  },
  read: Reader,
): Promise<Change> {
  if (await read.doubt(customerId, root)) return {};
  return { doubts: [{ customerId, root, doubt: { sinceId: copyId, dueMs: nowMs + DOUBT_MS } }] };
}

/** It is time to look at a root: in the lane that leads to it, so that nothing goes there meanwhile. */
export async function onDoubtDue(
  { deskId, customerId, root }: ThreadDoubt,
  read: Reader,
  nowMs: number,
): Promise<Change> {
  const doubt = await read.doubt(customerId, root);
  if (!doubt || !isDoubtDue(doubt, nowMs)) return {};
  const doubts = [{ customerId, root, doubt: { ...doubt, dueMs: nowMs + DOUBT_MS } }];
  const lane: Lane = { deskId, customerId, direction: "to-team" };
  const name = `look ${root.messageId}`;
  // An earlier one may be waiting for its turn.
  if ((await read.named(lane, name))?.job?.task.kind === "look") return { doubts };
  return { doubts, tasks: [{ lane, task: { kind: "look", root }, name }] };
}
