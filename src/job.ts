/**
 * What we owe someone. A task says what; a job is a task in a lane, with its place in the order,
 * its attempts and when it is due.
 */
import type { LinkPreviewOptions, Message } from "grammy/types";
import type { CommandName } from "./command.ts";
import type { Customer } from "./conversation.ts";
import type { Desk } from "./desk.ts";
import type { EffaceTask, EraseTask } from "./erasure.ts";
import type { Formatted } from "./formatted.ts";
import type { Place, Shows } from "./link.ts";
import type { Notice, Wording } from "./notice.ts";
import type { Quote, Snapshot } from "./snapshot.ts";
import type { Author } from "./team.ts";

/** Where a lane's jobs go: to one of the two sides, or to the desk itself, which is to do something. */
export type Direction = "to-team" | "to-customer" | "to-desk";

/**
 * The line in which one conversation's jobs go, one lane per direction. Order holds inside it. What
 * is asked of the desk in no conversation has the customer 0, or the person who asks in private.
 */
export interface Lane {
  deskId: number;
  customerId: number;
  direction: Direction;
}

/** Who wrote what a task carries. */
export type Writer = Author | { kind: "customer" };

/** One thing to do. IDs only: what is private travels in `private` and is sealed at rest. */
export type Task =
  | CardTask
  | RefreshTask
  | CommandTask
  | PressTask
  | DeleteTask
  | ExpelTask
  | RelayTask
  | AlbumTask
  | PartTask
  | EditTask
  | ReactionTask
  | NoticeTask
  | RetireTask
  | UnpinTask
  | EraseTask
  | EffaceTask
  | UpdateTask;

/** Post the customer's card in the channel. */
export interface CardTask {
  kind: "card";
  /** How many cards before it never got a thread. */
  inVain?: number;
}

/** Make the card in the channel, and its pin, show what the conversation is by now. */
export interface RefreshTask {
  kind: "refresh";
}

/** Do what a command asks for, if who gave it may. */
export interface CommandTask {
  kind: "command";
  /** Absent: there is no command of that name. */
  name?: CommandName;
  at: Place;
  by: Author;
  /** Of a message to be taken back that had not gone yet: whatever carries it is kept from going. */
  isWithdrawing?: true;
  private: { given: Message };
}

/** Do what a pressed button asks for, if who pressed it may. */
export interface PressTask {
  kind: "press";
  queryId: string;
  data: string;
  by: Extract<Author, { kind: "person" }>;
  /** The message with the button. */
  at: Place;
  /** The command that message answers, if it does. */
  command?: number;
  private: { wording: Wording };
}

/** Take away a message that says nothing more: a command that was obeyed, the note of a pin. */
export interface DeleteTask {
  kind: "delete";
  at: Place;
}

/** Remove somebody from the group whom the creator does not let in. */
export interface ExpelTask {
  kind: "expel";
  member: Extract<Author, { kind: "person" }>;
  /** The creator asked for it, and is told only if it cannot be done. */
  isAsked?: true;
}

/** Mark a card whose thread is gone: the conversation goes on under a newer one. */
export interface RetireTask {
  kind: "retire";
  postId: number;
}

/** Show a message on the other side, as an answer to the counterpart of `answerTo`. */
export interface RelayTask {
  kind: "relay";
  from: Place;
  shows: Shows;
  answerTo?: number;
  writer: Writer;
  /** A command, if the team gave it; anybody else's is a message like any other. */
  asks?: CommandName;
  /** It is what an earlier message has become, and is marked so. */
  isEdited?: true;
  /** Its caption follows as a text of its own. */
  isWithoutCaption?: true;
  /** It became an internal note before it went, or was taken back. */
  isNote?: true;
  /** A line of its own was said before it. */
  isPrefixed?: true;
  /** It was sent as a canned reply: the trace by which the reply is known. */
  replyTrace?: string;
  private?: { snapshot?: Snapshot; given?: Message };
}

