/** A call to Telegram: who makes it, what it carries, and what may become of it. */
import type { Client } from "./database.ts";

/** A moment that comes once, and who is to be woken then. */
export class Moment {
  readonly #woken = new Set<() => void>();
  #hasCome = false;

  get hasCome(): boolean {
    return this.#hasCome;
  }

  wakes(callback: () => void): void {
    this.#woken.add(callback);
  }

  forgets(callback: () => void): void {
    this.#woken.delete(callback);
  }

  /** It has come; once and for all. */
  comes(): void {
    if (this.#hasCome) return;
    this.#hasCome = true;
    for (const callback of [...this.#woken]) callback();
  }
}

/** A process that calls. */
export interface Caller extends Client {
  /** The process ends. */
  death: Moment;
  /** Every call under way is to end: a process that stops has waited long enough. */
  hurry: Moment;
  /** What it knows to be shown, but has not written down yet: it dies with the process. */
  knows: Set<string>;
}

/** A call as it leaves the process. */
export interface Sent {
  url: string;
  init: RequestInit;
}

/** A call. */
export interface Asked {
  method: string;
  payload: Record<string, unknown>;
  /** What people said that the call carries; the customer's ID for a card. */
  carries: string[];
}

/** What may become of a call, each with its probability. */
export interface NetworkFaults {
  /** Telegram asks to leave the chat alone for a while. */
  "429": number;
  /** A proxy's page; not executed. */
  "502": number;
  /** A proxy's page, but Telegram has executed it. */
  "502 after execution": number;
  /** Something that is no answer of Telegram's, as if all were well; not executed, or executed. */
  "odd answer": number;
  "odd answer after execution": number;
  "lost request": number;
  "lost answer": number;
  /** Given up after 30 s; not executed, or executed unseen. */
  "hung call": number;
  "hung answer": number;
  /** The process ends before the call leaves, or after it was executed. */
  "crash before send": number;
  "crash after send": number;
  /** The process stands still with the answer in its hands, longer than its leases last. */
  "frozen process": number;
  /** The same with a call that never left: what it learns afterwards is no longer its business. */
  "frozen and lost": number;
  /** Executed late, but within the caller's patience. */
  "slow request": number;
  /** An album that cannot be sent for the moment. */
  "group send failed": number;
  /** A button whose address Telegram does not take. */
  "no buttons": number;
  /** A person is not known this time, though they are a member; not executed. */
  "doubtful no": number;
  /** The group does not take a message this time, in words that say little; not executed. */
  "refused in passing": number;
}
