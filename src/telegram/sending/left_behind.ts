/**
 * What waits in the lanes of a desk that is not served any more: no other desk's people are shown it,
 * and none of them is asked whether they may.
 */
import type { Job } from "../../jobs/job.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Task } from "../../jobs/task.ts";
import { onLeftBehind } from "../../decisions/left_behind.ts";
import { deskOfChannel } from "../../desk/names.ts";
import { isCarrying, messagesIn } from "../../jobs/task_traits.ts";
import { MINUTE_MS } from "../../time/duration.ts";
import type { DeliverOptions } from "./delivery.ts";

/** How long it waits before it is looked whether its desk is served again. */
const LEFT_WAIT_MS = 10 * MINUTE_MS;

/** Whether a task is done for whoever was there, whoever serves the desk, and shows nobody anything. */
function isDoneWithoutDesk({ kind }: Task): boolean {
  return kind === "erase" || kind === "efface" || kind === "handover";
}

/** Whether a task was to bring something that a person has written. */
function isOwed(task: Task): boolean {
  const isNote = "isNote" in task && task.isNote === true;
  return !isNote && (isCarrying(task) || messagesIn(task) > 0);
}

/**
 * How a job ends that is left behind; `null`: it is not. A desk that the configuration does not name
 * may be named again, and one may be claimed again while there is none: what is for it waits. One that
 * was removed is no more: what somebody has written there is given up, of which they or the owner are
 * told, and the rest was for nobody.
 */
export function leftBehind(
  { desks, config, now }: Pick<DeliverOptions, "desks" | "config" | "now">,
  job: Job,
): Outcome | null {
  const { task, lane } = job;
  if (desks.serves(lane) || isDoneWithoutDesk(task)) return null;
  const [first] = desks.known;
  if (config.channels.length > 0 || !first) {
    return { kind: "wait", untilMs: now() + LEFT_WAIT_MS, waitsFor: "desk" };
  }
  if (!isOwed(task)) return { kind: "sent" };
  const { ownerId, names } = desks;
  const left = deskOfChannel(names, lane.deskId)?.name;
  const { desk } = first.watch;
  return {
    kind: "drop",
    reason: "the desk was removed",
    decide: (read) => onLeftBehind(read, job, { desk, ownerId, left, nowMs: now() }),
  };
}
