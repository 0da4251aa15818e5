/**
 * The updates a bot has not confirmed yet, oldest first
 * (https://core.telegram.org/bots/api#getting-updates).
 */
import type { Update } from "grammy/types";
import type { Clock } from "./clock.ts";

/** The name of an update's only other field. */
export type UpdateType = Exclude<keyof Update, "update_id">;

/** An update that waits for its bot. */
export interface QueuedUpdate {
  readonly update: Update;
  /** Webhooks get the updates of one lane strictly one after the other. */
  readonly lane: string;
  /** Telegram drops it undelivered at this moment. */
  readonly expiresAtMs: number;
  /** Called when the bot has had a first chance to see it. */
  readonly onHandedOut: (() => void)[];
}

/** An update at the moment of its creation. */
export interface CreatedUpdate {
  readonly botId: number;
  readonly atMs: number;
  readonly update: Update;
  readonly lane: string;
}

/** What a bot gets unless it says otherwise: all but these. */
const NOT_BY_DEFAULT: readonly UpdateType[] = [
  "chat_member",
  "message_reaction",
  "message_reaction_count",
];

/** Whether a bot that allows these updates wants one of that type. */
export function isWanted(type: UpdateType, allowed: readonly string[]): boolean {
  return allowed.length === 0 ? !NOT_BY_DEFAULT.includes(type) : allowed.includes(type);
}

/** A bot's unconfirmed updates in the order of their IDs. */
export class UpdateQueue {
  readonly #clock: Clock;
  readonly #updates = new Map<number, QueuedUpdate>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many wait, expired ones included. */
  get size(): number {
    return this.#updates.size;
  }

  /** Adds the newest one. */
  push(queued: QueuedUpdate): void {
    this.#updates.set(queued.update.update_id, queued);
  }

  /** Confirms one. */
  delete(updateId: number): void {
    this.#updates.delete(updateId);
  }

  /** Forgets all. */
  clear(): void {
    this.#updates.clear();
  }

  /** Confirms everything before an ID. */
  confirmBefore(updateId: number): void {
    for (const id of this.#updates.keys()) {
      if (id >= updateId) return;
      this.#updates.delete(id);
    }
  }

  /** Forgets all but the newest ones. */
  keepNewest(count: number): void {
    for (const id of [...this.#updates.keys()].slice(0, -count)) this.#updates.delete(id);
  }

  /** The oldest ones that have not expired. */
  read(limit = Infinity): QueuedUpdate[] {
    const read: QueuedUpdate[] = [];
    for (const [id, queued] of this.#updates) {
      if (read.length >= limit) break;
      if (queued.expiresAtMs <= this.#clock.now()) this.#updates.delete(id);
      else read.push(queued);
    }
    return read;
  }
}
