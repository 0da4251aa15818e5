/** From a task to a call of the Bot API to an outcome. The outbox sends through nothing else. */
import { onCallOff } from "../decisions/later.ts";
import { onTimeBack } from "../decisions/put_off.ts";
import type { Reader } from "../jobs/reader.ts";
import type { Job } from "../jobs/job.ts";
import type { Outcome } from "../jobs/outcome.ts";
import type { Place } from "../message/link.ts";
import { filled, type Snapshot } from "../message/snapshot.ts";
import type { DealTask, FollowTask, HandoverTask, LeaveTask, Task } from "../jobs/task.ts";
import type {
  AlarmTask,
  AutocloseTask,
  BackTask,
  CallOffTask,
  TimersTask,
} from "../jobs/timer_task.ts";
import { beginsSilently, canDoWithout, isCarrying } from "../jobs/task_traits.ts";
import { relayAlbum } from "./sending/albums.ts";
import { alert } from "./sending/alerts.ts";
import {
  postCard,
  refreshCard,
  removeButtons,
  removeMessage,
  retireCard,
  unpin,
} from "./sending/cards.ts";
import { goOff, recountTimers } from "./sending/timers.ts";
import { lookAtThread } from "./sending/thread_look.ts";
import { answerOf } from "./api.ts";
import { classify } from "./classify.ts";
import type { Commands } from "./commands/commands.ts";
import { withoutDoubts } from "./sending/doubt.ts";
import { type DeliverOptions, Delivery } from "./sending/delivery.ts";
import { withChange, withoutLine } from "./sending/endings.ts";
import { undeliverable } from "./sending/failures.ts";
import { mirrorEdit } from "./sending/edits.ts";
import { mirrorReaction } from "./sending/reactions.ts";
import { efface, erase } from "./sending/erase.ts";
import { expel } from "./sending/expel.ts";
import { leave } from "./sending/leave.ts";
import { leftBehind } from "./sending/left_behind.ts";
import { sendMenuReply } from "./sending/menu.ts";
import { sendNotice } from "./sending/notices.ts";
import { endLane, follow } from "./sending/transfer.ts";
import { deal } from "./sending/shares.ts";
import { sendPart } from "./sending/parts.ts";
import { copyToThread, sendAsked } from "./sending/asked.ts";
import { withAlbumSignature, withSignature } from "./sending/signatures.ts";
import { putIntoThread } from "./sending/stray.ts";
import { relay } from "./sending/relay.ts";
import { defined } from "../values/defined.ts";

/** Works jobs: see `Outcome` for how they may end. */
export function createDeliver(
  options: DeliverOptions,
  commands: () => Promise<Commands>,
): (job: Job, read: Reader, hasTime: () => boolean) => Promise<Outcome> {
  return async (job, read, hasTime) => {
    const { task: asked } = job;
    if (asked.kind === "leave") {
      return await leave(options, { ...job, task: asked }, read, hasTime);
    }
    await options.desks.learn(job.lane.deskId);
    const left = await leftBehind(options, job, read);
    if (left) return left;
    const delivery = new Delivery(options, job, read, hasTime);
    if (job.isUnreadable && !canDoWithout(job.task)) {
      return undeliverable(delivery, { because: "unreadable" });
    }
    readAhead(delivery);
    const [pausedUntilMs, task] = await Promise.all([
      beginsSilently(asked) ? 0 : read.pausedUntilMs(delivery.chatId),
      withFacts(delivery, asked),
    ]);
    if (pausedUntilMs > 0) return { kind: "wait", untilMs: pausedUntilMs };
    const outcome = await worked(delivery, task, commands);
    const settled = withoutDoubts(delivery, withoutLine(delivery, outcome));
    return await withoutAstray(delivery, settled);
  };
}

/** Begins to read what it takes to bring a message to the other side. */
function readAhead({ job: { task }, read, customerId, isToTeam }: Delivery): void {
  if (!isCarrying(task)) return;
  const { writer } = task;
  read.ahead((soon) => [
    soon.conversation(customerId),
    ...(isToTeam ? [soon.rootOf(customerId), soon.settings()] : []),
    ...(writer.kind === "person" ? [soon.membership(writer.userId)] : []),
  ]);
}

/** Has taken away what the job has sent to where nobody reads it. */
async function withoutAstray(delivery: Delivery, outcome: Outcome): Promise<Outcome> {
  const { astray, job: { lane } } = delivery;
  if (astray.length === 0) return outcome;
  const aside = { ...lane, direction: "to-desk" } as const;
  const putAside = (ended: Outcome, places: Place[]) => {
    const tasks = places.map((at) => ({ lane: aside, task: { kind: "delete", at } as const }));
    return withChange(ended, () => ({ tasks }));
  };
  if (outcome.kind !== "retry" && outcome.kind !== "fault") return putAside(outcome, astray);
  for (const [index, { chatId, messageId }] of astray.entries()) {
    const untilMs = await takenAway(delivery, chatId, messageId);
    if (untilMs === null) continue;
    const task = outcome.kind === "fault" ? undefined : outcome.task;
    return putAside({ kind: "wait", untilMs, ...defined({ task }) }, astray.slice(index));
  }
  return outcome;
}

