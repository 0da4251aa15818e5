/** When a desk was looked at, and when it is to be looked at again. */
import { MINUTE_MS, SECOND_MS } from "../../time/duration.ts";
import { isLater, isWithin } from "../../time/elapsed.ts";
import type { Look } from "./kept_look.ts";

/**
 * How long a desk without problems is trusted before it is looked at again. For so long customers
 * may be shown in a group that is no longer the desk's: no update tells that another was linked.
 */
const TRUST_MS = 5 * MINUTE_MS;
/**
 * How soon a desk that has changed is looked at again. Telegram's servers remember for a minute what
 * they know of a chat, so that a look right after the change may have been told what was before.
 */
export const REMEMBERED_MS = 65 * SECOND_MS;

/** The times of the looks at one desk. */
export class LookTimes {
  /** When Telegram was last asked about the desk, and answered. */
  #checkedMs = -Infinity;
  /** When it is looked at again because it has changed. */
  #againMs = Infinity;
  /** The last look was another start's or instance's. */
  #isRecalled = false;

  constructor(private readonly now: () => number) {}

  /** Whether the last look was another start's or instance's. */
  get isRecalled(): boolean {
    return this.#isRecalled;
  }

  /** When it is looked at again because it has changed; `undefined`: it has not. */
  get againMs(): number | undefined {
    return this.#againMs === Infinity ? undefined : this.#againMs;
  }

  /** Whether it is time to look again, though nothing is wrong. */
  get isDue(): boolean {
    const nowMs = this.now();
    return !isWithin(TRUST_MS, this.#checkedMs, nowMs) || nowMs >= this.#againMs;
  }

  /** Whether it was looked at no longer ago. */
  wasWithin(ms: number): boolean {
    return isWithin(ms, this.#checkedMs, this.now());
  }

  /** Whether a look that was begun later has been answered already. */
  isOvertaken(askedMs: number): boolean {
    return isLater(this.#checkedMs, askedMs, this.now());
  }

  /** Whether a moment came after the last look. */
  isSince(ms: number): boolean {
    return isLater(ms, this.#checkedMs, this.now());
  }

  /** Nobody has said which desk there is to look at. */
  noteNothing(askedMs: number): void {
    this.#checkedMs = askedMs;
  }

  /** Telegram has answered a look of this process. */
  note(askedMs: number): void {
    this.#checkedMs = askedMs;
    this.#isRecalled = false;
    if (askedMs >= this.#againMs) this.#againMs = Infinity;
  }

  /** The desk has changed, or may have. */
  change(sinceMs: number): void {
    this.#againMs = sinceMs + REMEMBERED_MS;
  }

  /** Whether a look of another start or instance is fresh, and tells of later than is known here. */
  isFresh({ askedMs }: Look): boolean {
    return isWithin(TRUST_MS, askedMs, this.now()) && this.isSince(askedMs);
  }

  /** Goes by such a look. */
  recall({ askedMs, againMs = Infinity }: Look): void {
    this.#checkedMs = askedMs;
    this.#againMs = againMs;
    this.#isRecalled = true;
  }
}
