/**
 * What waits in the lanes of a desk that is not served any more, or is in another channel by now. No
 * other desk's people are shown what its own have written, and none of them is asked whether they may;
 * what customers have written is shown where they are served instead.
 */
import { onLeftBehind } from "../../decisions/left_behind.ts";
import type { DeskAmong } from "../../desk/among.ts";
import { deskOfChannel } from "../../desk/names.ts";
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

/** Whether a task says something in a thread that its desk has left, or makes one: for nobody. */
function isOfLeftThread(task: Task): boolean {
  if (task.kind === "notice") return task.chatId === undefined;
  return task.kind === "card" || task.kind === "look" || task.kind === "alert";
}

/** The same message at another of these desks, if it is a customer's; `null`: it is not. */
function instead(job: Job, desks: readonly DeskAmong[]): Outcome | null {
  const { task } = job;
  const [first, ...others] = desks;
  if (!isCarrying(task) || task.writer.kind !== "customer" || !first) return null;
  return {
    kind: "sent",
    decide: (read) => onLeftBehind(read, { ...job, task }, [first, ...others]),
  };
}

/**
 * How a job ends that is left behind; `null`: it is not. A desk that the configuration does not name
 * may be named again, and one may be claimed again while there is none: what is for it waits. One that
 * was removed is no more: what a customer has written there another desk is shown, an answer is given
 * up, and the rest was for nobody. One that has moved is shown it in its new channel; answers go from
 * where they were written.
 */
export function leftBehind(
  { desks, config, now }: Pick<DeliverOptions, "desks" | "config" | "now">,
  job: Job,
): Outcome | null {
  const { task, lane } = job;
  const moved = deskOfChannel(desks.among, lane.deskId);
  if (moved && moved.channelId !== lane.deskId && lane.direction === "to-team") {
    return instead(job, [moved]) ?? (isOfLeftThread(task) ? { kind: "sent" } : null);
  }
  if (desks.serves(lane) || isDoneWithoutDesk(task)) return null;
  if (config.channels.length > 0 || desks.known.length === 0) {
    return { kind: "wait", untilMs: now() + LEFT_WAIT_MS, waitsFor: "desk" };
  }
  return instead(job, desks.among) ??
    (isCarrying(task) ? { kind: "drop", reason: "the desk was removed" } : { kind: "sent" });
}
