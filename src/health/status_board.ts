/** How the bot stands at a moment, gathered without waiting for what hangs. */
import type { Check, CheckName } from "./checklist.ts";
import type { Log } from "../log.ts";
import type { Mode, Status } from "./status.ts";
import { withDeadline } from "../time/deadline.ts";
import { isWithin } from "../time/elapsed.ts";

/** How much of the outbox is there, and since when the oldest of it waits. */
interface Counts {
  waiting: number;
  failed: number;
  oldestMs?: number;
}

/** Where what is told comes from. */
export interface StatusSources {
  mode: Mode;
  /** What is known of Telegram and of the desk. */
  known: () => Omit<
    Status,
    "mode" | "sinceMs" | "isDatabaseWell" | "waiting" | "failed" | "oldestWaitingMs"
  >;
  /** Counts up to `most` jobs that wait, and up to as many that were given up. */
  counts: (most: number) => Promise<Counts>;
  /** The first look at everything, if it has begun. */
  firstLook: () => Promise<unknown> | undefined;
  /** Looks at everything again. */
  lookAgain: () => Promise<unknown>;
  now: () => number;
  log: Log;
}

/** How much of the outbox is counted, and how long a count is good for. */
const MOST_COUNTED = 1000;
const COUNT_MS = 5000;
/** How long monitors wait for what hangs. */
const MONITOR_PATIENCE_MS = 800;
/** How long the operator waits for a look at everything, and how soon it is looked at again. */
const OPERATOR_PATIENCE_MS = 5000;
const LOOK_KEPT_MS = 5000;

/** Tells how one bot stands. */
export class StatusBoard {
  readonly #sinceMs: number;
  #counted: { atMs: number; counts: Promise<Counts> } | undefined;
  #look: { atMs: number; done: Promise<unknown> } | undefined;

  constructor(private readonly sources: StatusSources) {
    this.#sinceMs = sources.now();
  }

  /** How the bot stands; looked at anew if somebody who may wants to know. */
  async status(isAnew: boolean): Promise<Status> {
    const { mode, known, firstLook, now } = this.sources;
    // Who wakes a sleeping bot by asking is not told that it is not awake yet.
    const look = isAnew ? this.#lookAgain() : firstLook();
    const patienceMs = isAnew ? OPERATOR_PATIENCE_MS : MONITOR_PATIENCE_MS;
    const [counts] = await Promise.all([
      this.#counts(),
      look && withDeadline(patienceMs, look, undefined),
    ]);
    const { problems, ...rest } = known();
    return {
      mode,
      sinceMs: this.#sinceMs,
      ...rest,
      isDatabaseWell: counts !== null && !isBad(rest.checks, "database"),
      waiting: counts?.waiting ?? 0,
      failed: counts?.failed ?? 0,
      oldestWaitingMs: Math.max(0, now() - (counts?.oldestMs ?? now())),
      problems: counts ? problems : [...problems, { because: "database not read" }],
    };
  }

  /** Several who ask at once are told of the same look. */
  #lookAgain(): Promise<unknown> {
    const { now, lookAgain } = this.sources;
    if (!this.#look || !isWithin(LOOK_KEPT_MS, this.#look.atMs, now())) {
      this.#look = { atMs: now(), done: lookAgain() };
    }
    return this.#look.done;
  }

  /** Anybody may ask: the database is not counted through for each of them. */
  async #counts(): Promise<Counts | null> {
    const { counts, now, log } = this.sources;
    if (!this.#counted || !isWithin(COUNT_MS, this.#counted.atMs, now())) {
      this.#counted = { atMs: now(), counts: counts(MOST_COUNTED) };
    }
    const { counts: counting } = this.#counted;
    try {
      return await withDeadline(MONITOR_PATIENCE_MS, counting, null);
    } catch (error) {
      if (this.#counted?.counts === counting) this.#counted = undefined;
      log.error("database cannot be read", { error });
      return null;
    }
  }
}

function isBad(checks: Check[], name: CheckName): boolean {
  return checks.some((check) => check.name === name && check.state === "bad");
}
