/** What the last look at the desk has found: the checklist's items about it. */
import { type Check, problemsIn, takesCards } from "../../health/checklist.ts";
import type { Log } from "../../log.ts";
import { sentenceOf } from "../../texts/problem_sentence.ts";

/** The items about one desk. */
export class FoundChecks {
  #checks: Check[] = [];
  #isLookedAt = false;

  constructor(private readonly log: Log) {}

  /** The items; none before the first look. */
  get all(): Check[] {
    return this.#checks;
  }

  /** Whether anything was looked at. */
  get isLookedAt(): boolean {
    return this.#isLookedAt;
  }

  /** Whether nothing that was found stands in the desk's way. */
  get areWell(): boolean {
    return problemsIn(this.#checks).length === 0;
  }

  /** Whether a card that is posted gets its thread, as far as was found. */
  get takeCards(): boolean {
    return takesCards(this.#checks);
  }

  /**
   * Whether there is something else to be mended now. At the first look there is: what has changed
   * just before a start is not known to this process.
   */
  areOtherwise(checks: Check[]): boolean {
    const states = (each: Check[]) => each.map(({ name, state }) => `${name} ${state}`).join();
    return states(checks) !== states(this.#checks);
  }

  /** Holds what a look has found. What is newly wrong is said once in the log. */
  note(checks: Check[]): void {
    const known = new Set(problemsIn(this.#checks).map(sentenceOf));
    for (const problem of problemsIn(checks).map(sentenceOf)) {
      if (!known.has(problem)) this.log.error("desk has a problem", { problem });
    }
    this.#checks = checks;
    this.#isLookedAt = true;
  }
}
