/** Whether anything is under way, and a promise for the moment when nothing is. */
import { setImmediate } from "node:timers";

/** The sources of activity in one simulated Telegram. */
export class Activity {
  readonly #sources: (() => boolean)[] = [];
  #waiting: (() => void)[] = [];
  #isChecking = false;

  /** Adds something that can be busy. */
  watch(isBusy: () => boolean): void {
    this.#sources.push(isBusy);
  }

  /** Whether nothing is under way. */
  get isIdle(): boolean {
    return !this.#sources.some((isBusy) => isBusy());
  }

  /** To be called by whatever may have come to rest. */
  changed(): void {
    if (this.#waiting.length === 0 || this.#isChecking || !this.isIdle) return;
    // Whoever was just answered may be about to call again: look once more a turn later.
    this.#isChecking = true;
    setImmediate(() => {
      this.#isChecking = false;
      if (!this.isIdle) return;
      for (const resolve of this.#waiting.splice(0)) resolve();
    });
  }

  /** Resolves as soon as nothing is under way. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.changed();
    });
  }
}