/** Show several messages as one album. Open until its pieces have stopped coming. */
export interface AlbumTask {
  kind: "album";
  chatId: number;
  /** The thread it was written in. */
  rootId?: number;
  /** In the order of their IDs; the snapshots are in the same order. */
  pieces: { messageId: number; shows: Shows }[];
  answerTo?: number;
  writer: Writer;
  isClosed?: true;
  /** One of its captions makes it an internal note, or it was taken back. */
  isNote?: true;
  private: { snapshots: Snapshot[] };
}

/**
 * Show some of a message's words in a message of their own: a part of a text that is too long for
 * one, a caption's, or the line before a message. The first part of a text stands for the text.
 */
export interface PartTask {
  kind: "part";
  of: Place;
  shows: Shows;
  isFirst: boolean;
  answerTo?: number;
  writer: Writer;
  /** Its message was taken back. */
  isNote?: true;
  private: { words: Formatted; linkPreview?: LinkPreviewOptions; quote?: Quote };
}

/** Show on the other side what a message has become. */
export interface EditTask {
  kind: "edit";
  at: Place;
  shows: Shows;
  writer: Writer;
  answerTo?: number;
  sentMs: number;
  /** It begins with `#` now, or is a command: not meant for the other side. */
  isNote: boolean;
  /** An earlier edit may have been carried across without our having noted it. */
  isUnsure?: true;
  private: { snapshot: Snapshot; wording?: Wording };
}

/** Show somebody's reaction on the counterpart; `null`: none any more. */
export interface ReactionTask {
  kind: "reaction";
  at: Place;
  writer: Writer;
  /** What the person or chat is to Telegram. */
  reactorId: number;
  private: { emoji: string | null };
}

/** Say something ourselves, as an answer to a message of the chat it goes to. */
export interface NoticeTask {
  kind: "notice";
  notice: Notice;
  answerTo?: number;
  /** Where the message it answers is, since the group may be another by the time it is said. */
  answerIn?: number;
  /** A message of ours that says this from now on, instead of a new one. */
  replaces?: number;
  /** Where it is said, if not to the side its lane leads to: to an agent in private. */
  chatId?: number;
  /** Where it is said instead, if nobody can be told there. */
  otherwise?: number;
  /** It is only said if this person is of the team. */
  ifOfTeam?: Extract<Author, { kind: "person" }>;
  /** It may repeat what somebody has typed: what it says is sealed as well. */
  isSealed?: true;
  /** Absent: in the desk's language. With who asks, of whom nothing may be kept. */
  private?: { wording: Wording; asking?: Customer };
}

/** Take a message off its chat's pins: a card's automatic forward, or a card that is over. */
export interface UnpinTask {
  kind: "unpin";
  at: Place;
}

/** An update that could not be understood, by our own fault. Only ever kept as given up. */
export interface UpdateTask {
  kind: "update";
}

/** A place in a lane: everything of a smaller `arrival` goes first, then of a smaller `n`. */
export interface Order {
  arrival: number;
  n: number;
}

/** What a job may be waiting for, apart from its time. */
export type Cause =
  /** The root of the thread is learned. */
  | "root"
  /** The customer can be reached again. */
  | "customer"
  /** The operator has repaired the desk. */
  | "desk";

/** A task in its lane. */
export interface Job {
  lane: Lane;
  order: Order;
  task: Task;
  acceptedMs: number;
  /** Not to be worked before. */
  dueMs: number;
  /** Due at once when this comes about, whatever `dueMs` says. */
  waitsFor?: Cause;
  /** How often it failed; waiting does not count. */
  attempts: number;
  /** Since when every try has failed. */
  failingSinceMs?: number;
  lastError?: string;
  /** Its private part was sealed under another token. */
  isUnreadable?: true;
}

/** The order after `last`, for a task that arrives with update `updateId`. */
export function orderAfter(last: Order | undefined, updateId: number): Order {
  if (!last || updateId > last.arrival) return { arrival: updateId, n: 0 };
  // Update IDs start anew after a week without updates; arrival still decides.
  return { arrival: last.arrival, n: last.n + 1 };
}

