/**
 * What we owe someone. A task says what; a job is a task in a lane, with its place in the order,
 * its attempts and when it is due; an outcome is how working it ended.
 */
import type { Decision } from "./change.ts";
import type { ContentKind } from "./content.ts";
import type { Desk } from "./desk.ts";
import type { Place } from "./link.ts";
import type { Notice, Wording } from "./notice.ts";
import type { Author } from "./team.ts";

/** Where a lane's jobs go. */
export type Direction = "to-team" | "to-customer";

/** The line in which one conversation's jobs go, one lane per direction. Order holds inside it. */
export interface Lane {
  deskId: number;
  customerId: number;
  direction: Direction;
}

/** One thing to do. IDs only: what is private travels in `private` and is sealed at rest. */
export type Task =
  /** Post the customer's card in the channel. */
  | { kind: "card" }
  /** Show a message on the other side, as an answer to the counterpart of `answerTo`. */
  | {
    kind: "relay";
    from: Place;
    content: ContentKind;
    answerTo?: number;
    author: Author | { kind: "customer" };
  }
  /** Say something ourselves, as an answer to a message of the chat it goes to. */
  | { kind: "notice"; notice: Notice; answerTo?: number; private?: { wording: Wording } }
  /** Take the automatic forward of a card off the group's pins. */
  | { kind: "unpin"; messageId: number };

/** A place in a lane: everything of a smaller `arrival` goes first, then of a smaller `n`. */
export interface Order {
  arrival: number;
  n: number;
}

/** What a job may be waiting for, apart from its time. */
export type Cause = "root" | "customer";

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
  lastError?: string;
}

/** How working a job ended. What `decide` says is written in the commit that settles the job. */
export type Outcome =
  /** Done. */
  | { kind: "sent"; decide?: Decision }
  /** Not yet, and nobody's fault: no attempt is counted. */
  | { kind: "wait"; untilMs: number; waitsFor?: Cause; decide?: Decision }
  /** It failed in a way that may pass. */
  | { kind: "retry"; error: string }
  /** Given up. `decide` tells the sender's side, unless nobody is to be told. */
  | { kind: "drop"; reason: string; decide?: Decision };

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

/** The other lane of the same conversation. */
export function otherLane(lane: Lane): Lane {
  return { ...lane, direction: lane.direction === "to-team" ? "to-customer" : "to-team" };
}

/** A lane's name in logs and maps. */
export function laneName(lane: Lane): string {
  return `${lane.deskId}/${lane.customerId}/${lane.direction}`;
}

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 5 * 60_000;

/** How long failures are retried before the job is given up, visibly. */
export const PATIENCE_MS = 24 * 60 * 60_000;

/**
 * How long to wait after the given number of failures: doubling from 1 s to 5 min, less up to half
 * by chance (`random` from 0 to 1), so that lanes that failed together do not return together.
 */
export function backoffMs(attempts: number, random: number): number {
  const fullMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 20), LAST_RETRY_MS);
  return Math.round(fullMs * (1 - random / 2));
}
