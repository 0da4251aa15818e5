/**
 * The scheduler: sees to it that what waits for its time goes to its lane when that has come. As with
 * lanes, the alarm is only a bell; what it forgets is found by the next sweep.
 */
import { HOUR_MS } from "../time/duration.ts";
import type { Bells } from "./bells.ts";
import type { Touched } from "./lane_writer.ts";
import { SCHEDULE_BELL } from "./stored_scheduled.ts";
import type { Store } from "./store.ts";

/** What is further away is found by a sweep before its time. */
const RINGS_WITHIN_MS = HOUR_MS;
/** So many are read at once. */
const READ_AT_ONCE = 100;

/** Has tasks go to their lanes at their time. */
export class Scheduler {
  #going: Promise<void> | undefined;

  constructor(
    private readonly options: {
      store: Store;
      bells: Bells;
      /** Begins to work a lane. */
      drain: (touched: Touched) => void;
      now: () => number;
    },
  ) {}

  /** Something waits for this time: it is looked at then. */
  async expect(dueMs: number): Promise<void> {
    if (dueMs <= this.options.now()) await this.sweep();
    else await this.#ringAt(dueMs);
  }

  /** Has all go to their lanes whose time has come, in the order of their times. */
  async sweep(): Promise<void> {
    // Who asks while one goes on may know of more than that one has seen, or told its own caller.
    await this.#going?.catch(() => {});
    this.#going ??= this.#goOff().finally(() => this.#going = undefined);
    await this.#going;
  }

  async #goOff(): Promise<void> {
    const { store, drain, now } = this.options;
    while (true) {
      const first = await store.schedule.first(READ_AT_ONCE);
      const due = first.filter(({ dueMs }) => dueMs <= now());
      for (const each of due) for (const touched of await store.goOff(each)) drain(touched);
      if (due.length > 0) continue;
      const [next] = first;
      if (next) await this.#ringAt(next.dueMs);
      return;
    }
  }

  async #ringAt(dueMs: number): Promise<void> {
    const { bells, now } = this.options;
    if (dueMs - now() <= RINGS_WITHIN_MS) await bells.set(SCHEDULE_BELL, dueMs);
  }
}
