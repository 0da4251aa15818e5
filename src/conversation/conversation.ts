/** One customer, one thread of comments under one card; and how far it has come. */
import type { User } from "grammy/types";
import { isClaim } from "../desk/claim.ts";
import type { Agent } from "../desk/team.ts";
import { DAY_MS } from "../time/duration.ts";
import { defined } from "../values/defined.ts";

/** All that is ever known of a customer. */
export interface Customer {
  id: number;
  firstName: string;
  lastName?: string;
}

/** From 1 (not urgent) to 5 (emergency). */
export type Priority = 1 | 2 | 3 | 4 | 5;

/** The priorities there are. */
export const PRIORITIES: readonly Priority[] = [1, 2, 3, 4, 5];

/** What is kept of a conversation: who, since when, in which state; never a word of it. */
export interface Conversation {
  customer: Customer;
  sinceMs: number;
  status: "open" | "closed" | "banned";
  priority: Priority;
  /** The parameter of the link the customer came by (`t.me/<bot>?start=<source>`). */
  source?: string;
  /** Words the team has put on the card, as they were written first. */
  tags?: string[];
  /** The colleague who has taken the conversation on. */
  assignee?: Agent;
  /** Since when the customer has blocked the bot; absent: not blocked. */
  blockedSinceMs?: number;
  /** The newest card in the channel; absent until it is posted. */
  card?: Card;
  /** It goes on at another desk: under this card, once it has one there. */
  movedTo?: { deskId: number; name: string; postId?: number };
  /** The customer waits for an answer. */
  waiting?: Wait;
  /** The customer was answered and is silent, and it is counted for how long. */
  silence?: Silence;
  /** When what waits for its time is due. */
  timers?: { alarm?: number; autoclose?: number };
  /** Put off: by whom, and until when, unless the customer writes before. */
  putOff?: { untilMs: number; by: string };
  /** Until when answers wait that are to be sent later. */
  laterUntilMs?: number;
  /** The last answer: whose (0: nobody's in particular), and when it was written. */
  lastAnswer?: { agentId: number; atMs: number };
  /** When the customer last wrote, to within a day; absent: when it began. */
  wroteMs?: number;
  /** When the customer was last asked to write less at once. */
  slowedMs?: number;
  /** The day on which the customer was last told that nobody is here, in the desk's time zone. */
  awayOn?: string;
  /** The customer was told that they are banned. */
  isBanTold?: true;
  /** The customer was asked how it was, and has not said yet. */
  isRatingAsked?: true;
}

/** A customer waits for an answer. */
export interface Wait {
  /** Since when, and with which message of theirs. */
  sinceMs: number;
  messageId: number;
  /** From when on it is counted whether they are late, if that is later. */
  countsFromMs?: number;
  /** They are late; 2: for twice the time. */
  late?: 1 | 2;
}

/** A customer says nothing after an answer. */
export interface Silence {
  /** Since when. */
  sinceMs: number;
  /** How long it may last before the conversation closes by itself. */
  hours: number;
  /** They are to be warned; when they were, and by which message. */
  isWarned?: true;
  warnedMs?: number;
  warningId?: number;
}

/** The post that stands for the customer. */
export interface Card {
  postId: number;
  postedMs: number;
  /** How many cards before it never got a thread. */
  inVain?: number;
  /** A newer one is to take its place. */
  isOver?: true;
  /** What it shows, as a digest. */
  look?: string;
  /** It is among the channel's pins, which are the inbox. */
  isPinned?: true;
}

/** A first contact opens a conversation. */
export function openConversation(
  customer: Customer,
  nowMs: number,
  source?: string,
): Conversation {
  return {
    customer,
    sinceMs: nowMs,
    status: "open",
    priority: 1,
    ...defined({ source }),
  };
}

/** Whether it is among those that want to be looked at. */
export function isInInbox({ status, putOff }: Conversation): boolean {
  return status === "open" && putOff === undefined;
}

