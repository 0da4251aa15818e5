/** Crowds of one customer's messages, that wait for whatever reason: they are asked to slow down. */
import { type Lane, laneName } from "../conversation/lane.ts";
import { MINUTE_MS } from "../time/duration.ts";
import { isWithin } from "../time/elapsed.ts";
import type { Gate } from "./gate.ts";
import type { LaneRecords } from "./lane_records.ts";

/** A lane this long is a crowd. */
const CROWD = 100;
/** How long it is remembered that a lane is one: each look counts a hundred jobs. */
const REMEMBERED_MS = 10 * MINUTE_MS;

/** Looks for crowds. */
export class Crowds {
  /** When a lane was last seen to be one. */
  readonly #seenMs = new Map<string, number>();

  constructor(
    private readonly options: {
      lanes: Pick<LaneRecords, "length">;
      gate: Pick<Gate, "crowded">;
      now: () => number;
    },
  ) {}

  /** Looks whether a lane that may not go yet is a crowd. */
  async look(lane: Lane): Promise<void> {
    if (lane.direction !== "to-team") return;
    const { lanes, gate, now } = this.options;
    const name = laneName(lane);
    if (isWithin(REMEMBERED_MS, this.#seenMs.get(name), now())) return;
    if (await lanes.length(lane, CROWD) < CROWD) return;
    for (const [other, atMs] of this.#seenMs) {
      if (!isWithin(REMEMBERED_MS, atMs, now())) this.#seenMs.delete(other);
    }
    this.#seenMs.set(name, now());
    gate.crowded(lane);
  }
}
