/** How time goes on in a story: nothing happens in it until nothing moves any more that needs no time. */
import type { SimulatedClock } from "../../playground/telegram/clock.ts";
import type { Motion } from "./quiet.ts";

/** The course of one story's time. */
export class Course {
  constructor(private readonly options: { clock: SimulatedClock; motion: Motion }) {}

  /** Lets time pass until something is so, or a promise has settled. */
  async until(isSo: () => boolean | Promise<boolean>, settling?: Promise<unknown>): Promise<void> {
    const { clock, motion } = this.options;
    let isSettled = false;
    settling?.finally(() => isSettled = true);
    while (true) {
      await motion.stopped();
      if (isSettled || await isSo()) return;
      if (!clock.fireNext()) throw new Error("Nothing will ever happen any more");
    }
  }

  /** Lets so much of it pass. */
  async passes(ms: number): Promise<void> {
    let isOver = false;
    this.options.clock.setTimeout(() => isOver = true, ms);
    await this.until(() => isOver);
  }
}
