/**
 * Who has spoken in a chat of late. They may speak again any moment, so that room is kept for them
 * while they do not stand in line; for those who may never come none is.
 */
import { MINUTE_MS } from "../time/duration.ts";

/** Whoever has not spoken for so long is not waited for: full room is empty again after a minute. */
const LATELY_MS = 15 * MINUTE_MS;

interface Spoken {
  atMs: number;
  /** The team has answered them. */
  isServed: boolean;
}

/** The conversations that have spoken in one chat, who spoke last at the end. */
export class Speakers {
  readonly #spoken = new Map<string, Spoken>();

  /** Somebody speaks. That they are served stays known. */
  speaks(conversation: string, isServed: boolean, nowMs: number): void {
    const known = this.#spoken.get(conversation);
    this.#spoken.delete(conversation);
    this.#spoken.set(conversation, { atMs: nowMs, isServed: isServed || known?.isServed === true });
  }

  /** The team has answered: if they have spoken, they are served from now on. */
  serve(conversation: string): void {
    const known = this.#spoken.get(conversation);
    if (known) known.isServed = true;
  }

  /** How many may speak again who are not `here`, and whether one of those is served. */
  awaited(
    here: { has: (conversation: string) => boolean },
    nowMs: number,
  ): { count: number; isServed: boolean } {
    this.#forget(nowMs);
    const awaited = this.#spoken.entries().filter(([conversation]) => !here.has(conversation))
      .map(([_, spoken]) => spoken).toArray();
    return { count: awaited.length, isServed: awaited.some(({ isServed }) => isServed) };
  }

  /** Whether nobody has spoken of late. */
  areNone(nowMs: number): boolean {
    this.#forget(nowMs);
    return this.#spoken.size === 0;
  }

  #forget(nowMs: number): void {
    for (const [conversation, { atMs }] of this.#spoken) {
      if (nowMs - atMs < LATELY_MS) return;
      this.#spoken.delete(conversation);
    }
  }
}