/** The lane of a customer's conversation in one direction. */
export function laneOf(desk: Desk, customerId: number, direction: Direction): Lane {
  return { deskId: desk.channelId, customerId, direction };
}

/** The lane that leads back to whoever wrote what goes in this one. */
export function otherLane(lane: Lane): Lane {
  return { ...lane, direction: lane.direction === "to-team" ? "to-customer" : "to-team" };
}

/** The chat a job's calls go to. */
export function targetOf({ task, lane }: Job, desk: Desk): number {
  switch (task.kind) {
    case "card":
    case "refresh":
    case "retire":
      return desk.channelId;
    case "efface":
      return lane.deskId;
    case "command":
    case "press":
    case "delete":
    case "unpin":
      return task.at.chatId;
    case "notice":
      if (task.chatId !== undefined) return task.chatId;
  }
  return lane.direction === "to-customer" ? lane.customerId : desk.groupId;
}

/** How many messages a task's call sends; a pin leaves a message as well. */
export function sizeOf(task: Task): number {
  switch (task.kind) {
    case "album":
      return task.pieces.length;
    case "unpin":
    case "delete":
    case "expel":
    case "erase":
      return 0;
    default:
      return 1;
  }
}

/** A lane's name in logs and maps. */
export function laneName(lane: Lane): string {
  return `${lane.deskId}/${lane.customerId}/${lane.direction}`;
}

/** Whether tasks of this kind carry new messages of a person, in the order they wrote them. */
export function isMessage(kind: Task["kind"]): boolean {
  return kind === "relay" || kind === "album" || kind === "part";
}

/** A task that brings a message to the other side, or a part of one. */
export type CarryingTask = RelayTask | AlbumTask | PartTask;

/** Whether a task brings this message to the other side, or a part of it. */
export function carries(task: Task, { chatId, messageId }: Place): task is CarryingTask {
  return isCarrying(task) &&
    placesIn(task).some((place) => place.chatId === chatId && place.messageId === messageId);
}

/** Whether tasks of this kind bring messages to the other side. */
export function isCarrying(task: Task): task is CarryingTask {
  return isMessage(task.kind);
}

/** The messages that a task brings to the other side: several, if it is an album. */
export function placesIn(task: CarryingTask): Place[] {
  switch (task.kind) {
    case "relay":
      return [task.from];
    case "part":
      return [task.of];
    case "album":
      return task.pieces.map(({ messageId }) => ({ chatId: task.chatId, messageId }));
  }
}

/** The ID of the message a task is about, in its writer's chat; 0 for those about none. */
export function messageOf(task: Task): number {
  switch (task.kind) {
    case "relay":
      return task.from.messageId;
    case "album":
      return task.pieces[0]!.messageId;
    case "part":
      return task.of.messageId;
    case "edit":
    case "reaction":
    case "command":
      return task.at.messageId;
    case "notice":
    case "card":
    case "refresh":
    case "press":
    case "delete":
    case "expel":
    case "retire":
    case "unpin":
    case "erase":
    case "efface":
    case "update":
      return 0;
  }
}

/** The chat that message is in; `undefined` for tasks that are about none. */
export function chatOf(task: Task): number | undefined {
  switch (task.kind) {
    case "relay":
      return task.from.chatId;
    case "album":
      return task.chatId;
    case "part":
      return task.of.chatId;
    case "edit":
    case "reaction":
    case "command":
      return task.at.chatId;
    default:
      return undefined;
  }
}

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 5 * 60_000;

/** How long a job may fail before it is given up, visibly. */
export const PATIENCE_MS = 24 * 60 * 60_000;

/**
 * How long to wait after the given number of failures: doubling from 1 s to 5 min, less up to half
 * by chance (`random` from 0 to 1), so that lanes that failed together do not return together.
 */
export function backoffMs(attempts: number, random: number): number {
  const fullMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 20), LAST_RETRY_MS);
  return Math.round(fullMs * (1 - random / 2));
}
