/** Which roots this process has seen of late. It knows less than is true, never more. */
import { DOUBT_MS } from "../../message/doubt.ts";
import type { Place } from "../../message/link.ts";

/** Of so many roots it is remembered when they were seen. */
const MOST_ROOTS = 10_000;

/** The roots one process has seen. */
export class Roots {
  readonly #seenMs = new Map<string, number>();

  constructor(private readonly now: () => number) {}

  /** A root is there at this moment: whatever was put under it before is in its thread. */
  see(root: Place): void {
    const name = nameOf(root);
    this.#seenMs.delete(name);
    this.#seenMs.set(name, this.now());
    if (this.#seenMs.size <= MOST_ROOTS) return;
    const [oldest] = this.#seenMs.keys();
    this.#seenMs.delete(oldest!);
  }

  /** Whether a root was seen lately enough, or its card posted. */
  isTrusted(root: Place, postedMs = -Infinity): boolean {
    const seenMs = Math.max(this.#seenMs.get(nameOf(root)) ?? -Infinity, postedMs);
    const agoMs = this.now() - seenMs;
    // What was seen in what is the future by now was seen by another clock: nobody knows how long ago.
    return agoMs >= 0 && agoMs < DOUBT_MS;
  }
}

function nameOf({ chatId, messageId }: Place): string {
  return `${chatId} ${messageId}`;
}