/** Takes a message away at once, unless its chat is to be left alone: until when? */
async function takenAway(
  { api, read, options: { pauses, now } }: Delivery,
  chatId: number,
  messageId: number,
): Promise<number | null> {
  const pausedUntilMs = await read.pausedUntilMs(chatId);
  if (pausedUntilMs > now()) return pausedUntilMs;
  const { failure } = await answerOf(api.deleteMessage(chatId, messageId));
  const verdict = failure && classify(failure);
  if (verdict?.kind !== "pause") return null;
  const untilMs = now() + Math.ceil(verdict.retryAfterS * 1000);
  pauses.pause(chatId, untilMs);
  return untilMs;
}

/** Works a task, whatever it is. */
async function worked(
  delivery: Delivery,
  task: Exclude<Task, LeaveTask>,
  commands: () => Promise<Commands>,
): Promise<Outcome> {
  switch (task.kind) {
    case "card":
      return await postCard(delivery, task);
    case "refresh":
      return await refreshCard(delivery);
    case "retire":
      return await retireCard(delivery, task);
    case "relay": {
      const { stray } = task;
      if (stray !== undefined) return await putIntoThread(delivery, { ...task, stray });
      const asked = task.asks ? await (await commands()).obeyInPrivate(delivery, task) : null;
      return asked ?? await relay(delivery, task);
    }
    case "album":
      return await relayAlbum(delivery, task);
    case "part":
      return await sendPart(delivery, task);
    case "send":
      return await sendAsked(delivery, task);
    case "copy":
      return await copyToThread(delivery, task);
    case "edit":
      return await mirrorEdit(delivery, task);
    case "reaction":
      return await mirrorReaction(delivery, task);
    case "notice":
      return await sendNotice(delivery, task);
    case "command":
      return await (await commands()).obey(delivery, task);
    case "press":
      return await (await commands()).press(delivery, task);
    case "delete":
      return await removeMessage(delivery, task);
    case "expel":
      return await expel(delivery, task);
    case "unpin":
      return await unpin(delivery, task);
    case "erase":
      return await erase(delivery, task);
    case "efface":
      return await efface(delivery, task);
    case "alert":
      return await alert(delivery, task);
    case "alarm":
    case "autoclose":
    case "timers":
    case "back":
    case "call-off":
    case "deal":
    case "handover":
    case "follow":
      return await steered(delivery, task);
    case "unbutton":
      return await removeButtons(delivery, task);
    case "menu":
      return await sendMenuReply(delivery, task);
    case "look":
      return await lookAtThread(delivery, task);
    case "update":
      await delivery.options.replay(task.private?.update);
      return { kind: "sent" };
  }
}

/** What changes a conversation, or the way in which it goes. */
type SteeringTask =
  | AlarmTask
  | AutocloseTask
  | TimersTask
  | BackTask
  | CallOffTask
  | DealTask
  | HandoverTask
  | FollowTask;

/** Works what changes a conversation, and sends nothing by itself. */
async function steered(
  delivery: Delivery,
  task: SteeringTask,
): Promise<Outcome> {
  const { job: { lane }, options } = delivery;
  switch (task.kind) {
    case "alarm":
    case "autoclose":
      return goOff(delivery, task);
    case "timers":
      return await recountTimers(delivery, task);
    case "back":
      return {
        kind: "sent",
        decide: (read) => onTimeBack(read, { lane, nowMs: options.now() }),
      };
    case "call-off":
      return { kind: "sent", decide: (read) => onCallOff(read, lane) };
    case "deal":
      return await deal(delivery, task);
    case "handover":
      return endLane(delivery, task);
    case "follow":
      return await follow(delivery, task);
  }
}

/**
 * The task with its placeholders filled in and its signature decided, as late as can be: at the hour
 * it goes out.
 */
async function withFacts<Asked extends Task>(delivery: Delivery, given: Asked): Promise<Asked> {
  const isOpenAlbum = given.kind === "album" && !given.isClosed;
  if (isOpenAlbum) return given;
  const task = await signedTask(delivery, given);
  const snapshots = snapshotsOf(task);
  if (!snapshots.some(({ agent }) => agent !== undefined)) return task;
  const fill = await delivery.filler();
  const all = snapshots.map((each) => filled(each, fill));
  switch (task.kind) {
    case "relay":
    case "edit":
      return { ...task, private: { ...task.private, snapshot: all[0]! } };
    case "album":
      return { ...task, private: { ...task.private, snapshots: all } };
    default:
      return task;
  }
}

async function signedTask<Asked extends Task>(delivery: Delivery, task: Asked): Promise<Asked> {
  switch (task.kind) {
    case "relay":
      return await withSignature(delivery, task) as Asked;
    case "album":
      return await withAlbumSignature(delivery, task) as Asked;
    default:
      return task;
  }
}

function snapshotsOf(task: Task): Snapshot[] {
  switch (task.kind) {
    case "relay":
      return task.private?.snapshot ? [task.private.snapshot] : [];
    case "edit":
      return [task.private.snapshot];
    case "album":
      return task.private.snapshots;
    default:
      return [];
  }
}
