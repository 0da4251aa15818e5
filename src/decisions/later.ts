/** Answers that go at a later time: put off, and called off. */
import type { Change } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import type { CommandTask } from "../jobs/request_task.ts";
import type { RelayTask } from "../jobs/message_task.ts";
import type { Task } from "../jobs/task.ts";
import type { AlbumTask } from "../jobs/album_task.ts";
import { placesIn } from "../jobs/task_traits.ts";
import type { Conversation } from "../conversation/conversation.ts";
import { type Lane, laneOf } from "../conversation/lane.ts";
import { sayExactly } from "../later/exactly.ts";
import { type LaterRequest, readLater } from "../later/request.ts";
import { answering } from "../message/facts.ts";
import type { Place } from "../message/link.ts";
import { signed, type Snapshot } from "../message/snapshot.ts";
import { defined } from "../values/defined.ts";
import type { Formatted } from "../words/formatted.ts";
import type { Hand } from "./handling.ts";
import { laterName } from "./later_names.ts";
import { onBringBack, onPutOff } from "./put_off.ts";
import {
  allWaiting,
  commandOf,
  isWaitingLater,
  laneToCustomer,
  unscheduling,
  waitingAnswer,
  waitingUntil,
} from "./later_waiting.ts";
import { isText, type LaterAsked, refused, told } from "./later_asked.ts";
import { confirming, inPlaceOfConfirmation } from "./later_confirmation.ts";

/** So many answers may wait in one conversation. */
const MOST_LATER = 100;

/** So many are called off at once: a commit takes a hundred checks. */
const CALLED_OFF_AT_ONCE = 40;

/** What was asked for is done, or it is said why not. */
export async function onLaterCommand(read: Reader, asked: LaterAsked): Promise<Change> {
  const conversation = await read.conversation(asked.customerId);
  if (!conversation) return {};
  const { nowMs, timeZone } = asked;
  const request = readLater(asked.words, { nowMs, timeZone, isText: isText(asked) });
  switch (request.asks) {
    case "put off": {
      const until = sayExactly(request.dueMs, asked);
      return await onPutOff(read, asked, { dueMs: request.dueMs, until });
    }
    case "bring back":
      return await onBringBack(read, asked);
    case "send":
      return await onSendLater(read, asked, conversation, request);
    default:
      return refused(asked, request, { isKept: false });
  }
}

/** Puts an answer beside the customer's lane until its time. */
async function onSendLater(
  read: Reader,
  asked: LaterAsked,
  conversation: Conversation,
  request: Extract<LaterRequest, { asks: "send" }>,
): Promise<Change> {
  const { status } = conversation;
  if (status === "banned") return told(asked, { text: "not-put-off-here", status });
  const waiting = await allWaiting(read, asked);
  if (waiting.length >= MOST_LATER) return told(asked, { text: "later-full", most: MOST_LATER });
  const { dueMs } = request;
  return {
    conversations: [waitingUntil(conversation, [...waiting.map(({ dueMs }) => dueMs), dueMs])],
    scheduled: [{
      lane: laneToCustomer(asked),
      name: laterName(asked.command),
      task: putOffBy(asked, request),
      dueMs,
    }],
    tasks: [confirming(asked, dueMs)],
  };
}

/** What goes to the customer in the end: the words behind the command, with what they stand under. */
function putOffBy(
  { task: { at, by, carries, private: { album } }, given }: LaterAsked,
  { words, when }: Pick<Extract<LaterRequest, { asks: "send" }>, "words" | "when">,
): RelayTask | AlbumTask {
  if (album) {
    const snapshots = album.private.snapshots.map((snapshot, index) =>
      album.pieces[index]!.messageId === at.messageId ? saying(snapshot, words, by) : snapshot
    );
    return { ...album, isLater: true, private: { snapshots, when } };
  }
  return {
    kind: "relay",
    from: at,
    shows: carries!.shows,
    writer: by,
    ...answering(given),
    isLater: true,
    private: { snapshot: saying(given.content.snapshot, words, by), when },
  };
}

/** A message's content with other words; without any, it has none. */
export function saying(
  { words: _words, agent: _agent, ...snapshot }: Snapshot,
  words: Formatted | undefined,
  writer: CommandTask["by"],
): Snapshot {
  const said: Snapshot = { ...snapshot, ...defined({ words }), isFilled: true };
  return "name" in writer ? signed(said, writer.name) : said;
}

/** An answer that waits for its time is not to be sent; `null`: none waits there. */
export async function onCancelLater(
  read: Reader,
  hand: Hand,
  place: Place,
): Promise<Change | null> {
  const waiting = await waitingAnswer(read, hand, place);
  if (!waiting) return null;
  const { task } = waiting;
  const { command } = hand;
  const lane = laneOf(hand.desk, hand.customerId, "to-desk");
  const places = [...placesIn(task), commandOf(task)];
  return {
    ...await unscheduling(read, hand, waiting),
    // What was taken back does not come back by an edit.
    told: places,
    tasks: [
      await inPlaceOfConfirmation(read, hand, commandOf(task), {
        text: "did-cancel-later",
        by: hand.by,
      }),
      ...(command ? [{ lane, task: { kind: "delete", at: command } } as const] : []),
    ],
  };
}

/** None of the answers is sent any more that wait for their time. */
export async function onCallOff(read: Reader, lane: Lane): Promise<Change> {
  const all = await read.allScheduled({ ...lane, direction: "to-customer" });
  const waiting = all.filter(isWaitingLater);
  const some = waiting.slice(0, CALLED_OFF_AT_ONCE);
  const rest: Task[] = waiting.length > some.length ? [{ kind: "call-off" }] : [];
  return {
    unscheduled: some.map(({ lane, name }) => ({ lane, name })),
    told: some.map(({ task }) => commandOf(task)),
    ...(rest.length > 0 ? { instead: rest } : {}),
  };
}
