/** What goes on in the background: nobody waits for it, but at the end it is awaited. */
import type { Log } from "../log.ts";
import { isSaid } from "../values/try_again.ts";

/** Has a promise go on in the background. */
export type Later = (work: Promise<void>) => void;

/** The promises that are under way. */
export class Background {
  readonly #underWay = new Set<Promise<void>>();

  constructor(private readonly log: Log) {}

  /** Has something go on; if it fails, the log says so. */
  readonly track: Later = (work) => {
    const tracked: Promise<void> = work
      .catch((error) => {
        // What cannot be done yet is tried again by whoever needs it; what keeps it says so itself.
        if (isSaid(error)) this.log.debug("background work waits", { error });
        else this.log.error("background work failed by our own fault", { error });
      })
      .finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  };

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }
}