/** Whether nothing presses: it was put off, or an answer waits that is to be sent later. */
export function isPutOff({ putOff, laterUntilMs = 0 }: Conversation, nowMs: number): boolean {
  return putOff !== undefined || laterUntilMs > nowMs;
}

/** It is to be looked at again: nobody has put it off any more. */
export function broughtBack({ putOff: _putOff, ...rest }: Conversation): Conversation {
  return rest;
}

/** It has come to its end: nobody waits for anything. */
export function closed(
  { waiting: _waiting, silence: _silence, ...rest }: Conversation,
): Conversation {
  return { ...broughtBack(rest), status: "closed" };
}

/** The customer has said something: they are silent no longer. */
export function heard({ silence: _silence, ...rest }: Conversation): Conversation {
  return rest;
}

/** Whether the customer waits for longer than they should, and can be answered. */
export function isLate({ status, waiting, blockedSinceMs, putOff }: Conversation): boolean {
  return status === "open" && waiting?.late !== undefined && blockedSinceMs === undefined &&
    putOff === undefined;
}

/** Nothing of the customer's is shown any more, and they are told so once. */
export function banned(conversation: Conversation): Conversation {
  const { isBanTold: _isBanTold, isRatingAsked: _isRatingAsked, laterUntilMs: _later, ...rest } =
    closed(conversation);
  return { ...rest, status: "banned" };
}

/** It goes on here, wherever it was to go on. */
export function backHere({ movedTo: _movedTo, ...rest }: Conversation): Conversation {
  return rest;
}

/** It goes on, after its end or a ban. Who only says thanks may still say how it was. */
export function reopened({ isBanTold: _isBanTold, ...rest }: Conversation): Conversation {
  return { ...rest, status: "open" };
}

/** A message of the customer's waits for an answer, unless an earlier one does. */
export function waitingFor(
  conversation: Conversation,
  message: Wait,
): Conversation {
  return { ...conversation, waiting: conversation.waiting ?? message };
}

/** How exactly it is known when a customer last wrote: more would be written with every message. */
const WROTE_MS = DAY_MS;

/** The customer has written: that is noted if it was not of late. */
export function withWritten(conversation: Conversation, nowMs: number): Conversation {
  const { wroteMs = conversation.sinceMs } = conversation;
  return nowMs - wroteMs < WROTE_MS ? conversation : { ...conversation, wroteMs: nowMs };
}

/** When somebody last wrote, on either side. */
export function lastActiveMs({ sinceMs, wroteMs = 0, lastAnswer }: Conversation): number {
  return Math.max(sinceMs, wroteMs, lastAnswer?.atMs ?? 0);
}

/** The three facts we keep of a Telegram user, and nothing else. */
export function toCustomer(user: User): Customer {
  return {
    id: user.id,
    firstName: user.first_name,
    ...defined({ lastName: user.last_name || undefined }),
  };
}

/** Whether two records name the customer alike. */
export function hasSameName(a: Customer, b: Customer): boolean {
  return a.firstName === b.firstName && a.lastName === b.lastName;
}

/**
 * The source in a `/start` command's text, if Telegram's alphabet allows it
 * (https://core.telegram.org/bots/features#deep-linking: 1 to 64 of `A-Za-z0-9_-`). A code that claims
 * the desk is none.
 */
export function sourceOfStart(text: string): string | undefined {
  const source = parameterOfStart(text);
  return source !== undefined && isClaim(source) ? undefined : source;
}

/** The parameter of the link by which a `/start` command came, whatever it means. */
export function parameterOfStart(text: string): string | undefined {
  return START.exec(text)?.[1];
}

/** Whether a `/start` command's text is what a button or a link sends: people add words of theirs. */
export function isBareStart(text: string): boolean {
  return START.test(text);
}

const START = /^\/start(?:@\w+)?(?:\s+([\w-]{1,64}))?$/i;

/** Which conversation, of all desks that a bot serves or has served. */
export interface ConversationId {
  deskId: number;
  customerId: number;
}
