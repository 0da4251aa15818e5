/**
 * Silence of other instances: who holds a lane and gives no sign of life has died. Signs are told
 * apart by their versionstamps, and their age is counted here, so no two clocks need agree.
 */
import { MINUTE_MS, SECOND_MS } from "../time/duration.ts";

/** How often an instance that holds a lane for long gives a sign of life. */
export const SIGN_MS = 3 * SECOND_MS;
/** Who has given none for so long is dead, or frozen. */
const DEAD_MS = 10 * SECOND_MS;
/** How long it is remembered what was seen of a lane that nobody has asked for since. */
const REMEMBERED_MS = MINUTE_MS;

/** A holder's last sign of life as it was seen, and when that was first. */
interface Seen {
  sign: string;
  sinceMs: number;
  lookedMs: number;
}

/** What was seen of the holders of lanes, by the lanes' names. */
export class HolderSilence {
  readonly #seen = new Map<string, Seen>();

  /** @param steady a clock that only goes forward, in milliseconds */
  constructor(private readonly steady: () => number) {}

  /**
   * How long the holder of a lane may still be silent before it is taken for dead, in milliseconds.
   * @param signs the versionstamps of the lease and of whatever else the holder writes
   */
  leftMs(lane: string, signs: (string | null)[]): number {
    const nowMs = this.steady();
    for (const [name, { lookedMs }] of this.#seen) {
      if (nowMs - lookedMs > REMEMBERED_MS) this.#seen.delete(name);
    }
    const sign = signs.join(" ");
    const known = this.#seen.get(lane);
    const sinceMs = known?.sign === sign ? known.sinceMs : nowMs;
    this.#seen.set(lane, { sign, sinceMs, lookedMs: nowMs });
    return Math.max(0, sinceMs + DEAD_MS - nowMs);
  }

  /** A lane has no other holder any more. */
  forget(lane: string): void {
    this.#seen.delete(lane);
  }
}
