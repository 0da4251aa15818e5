/**
 * Whether Telegram tells which canned reply was chosen in inline mode (Bot API, ChosenInlineResult).
 * Nothing says so before a reply has come: it comes with that news, or without.
 */
import { type Check, warningCheck } from "../../health/checklist.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../time/duration.ts";
import { isWithin } from "../../time/elapsed.ts";

/** When it last told, in milliseconds since 1970. */
export interface FeedbackMemory {
  recall(name: "feedback"): Promise<number | null>;
  remember(name: "feedback", heardMs: number): Promise<void>;
}

/** The news may come before the reply or after it. */
const PATIENCE_MS = MINUTE_MS;
/** What another instance has heard within this time counts here. */
const SHARED_MS = DAY_MS;
/** How often it is written down that there was news. */
const WRITTEN_MS = HOUR_MS;

/** What one bot knows of it. */
export class InlineFeedback {
  #heardMs = -Infinity;
  #writtenMs = -Infinity;
  /** When a reply came of which there was no news since; `undefined`: none did. */
  #cameMs: number | undefined;

  constructor(private readonly options: { memory: FeedbackMemory; now: () => number }) {}

  /** The item of the checklist. */
  get check(): Check {
    const name = "feedback";
    const nowMs = this.options.now();
    if (this.#cameMs !== undefined && !isWithin(PATIENCE_MS, this.#cameMs, nowMs)) {
      return warningCheck(name, { because: "feedback off" });
    }
    return { name, state: this.#heardMs === -Infinity ? "unknown" : "good" };
  }

  /** Telegram has told that a reply was chosen. */
  async heard(): Promise<void> {
    const { memory, now } = this.options;
    const nowMs = now();
    this.#heardMs = nowMs;
    this.#cameMs = undefined;
    if (isWithin(WRITTEN_MS, this.#writtenMs, nowMs)) return;
    this.#writtenMs = nowMs;
    await memory.remember("feedback", nowMs);
  }

  /** A reply has come by way of inline mode. */
  async came(): Promise<void> {
    const { memory, now } = this.options;
    const nowMs = now();
    if (isWithin(PATIENCE_MS, this.#heardMs, nowMs) || this.#cameMs !== undefined) return;
    // Whatever is learned while memory is asked holds.
    this.#cameMs = nowMs;
    const heardMs = await memory.recall("feedback");
    if (heardMs === null || !isWithin(SHARED_MS, heardMs, nowMs)) return;
    this.#heardMs = Math.max(this.#heardMs, heardMs);
    this.#cameMs = undefined;
  }
}
