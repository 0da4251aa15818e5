/** One customer, one thread of comments under one card; and how far it has come. */
import type { User } from "grammy/types";

/** All that is ever known of a customer. */
export interface Customer {
  id: number;
  firstName: string;
  lastName?: string;
}

/** From 1 (not urgent) to 5 (emergency). */
export type Priority = 1 | 2 | 3 | 4 | 5;

/** What is kept of a conversation: who, since when, in which state; never a word of it. */
export interface Conversation {
  customer: Customer;
  sinceMs: number;
  status: "open" | "closed" | "banned";
  priority: Priority;
  /** The parameter of the link the customer came by (`t.me/<bot>?start=<source>`). */
  source?: string;
  /** Since when the customer has blocked the bot; absent: not blocked. */
  blockedSinceMs?: number;
  /** The newest card in the channel; absent until it is posted. */
  card?: {
    postId: number;
    postedMs: number;
    /** How many cards before it never got a thread. */
    inVain?: number;
    /** A newer one is to take its place. */
    isOver?: true;
  };
  /** When the customer was last asked to write less at once. */
  slowedMs?: number;
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
    ...(source === undefined ? {} : { source }),
  };
}

/** The three facts we keep of a Telegram user, and nothing else. */
export function toCustomer(user: User): Customer {
  return {
    id: user.id,
    firstName: user.first_name,
    ...(user.last_name ? { lastName: user.last_name } : {}),
  };
}

/** Whether two records name the customer alike. */
export function hasSameName(a: Customer, b: Customer): boolean {
  return a.firstName === b.firstName && a.lastName === b.lastName;
}

/**
 * The source in a `/start` command's text, if Telegram's alphabet allows it
 * (https://core.telegram.org/bots/features#deep-linking: 1 to 64 of `A-Za-z0-9_-`).
 */
export function sourceOfStart(text: string): string | undefined {
  return /^\/start(?:@\w+)?\s+([\w-]{1,64})$/.exec(text)?.[1];
}
