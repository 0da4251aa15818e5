/** Time that can be set forward, for the bot and for Telegram alike. */
import { type Clock, realClock } from "./clock.ts";

/** A clock that runs with the real one but can be set forward; what is due by then rings at once. */
export class MovableClock implements Clock {
  #aheadMs = 0;
  #timers = new Map<number, { atMs: number; callback: () => void; real: number }>();
  #lastId = 0;

  now = () => Date.now() + this.#aheadMs;

  get aheadMs(): number {
    return this.#aheadMs;
  }

  set aheadMs(ms: number) {
    this.#aheadMs = ms;
    const inTheirOrder = [...this.#timers].toSorted(([, a], [, b]) => a.atMs - b.atMs);
    for (const [id, { atMs, callback, real }] of inTheirOrder) {
      realClock.clearTimeout(real);
      this.#set(id, atMs, callback);
    }
  }

  setTimeout = (callback: () => void, delayMs: number) => {
    this.#set(++this.#lastId, this.now() + delayMs, callback);
    return this.#lastId;
  };

  clearTimeout = (id: number) => {
    const timer = this.#timers.get(id);
    if (timer) realClock.clearTimeout(timer.real);
    this.#timers.delete(id);
  };

  #set(id: number, atMs: number, callback: () => void): void {
    const rings = () => {
      this.#timers.delete(id);
      callback();
    };
    const real = realClock.setTimeout(rings, Math.max(0, atMs - this.now()));
    this.#timers.set(id, { atMs, callback, real });
  }
}
