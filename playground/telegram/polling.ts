/** A bot's long polling (https://core.telegram.org/bots/api#getupdates). */
import type { Update } from "grammy/types";
import type { Activity } from "./activity.ts";
import type { Clock } from "./clock.ts";
import { type BotApiError, conflict } from "./error.ts";
import type { UpdateQueue } from "./update_queue.ts";

/** Telegram holds a request open no longer than this. */
const MAX_TIMEOUT_S = 50;
const MAX_LIMIT = 100;
/** What is the same request at once, and soon. */
const AT_ONCE_MS = 500;
const SOON_S = 3;

interface Waiter {
  limit: number;
  timer: number;
  resolve: (updates: Update[]) => void;
  reject: (error: BotApiError) => void;
}

/** One bot's getUpdates: answers at once if there is something, else holds the request open. */
export class LongPolling {
  readonly #queue: UpdateQueue;
  readonly #clock: Clock;
  readonly #activity: Activity;
  readonly #again: Update[] = [];
  #waiter: Waiter | undefined;
  #last = { offset: NaN, atMs: -Infinity };
  /** Whether the bot asked for updates in this way since it last had a webhook. */
  isUsed = false;

  constructor(queue: UpdateQueue, world: { clock: Clock; activity: Activity }) {
    this.#queue = queue;
    this.#clock = world.clock;
    this.#activity = world.activity;
  }

  /** Answers a getUpdates; a request that is still held open loses to this one. */
  get(
    args: { offset?: number; limit?: number; timeout?: number },
    signal?: AbortSignal,
  ): Promise<Update[]> {
    this.isUsed = true;
    this.terminate(
      "terminated by other getUpdates request; make sure that only one bot instance is running",
    );
    const { offset = 0, limit: asked = MAX_LIMIT, timeout: askedS = 0 } = args;
    const { limit: most, leastS } = this.#patience(offset);
    const timeout = Math.max(askedS, leastS);
    if (offset < 0) this.#queue.keepNewest(-offset);
    else this.#queue.confirmBefore(offset);
    this.#activity.changed();
    const limit = Math.min(asked < 1 || asked > MAX_LIMIT ? MAX_LIMIT : asked, most);
    const updates = this.#read(limit);
    if (updates.length > 0 || timeout <= 0 || signal?.aborted) return Promise.resolve(updates);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { limit, resolve, reject, timer: 0 };
      waiter.timer = this.#clock.setTimeout(
        () => this.#release(waiter)?.resolve([]),
        Math.min(timeout, MAX_TIMEOUT_S) * 1000,
      );
      signal?.addEventListener("abort", () => this.#release(waiter)?.resolve([]), { once: true });
      this.#waiter = waiter;
    });
  }

  /**
   * Who asks again for the same soon waits longer, and at once gets one update only (Client.cpp of
   * tdlib/telegram-bot-api, process_get_updates_query).
   */
  #patience(offset: number): { limit: number; leastS: number } {
    const last = this.#last;
    const now = this.#clock.now();
    this.#last = { offset, atMs: now };
    if (offset !== last.offset) return { limit: MAX_LIMIT, leastS: 0 };
    return {
      limit: now < last.atMs + AT_ONCE_MS ? 1 : MAX_LIMIT,
      leastS: now < last.atMs + SOON_S * 1000 ? SOON_S : 0,
    };
  }

  /** To be called when an update was added to the queue. */
  arrived(): void {
    if (this.#waiter === undefined) return;
    // What is created together is handed out together.
    queueMicrotask(() => {
      if (this.#waiter === undefined) return;
      const updates = this.#read(this.#waiter.limit);
      if (updates.length > 0) this.#release(this.#waiter)?.resolve(updates);
    });
  }

  /** Hands an update out once more, whatever offset the bot asks for. */
  handAgain(update: Update): void {
    this.#again.push(update);
    this.arrived();
  }

  /** Ends the request that is held open, with a 409. */
  terminate(words: string): void {
    if (this.#waiter !== undefined) this.#release(this.#waiter)?.reject(conflict(words));
  }

  /** Ends the request that is held open, as if its time were over. */
  close(): void {
    if (this.#waiter !== undefined) this.#release(this.#waiter)?.resolve([]);
  }

  #read(limit: number): Update[] {
    const again = this.#again.splice(0, limit);
    return [...again, ...this.#queue.read(limit - again.length).map(({ update }) => update)];
  }

  #release(waiter: Waiter): Waiter | undefined {
    if (this.#waiter !== waiter) return undefined;
    this.#clock.clearTimeout(waiter.timer);
    this.#waiter = undefined;
    return waiter;
  }
}
