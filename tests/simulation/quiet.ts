/**
 * When nothing moves any more. The program under test runs on promises alone; once several turns of
 * the event loop have brought nothing new, only time can, and the clock may go on.
 */
import { setImmediate } from "node:timers";

/** One turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** What waits for promises alone goes on with the next turn. */
const TURNS = 3;
/** Bodies of requests and answers are read by the runtime, which takes longer. */
const TURNS_OF_IO = 60;

/** Counts what moves. */
export class Motion {
  #count = 0;
  #ending = 0;
  #underWay = 0;

  /** To be called whenever something begins or ends. */
  moved(): void {
    this.#count++;
  }

  /** Does something that ends by itself, on whatever thread. */
  async untilDone<T>(work: () => Promise<T>): Promise<T> {
    this.#ending++;
    try {
      return await work();
    } finally {
      this.#ending--;
      this.#count++;
    }
  }

  /** Does something in which bodies are read, but which may wait for the clock as well. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay++;
    this.#count++;
    try {
      return await work();
    } finally {
      this.#underWay--;
      this.#count++;
    }
  }

  /** Resolves when nothing has moved for some turns. */
  async stopped(): Promise<void> {
    for (let still = 0; still < (this.#underWay > 0 ? TURNS_OF_IO : TURNS); still++) {
      const before = this.#count;
      await turn();
      if (this.#ending > 0 || this.#count !== before) still = -1;
    }
  }
}
