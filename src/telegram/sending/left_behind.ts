/**
 * What waits in the lanes of a desk that is not served any more: no other desk's people are shown what
 * its own have written, and none of them is asked whether they may.
 */
import { onLeftBehind } from "../../decisions/left_behind.ts";
import type { Job } from "../../jobs/job.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Task } from "../../jobs/task.ts";
import { isCarrying } from "../../jobs/task_traits.ts";
import { MINUTE_MS } from "../../time/duration.ts";
import type { DeliverOptions } from "./delivery.ts";

/** How long it waits before it is looked whether its desk is served again. */
const LEFT_WAIT_MS = 10 * MINUTE_MS;

/** Whether a task is done for whoever was there, whoever serves the desk, and shows nobody anything. */
function isDoneWithoutDesk({ kind }: Task): boolean {
  return kind === "erase" || kind === "efface" || kind === "handover";
}

/**
 * How a job ends that is left behind; `null`: it is not. A desk that the configuration does not name
 * may be named again, and one may be claimed again while there is none: what is for it waits. One that
 * was removed is no more: what a customer has written there another desk is shown, an answer is given
 * up, and the rest was for nobody.
 */
export function leftBehind(
  { desks, config, now }: Pick<DeliverOptions, "desks" | "config" | "now">,
  job: Job,
): Outcome | null {
  const { task, lane } = job;
  if (desks.serves(lane) || isDoneWithoutDesk(task)) return null;
  if (config.channels.length > 0 || desks.known.length === 0) {
    return { kind: "wait", untilMs: now() + LEFT_WAIT_MS, waitsFor: "desk" };
  }
  const [first, ...others] = desks.among;
  if (isCarrying(task) && task.writer.kind === "customer" && first) {
    return {
      kind: "sent",
      decide: (read) => onLeftBehind(read, { ...job, task }, [first, ...others]),
    };
  }
  return isCarrying(task) ? { kind: "drop", reason: "the desk was removed" } : { kind: "sent" };
}
