/** What we owe someone: a task in its lane, with its place in the order, its attempts and its time. */
import type { Desk } from "../desk/desk.ts";
import type { Lane } from "../conversation/lane.ts";
import type { Task } from "./task.ts";
import { DAY_MS } from "../time/duration.ts";

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
  | "desk"
  /** Another desk owes the customer nothing any more. */
  | "handover";

/** A task in its lane. */
export interface Job {
  lane: Lane;
  order: Order;
  task: Task;
  acceptedMs: number;
  /** Not to be worked before. */
  dueMs: number;
  /** When it was decided that it is to wait until then; absent: when it was accepted. */
  decidedMs?: number;
  /** Due at once when this comes about, whatever `dueMs` says. */
  waitsFor?: Cause;
  /** How often it failed; waiting does not count. */
  attempts: number;
  /** Since when every try has failed. */
  failingSinceMs?: number;
  /** How often our own program failed at it. */
  faults?: number;
  /** For how long that was, counting from try to try. */
  failedForMs?: number;
  lastError?: string;
  /** What it sent came to lie outside of its thread: that is looked at before it sends again. */
  wentAstray?: true;
  /** The instance that wrote it last; only of a task that may be moot. */
  writtenBy?: string;
  /** Whoever worked it may have died over it: what it asks of Telegram may have been executed. */
  isUnsure?: true;
  /** Its private part was sealed under another token. */
  isUnreadable?: true;
}

/** The order after `last`, for a task that arrives with update `updateId`. */
export function orderAfter(last: Order | undefined, updateId: number): Order {
  if (!last || updateId > last.arrival) return { arrival: updateId, n: 0 };
  // Update IDs start anew after a week without updates; arrival still decides.
  return { arrival: last.arrival, n: last.n + 1 };
}

/**
 * From here on nothing arrives with an update: their IDs take 32 bits (Bot API, Update.update_id).
 */
const BEHIND_UPDATES = 2 ** 32;

/**
 * The order after `last`, and after whatever else is put behind that meanwhile: such is never given
 * twice, but to two that are put there in the same moment, of which only one can be written.
 */
export function orderBehindAll(last: Order | undefined, nowMs: number): Order {
  return orderAfter(last, BEHIND_UPDATES + nowMs);
}

/** What waits no longer than this waits for a while, and not for a moment that somebody chose. */
const WHILE_MS = DAY_MS;

/**
 * When a job may be worked. One that was decided in what is the future by now shows that the clock
 * was set back: nothing that only had to wait a while waits that out as well.
 */
export function dueAtMs(
  { acceptedMs, dueMs, decidedMs = acceptedMs }: Pick<Job, "acceptedMs" | "dueMs" | "decidedMs">,
  nowMs: number,
): number {
  const isSetBack = decidedMs > nowMs && dueMs - decidedMs <= WHILE_MS;
  return isSetBack ? nowMs : dueMs;
}

/** The chat a job's calls go to; `desk` is asked only if that is one of the desk's. */
export function targetOf({ task, lane }: Job, desk: () => Desk): number {
  switch (task.kind) {
    case "card":
    case "refresh":
    case "retire":
      return desk().channelId;
    case "efface":
      return lane.deskId;
    case "command":
      // One that is to answer the customer keeps a place in the line to them.
      return lane.direction === "to-customer" ? lane.customerId : task.at.chatId;
    case "press":
    case "delete":
    case "unpin":
    case "unbutton":
      return task.at.chatId;
    case "leave":
      return task.chatId;
    case "notice":
      if (task.chatId !== undefined) return task.chatId;
  }
  return lane.direction === "to-customer" ? lane.customerId : desk().groupId;
}
