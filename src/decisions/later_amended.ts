/** What follows when the command that has put an answer off is edited, or more of its album comes. */
import type { Change } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import type { Amended } from "../jobs/request_task.ts";
import type { EditTask } from "../jobs/message_task.ts";
import { readLater, wordsBehindWhen } from "../later/request.ts";
import { answering } from "../message/facts.ts";
import type { Snapshot } from "../message/snapshot.ts";
import { noteMarkIn } from "../replies/reply.ts";
import { hasRoomForPiece } from "./carry.ts";
import { mirrored, withdrawn } from "./edit.ts";
import { onCancelLater, onLaterCommand, saying } from "./later.ts";
import { isText, type LaterAsked, refused, told } from "./later_asked.ts";
import { confirming, inPlaceOfConfirmation } from "./later_confirmation.ts";
import {
  allWaiting,
  commandOf,
  laneToCustomer,
  unscheduling,
  waitingAnswer,
  type WaitingLater,
  waitingUntil,
} from "./later_waiting.ts";

/** The command's message has become this: what waits changes, or what was sent, or nothing does. */
export async function onLaterAmended(
  read: Reader,
  asked: LaterAsked,
  amends: Amended,
): Promise<Change> {
  const { command: at, given } = asked;
  if (amends === "piece") return await onLatePiece(read, asked);
  const waiting = await waitingAnswer(read, asked, at);
  if (waiting) return await onWaitingAmended(read, asked, amends, waiting);
  const lane = laneToCustomer(asked);
  const [there, carriers] = await Promise.all([read.counterpart(at), read.carriers(lane, at)]);
  if (there || carriers.length > 0) return await onSentAmended(read, asked, amends);
  // What was taken back stays so, whatever it becomes.
  if (amends === "note" || await read.wasTold(at)) return {};
  if (amends === "answer") {
    return await mirrored(editOf(asked, amends, ownSnapshot(asked)), lane, read);
  }
  return given.isOfAlbum ? told(asked, { text: "later-again" }) : await onLaterCommand(read, asked);
}

/** What waits for its time goes at another, says something else, goes now or not at all. */
async function onWaitingAmended(
  read: Reader,
  asked: LaterAsked,
  amends: Amended,
  waiting: WaitingLater,
): Promise<Change> {
  const { lane, name, task, dueMs: beforeMs } = waiting;
  const { command: at, nowMs, timeZone, task: { by } } = asked;
  if (amends === "note") {
    const { command: _itself, ...hand } = asked;
    return await onCancelLater(read, hand, at) ?? {};
  }
  const isCommand = commandOf(task).messageId === at.messageId;
  if (!isCommand) {
    if (amends === "command") return {};
    const changed = withPiece(asked, task, ownSnapshot(asked));
    return { scheduled: [{ lane, name, task: changed, dueMs: beforeMs }] };
  }
  if (amends === "answer") {
    const notice = { text: "did-send-now", by: asked.by } as const;
    return {
      ...await unscheduling(read, asked, waiting),
      tasks: [
        { lane, task: withPiece(asked, task, ownSnapshot(asked)) },
        await inPlaceOfConfirmation(read, asked, at, notice),
      ],
    };
  }
  const before = { when: task.private?.when ?? "", dueMs: beforeMs };
  const isWords = isText(asked) && task.kind === "relay";
  const request = readLater(asked.words, { nowMs, timeZone, isText: isWords, before });
  if (request.asks !== "send") return refused(asked, request, { isKept: true });
  const { dueMs, words, when } = request;
  const changed = withPiece(asked, task, saying(asked.given.content.snapshot, words, by), when);
  const scheduled = [{ lane, name, task: changed, dueMs }];
  const conversation = await read.conversation(asked.customerId);
  if (dueMs === beforeMs || !conversation) return { scheduled };
  const others = (await allWaiting(read, asked)).filter((other) => other.name !== name);
  const confirmation = await read.confirmation(asked.customerId, at);
  return {
    scheduled,
    conversations: [waitingUntil(conversation, [...others.map(({ dueMs }) => dueMs), dueMs])],
    tasks: [confirming(asked, dueMs, confirmation?.messageId)],
  };
}

/** What waits, with what one of its messages is by now. */
function withPiece(
  { command: { messageId }, task: { carries } }: LaterAsked,
  task: WaitingLater["task"],
  snapshot: Snapshot,
  when = task.private?.when,
): WaitingLater["task"] {
  const timed = when === undefined ? {} : { when };
  if (task.kind === "relay") {
    return { ...task, shows: carries!.shows, private: { ...task.private, snapshot, ...timed } };
  }
  const at = task.pieces.findIndex((piece) => piece.messageId === messageId);
  const snapshots = task.private.snapshots.with(at, snapshot);
  const pieces = task.pieces.with(at, { messageId, shows: carries!.shows });
  return { ...task, pieces, private: { ...task.private, snapshots, ...timed } };
}

/** What the customer has, or is about to get, is edited as any other answer. */
async function onSentAmended(
  read: Reader,
  asked: LaterAsked,
  amends: Amended,
): Promise<Change> {
  const { command: at, task: { by }, given } = asked;
  const lane = laneToCustomer(asked);
  if (amends !== "command") {
    const change = await mirrored(editOf(asked, amends, ownSnapshot(asked)), lane, read);
    if (amends !== "note") return change;
    const carriers = (await read.carriers(lane, at)).filter(({ task }) => task.kind !== "part");
    return { ...change, rewrites: [...change.rewrites ?? [], ...carriers.map(withdrawn)] };
  }
  const words = wordsBehindWhen(asked.words);
  const mark = words && noteMarkIn(words.text);
  if (mark) return refused(asked, { asks: "note", mark }, { isKept: true });
  if (!words && isText(asked)) return refused(asked, { asks: "unclear" }, { isKept: true });
  const snapshot = saying(given.content.snapshot, words, by);
  return await mirrored(editOf(asked, amends, snapshot), lane, read);
}

function editOf(
  { command: at, task: { by: writer, carries }, given }: LaterAsked,
  amends: Amended,
  snapshot: Snapshot,
): EditTask {
  return {
    kind: "edit",
    at,
    shows: carries!.shows,
    sentMs: carries!.sentMs,
    writer,
    isNote: amends === "note",
    ...answering(given),
    private: { snapshot },
  };
}

/** The message as it stands. */
function ownSnapshot({ given: { content: { snapshot } }, task: { by } }: LaterAsked): Snapshot {
  return saying(snapshot, snapshot.words, by);
}

/** A piece that comes late joins its album, if that still waits and has room for it. */
async function onLatePiece(read: Reader, asked: LaterAsked): Promise<Change> {
  const { task: { private: { album } } } = asked;
  const piece = album?.pieces[0];
  const snapshot = album?.private.snapshots[0];
  const waiting = (await allWaiting(read, asked)).find(({ task }) =>
    task.kind === "album" && task.later?.album === album?.later?.album
  );
  const known = waiting && await read.scheduled(waiting.lane, waiting.name);
  if (
    known?.task.kind !== "album" || !piece || !snapshot || !hasRoomForPiece(known.task, snapshot)
  ) {
    return told(asked, { text: "later-again" });
  }
  const task = {
    ...known.task,
    pieces: [...known.task.pieces, piece],
    private: { ...known.task.private, snapshots: [...known.task.private.snapshots, snapshot] },
  };
  return { scheduled: [{ ...known, task }] };
}
