/**
 * When nothing moves any more. The program under test runs on promises alone; once they have brought
 * nothing new, only time can, and the clock may go on.
 */
import { nextTick } from "node:process";
import { setImmediate } from "node:timers";

/** Resolves when whatever waits for promises alone has gone as far as it can. */
export function promisesRun(): Promise<void> {
  return new Promise((resolve) => {
    nextTick(resolve);
  });
}

/** The same, and the runtime has had its turn as well. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Counts what moves. */
export class Motion {
  #count = 0;
  #underWay = 0;
  /** Called when all has ended that ends by itself. */
  #atEnd: (() => void)[] = [];

  /** To be called whenever something begins or ends. */
  moved(): void {
    this.#count++;
  }

  /** Does something that ends by itself, on whatever thread. */
  async untilDone<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay++;
    try {
      return await work();
    } finally {
      this.#underWay--;
      this.#count++;
      if (this.#underWay === 0) { for (const ended of this.#atEnd.splice(0)) ended(); }
    }
  }

  /** Resolves when nothing moves. */
  async stopped(): Promise<void> {
    let before: number;
    do {
      before = this.#count;
      if (this.#underWay > 0) await new Promise<void>((ended) => this.#atEnd.push(ended));
      await turn();
    } while (this.#underWay > 0 || this.#count !== before);
  }
}
