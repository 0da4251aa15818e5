/**
 * Time as an argument. Whatever waits in the simulated Telegram waits on a clock it was given, so
 * that a day of retries passes in milliseconds and a test never sleeps.
 */

/** The part of time the simulation uses: what it is now, and a call later. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls back once, `delayMs` from now; answers with the timer's ID. */
  setTimeout(callback: () => void, delayMs: number): number;
  /** Forgets a timer; unknown IDs are ignored. */
  clearTimeout(id: number): void;
}

/** The clock on the wall, with the runtime's own timers. */
export const realClock: Clock = {
  now: () => Date.now(),
  // The runtime may answer with an object; its primitive value is the ID.
  setTimeout: (callback, delayMs) => Number(setTimeout(callback, delayMs)),
  clearTimeout: (id) => clearTimeout(id),
};

interface Timer {
  id: number;
  atMs: number;
  callback: () => void;
}

/**
 * Discrete event time: it stands still until somebody moves it to the next timer. Timers due at
 * the same moment run in the order in which they were set.
 */
export class SimulatedClock implements Clock {
  #nowMs: number;
  #lastId = 0;
  #timers = new Map<number, Timer>();

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  setTimeout(callback: () => void, delayMs: number): number {
    const id = ++this.#lastId;
    this.#timers.set(id, { id, atMs: this.#nowMs + Math.max(0, delayMs), callback });
    return id;
  }

  clearTimeout(id: number): void {
    this.#timers.delete(id);
  }

  /** When the earliest timer is due, if there is any. */
  nextAt(): number | undefined {
    return this.#earliest()?.atMs;
  }

  /** Moves to the earliest timer and runs it; false if there is none. */
  fireNext(): boolean {
    const timer = this.#earliest();
    if (timer === undefined) return false;
    this.#timers.delete(timer.id);
    this.#nowMs = Math.max(this.#nowMs, timer.atMs);
    timer.callback();
    return true;
  }

  /** Runs every timer due up to that moment, in order, and stays there. */
  advanceTo(ms: number): void {
    for (let at = this.nextAt(); at !== undefined && at <= ms; at = this.nextAt()) this.fireNext();
    this.#nowMs = Math.max(this.#nowMs, ms);
  }

  #earliest(): Timer | undefined {
    let earliest: Timer | undefined;
    for (const timer of this.#timers.values()) {
      if (earliest === undefined || timer.atMs < earliest.atMs) earliest = timer;
    }
    return earliest;
  }
}
