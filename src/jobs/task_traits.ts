/** What is known of a task without doing it: how it is sent, and which message it is about. */
import { ruleOf } from "../commands/command.ts";
import type { Place } from "../message/link.ts";
import type { AlbumTask } from "./album_task.ts";
import type { PartTask, RelayTask, SendTask } from "./message_task.ts";
import type { CommandTask } from "./request_task.ts";
import type { Task } from "./task.ts";

/** How many messages a task's call sends; a pin leaves a message as well. */
export function sizeOf(task: Task): number {
  switch (task.kind) {
    case "album":
      return task.pieces.length;
    case "unpin":
    case "delete":
    case "expel":
    case "erase":
    case "update":
    case "alert":
    case "alarm":
    case "autoclose":
    case "timers":
    case "back":
    case "call-off":
    case "deal":
    case "handover":
    case "follow":
      return 0;
    // What it asks to be sent goes in its place.
    case "command":
      return task.name !== undefined && ruleOf(task.name).isAnswer ? 0 : 1;
    case "leave":
      return task.isSaid ? 0 : 1;
    // Telegram counts edits as it counts messages: a mark that comes, and goes.
    case "look":
      return task.asks ? 2 : 0;
    default:
      return 1;
  }
}

/** Whether what is done first sends nothing to the chat: closing an album, obeying a command. */
export function beginsSilently(task: Task): boolean {
  if (task.kind === "album") return !task.isClosed;
  return task.kind === "command" || task.kind === "press" || task.kind === "erase" ||
    task.kind === "update" || task.kind === "alert" || task.kind === "alarm" ||
    task.kind === "autoclose" || task.kind === "timers" || task.kind === "back" ||
    task.kind === "call-off" || task.kind === "deal" ||
    task.kind === "handover" || task.kind === "follow";
}

/** Whether tasks of this kind carry new messages of a person, in the order they wrote them. */
export function isMessage(kind: Task["kind"]): boolean {
  return kind === "relay" || kind === "album" || kind === "part" || kind === "send";
}

/** A task that brings a message to the other side, or a part of one. */
export type CarryingTask = RelayTask | AlbumTask | PartTask | SendTask;

/**
 * Whether a task brings this message to the other side, a part of it, or what it asks to be sent: a
 * command in a lane to a customer is an answer to be.
 */
export function carries(task: Task, { chatId, messageId }: Place): boolean {
  const places = isCarrying(task) ? placesIn(task) : task.kind === "command" ? [task.at] : [];
  return places.some((place) => place.chatId === chatId && place.messageId === messageId);
}

/** Whether tasks of this kind bring messages to the other side. */
export function isCarrying(task: Task): task is CarryingTask {
  return isMessage(task.kind);
}

/** Whether a task can be done without its private part. */
export function canDoWithout(task: Task): boolean {
  if (task.kind === "notice") return task.isSealed !== true;
  if (task.kind === "erase" || task.kind === "look") return true;
  return task.kind === "relay" && !task.isLater && task.shows.kind !== "dice" &&
    task.shows.kind !== "poll";
}

/** How many messages of a person's a task would have brought. */
export function messagesIn(task: Task): number {
  switch (task.kind) {
    case "relay":
      return task.isNote || task.isEdited ? 0 : 1;
    case "album":
      return task.isNote ? 0 : task.pieces.length;
    case "part":
      return task.isFirst ? 1 : 0;
    case "send":
      return task.isNote ? 0 : 1;
    case "command":
      return task.isNote ? 0 : countAsked(task);
    default:
      return 0;
  }
}

/** How many answers a command is to have sent. */
function countAsked({ name, carries }: CommandTask): number {
  if (carries) return carries.count;
  return name !== undefined && ruleOf(name).isAnswer ? 1 : 0;
}

/** The messages that a task brings to the other side: several, if it is an album. */
export function placesIn(task: CarryingTask): Place[] {
  switch (task.kind) {
    case "relay":
      return [task.from];
    case "part":
    case "send":
      return [task.of];
    case "album":
      return task.pieces.map(({ messageId }) => ({ chatId: task.chatId, messageId }));
  }
}

/**
 * Whether nothing is asked of Telegram where what a task is to show is shown already: then it matters
 * whether somebody has begun it, and did not live to say so.
 */
export function mayBeMoot({ kind }: Task): boolean {
  return kind === "refresh";
}

/** The ID of the message a task is about, in its writer's chat; 0 for those about none. */
export function messageOf(task: Task): number {
  switch (task.kind) {
    case "relay":
      return task.from.messageId;
    case "album":
      return task.pieces[0]!.messageId;
    case "part":
    case "send":
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
    case "leave":
    case "retire":
    case "unpin":
    case "erase":
    case "efface":
    case "look":
    case "alert":
    case "alarm":
    case "autoclose":
    case "timers":
    case "unbutton":
    case "back":
    case "call-off":
    case "deal":
    case "handover":
    case "follow":
    case "menu":
    case "update":
    case "copy":
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
    case "send":
      return task.of.chatId;
    case "edit":
    case "reaction":
    case "command":
      return task.at.chatId;
    default:
      return undefined;
  }
}
