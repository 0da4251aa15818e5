/**
 * What waits in the lanes of a desk that is not served any more, or is in another channel by now. No
 * other desk's people are shown what its own have written, and none of them is asked whether they may;
 * what customers have written is shown where they are served instead.
 */
import { onLeftBehind } from "../../decisions/left_behind.ts";
import { onRerouted, type ReroutedTask } from "../../decisions/rerouted.ts";
import type { DeskAmong } from "../../desk/among.ts";
import { deskOfChannel } from "../../desk/names.ts";
import type { Job } from "../../jobs/job.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Reader } from "../../jobs/reader.ts";
import type { Task } from "../../jobs/task.ts";
import { canDoWithout, isCarrying, messagesIn } from "../../jobs/task_traits.ts";
import { MINUTE_MS } from "../../time/duration.ts";
import type { DeliverOptions } from "./delivery.ts";

/** How long it waits before it is looked whether its desk is served again. */
const LEFT_WAIT_MS = 10 * MINUTE_MS;

/** Whether a task is done for whoever was there, whoever serves the desk, and shows nobody anything. */
function isDoneWithoutDesk({ kind }: Task): boolean {
  return kind === "erase" || kind === "efface" || kind === "handover";
}

/**
 * What keeps a card true, looks at a thread, or comes due by the clock in a conversation. Nobody sees
 * that any more at a channel the desk has left, and in the new one the same number is another's card.
 */
const OF_LEFT_THREADS: readonly Task["kind"][] = [
  "card",
  "refresh",
  "retire",
  "look",
  "alert",
  "alarm",
  "autoclose",
  "timers",
  "back",
  "deal",
  "reaction",
];

/** Whether a task says something in a thread that its desk has left, or is about one: for nobody. */
function isOfLeftThread(task: Task): boolean {
  if (task.kind === "notice") return task.chatId === undefined;
  return OF_LEFT_THREADS.includes(task.kind);
}

/** Whether a task was to bring something that a person has written. */
function isOwed(task: Task): boolean {
  const isNote = "isNote" in task && task.isNote === true;
  return !isNote && (isCarrying(task) || messagesIn(task) > 0);
}

/** Whether a job brings what a customer has written, and all that it takes to show it is known. */
function isShowable(job: Job): job is Job & { task: ReroutedTask } {
  const { task } = job;
  if (!isCarrying(task) && task.kind !== "edit") return false;
  const isReadable = !job.isUnreadable || canDoWithout(task);
  return task.writer.kind === "customer" && task.isNote !== true && isReadable;
}

/** The same is shown at one of these desks. */
function rerouted(
  job: Job & { task: ReroutedTask },
  desks: readonly [DeskAmong, ...DeskAmong[]],
): Outcome {
  return { kind: "sent", decide: (read) => onRerouted(read, job, desks) };
}

/**
 * How a job ends that is left behind; `null`: it is not. A desk that the configuration does not name
 * may be named again, and one may be claimed again while there is none: what is for it waits. One that
 * was removed is no more: what a customer has written there another desk is shown; what its team has,
 * and what nobody can be shown any more, is given up, of which the owner or the customer is told; the
 * rest was for nobody. One that has moved is shown it in its new channel; answers go from where they
 * were written.
 */
export async function leftBehind(
  { desks, config, now }: Pick<DeliverOptions, "desks" | "config" | "now">,
  job: Job,
  read: Reader,
): Promise<Outcome | null> {
  const { task, lane } = job;
  const moved = deskOfChannel(desks.among, lane.deskId);
  if (moved && moved.channelId !== lane.deskId && lane.direction !== "to-customer") {
    if (isShowable(job)) return rerouted(job, [moved]);
    return isOfLeftThread(task) ? { kind: "sent" } : null;
  }
  if (desks.serves(lane) || isDoneWithoutDesk(task)) return null;
  const waits: Outcome = { kind: "wait", untilMs: now() + LEFT_WAIT_MS, waitsFor: "desk" };
  const [first, ...others] = desks.among;
  if (config.channels.length > 0 || !first) return waits;
  if (isShowable(job)) {
    const by = await read.servedBy(lane.customerId);
    return by && desks.awaits(by.deskId) ? waits : rerouted(job, [first, ...others]);
  }
  if (!isOwed(task)) return { kind: "sent" };
  const { ownerId, names } = desks;
  const left = deskOfChannel(names, lane.deskId)?.name;
  return {
    kind: "drop",
    reason: "the desk was removed",
    decide: (read) => onLeftBehind(read, job, { desk: first.desk, ownerId, left, nowMs: now() }),
  };
}
