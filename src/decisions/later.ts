/** Answers that wait for their time beside the customer's lane: given, confirmed, called off. */
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import type { CommandTask } from "../jobs/request_task.ts";
import type { Scheduled } from "../jobs/scheduled.ts";
import type { RelayTask } from "../jobs/message_task.ts";
import type { Task } from "../jobs/task.ts";
import type { AlbumTask } from "../jobs/album_task.ts";
import { placesIn } from "../jobs/task_traits.ts";
import type { Conversation } from "../conversation/conversation.ts";
import { type Lane, laneOf } from "../conversation/lane.ts";
import { sayExactly } from "../later/exactly.ts";
import { type LaterRequest, readLater } from "../later/request.ts";
import { answering, type CommandFacts } from "../message/facts.ts";
import type { Place } from "../message/link.ts";
import { signed, type Snapshot } from "../message/snapshot.ts";
import type { Notice } from "../texts/notice.ts";
import { defined } from "../values/defined.ts";
import type { Formatted } from "../words/formatted.ts";
import type { Language } from "../words/language.ts";
import type { Hand } from "./handling.ts";
import { laterName } from "./later_names.ts";
import { onBringBack, onPutOff } from "./put_off.ts";

/** So many answers may wait in one conversation. */
export const MOST_LATER = 100;
/** So many are called off at once: a commit takes a hundred checks. */
const CALLED_OFF_AT_ONCE = 40;

/** The command, by whose hand it was given, and by which clock and in which language it is read. */
export interface LaterAsked extends Hand {
  command: Place;
  task: CommandTask;
  given: CommandFacts;
  /** What follows the command. */
  words: Formatted;
  language: Language;
  timeZone: string;
}

/** An answer as it waits for its time. */
export interface WaitingLater extends Scheduled {
  task: RelayTask | AlbumTask;
}

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

/** The answer that waits for its time, by its command, a piece of its album, or what confirms it. */
export async function waitingAnswer(
  read: Reader,
  hand: Pick<Hand, "desk" | "customerId">,
  place: Place,
): Promise<WaitingLater | null> {
  const lane = laneToCustomer(hand);
  const { chatId } = place;
  const confirmed = await read.confirmation(hand.customerId, place);
  const places = [place, ...confirmed ? [{ chatId, messageId: confirmed.messageId }] : []];
  for (const each of places) {
    const found = await read.scheduled(lane, laterName(each));
    if (found && isWaitingLater(found)) return found;
  }
  const ofAlbum = (await allWaiting(read, hand)).find(({ task }) =>
    placesIn(task).some((each) => each.chatId === chatId && each.messageId === place.messageId)
  );
  const found = ofAlbum && await read.scheduled(lane, ofAlbum.name);
  return found && isWaitingLater(found) ? found : null;
}

/** All answers that wait for their time in a conversation. */
export async function allWaiting(
  read: Reader,
  hand: Pick<Hand, "desk" | "customerId">,
): Promise<WaitingLater[]> {
  return (await read.allScheduled(laneToCustomer(hand))).filter(isWaitingLater);
}

function isWaitingLater(scheduled: Scheduled): scheduled is WaitingLater {
  const { task } = scheduled;
  return (task.kind === "relay" || task.kind === "album") && task.isLater === true;
}

/** The command that has put an answer off. */
export function commandOf(task: WaitingLater["task"]): Place {
  if (task.kind === "relay") return task.from;
  const { chatId, pieces, later } = task;
  return { chatId, messageId: later?.messageId ?? pieces[0]!.messageId };
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

/** One answer waits no longer. */
export async function unscheduling(
  read: Reader,
  hand: Pick<Hand, "desk" | "customerId">,
  { lane, name }: WaitingLater,
): Promise<Change> {
  const conversation = await read.conversation(hand.customerId);
  const others = (await allWaiting(read, hand)).filter((other) => other.name !== name);
  return {
    unscheduled: [{ lane, name }],
    ...(conversation
      ? { conversations: [waitingUntil(conversation, others.map(({ dueMs }) => dueMs))] }
      : {}),
  };
}

/** A conversation in which answers wait for these times. */
export function waitingUntil(
  { laterUntilMs: _before, ...conversation }: Conversation,
  duesMs: number[],
): Conversation {
  return duesMs.length === 0
    ? conversation
    : { ...conversation, laterUntilMs: Math.max(...duesMs) };
}

/** Says when an answer goes, with a button that calls it off; in the place of what said so before. */
export function confirming(
  asked: Pick<LaterAsked, "desk" | "customerId" | "command" | "task" | "language" | "timeZone">,
  dueMs: number,
  replaces?: number,
): NewTask {
  const { desk, customerId, command: { chatId, messageId }, task: { by }, language } = asked;
  return {
    lane: laneOf(desk, customerId, "to-desk"),
    task: {
      kind: "notice",
      notice: { text: "did-later", at: sayExactly(dueMs, asked), command: messageId },
      answerTo: messageId,
      answerIn: chatId,
      confirms: { messageId, ...(by.kind === "person" ? { userId: by.userId } : {}) },
      ...defined({ replaces }),
      private: { wording: { language } },
    },
  };
}

/** Says something where it was said when an answer goes, or as an answer to its command. */
export async function inPlaceOfConfirmation(
  read: Reader,
  { desk, customerId }: Pick<Hand, "desk" | "customerId">,
  command: Place,
  notice: Notice,
): Promise<NewTask> {
  const confirmation = await read.confirmation(customerId, command);
  const answer = { answerTo: command.messageId, answerIn: command.chatId };
  return {
    lane: laneOf(desk, customerId, "to-desk"),
    task: {
      kind: "notice",
      notice,
      ...answer,
      ...defined({ replaces: confirmation?.messageId }),
    },
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

/** Says why something is not done; `isKept`: and that what was asked before stands. */
export function refused(
  asked: LaterAsked,
  request: LaterRequest,
  { isKept }: { isKept: boolean },
): Change {
  switch (request.asks) {
    case "how":
      return told(asked, isKept ? { text: "later-unclear", isKept } : { text: "later-how" });
    case "problem":
      return told(asked, { text: "later-problem", problem: request.problem, isKept });
    case "note":
      return told(asked, { text: "later-note", mark: request.mark, isKept });
    default:
      return told(asked, { text: "later-unclear", isKept });
  }
}

/** Says something to who gave the command, in answer to it. */
export function told(
  { desk, customerId, command: { chatId, messageId }, language }: Pick<
    LaterAsked,
    "desk" | "customerId" | "command" | "language"
  >,
  notice: Notice,
): Change {
  return {
    tasks: [{
      lane: laneOf(desk, customerId, "to-desk"),
      task: {
        kind: "notice",
        notice,
        answerTo: messageId,
        answerIn: chatId,
        private: { wording: { language } },
      },
    }],
  };
}

/** Whether the message with the command is nothing but words. */
export function isText({ task, given }: Pick<LaterAsked, "task" | "given">): boolean {
  return task.private.album === undefined && given.content.kind === "text";
}

/** The lane in which answers go to the customer of a conversation. */
export function laneToCustomer({ desk, customerId }: Pick<Hand, "desk" | "customerId">): Lane {
  return laneOf(desk, customerId, "to-customer");
}
