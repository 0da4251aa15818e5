/** An alarm that rings when the test says so: time can jump from bell to bell. */
import { type Lane, laneName } from "../../src/conversation/lane.ts";
import type { Alarm } from "../../src/kv/alarm.ts";
import type { TestDesk } from "./desk.ts";

/** The bells that are set, by lane. */
export class Bells implements Alarm {
  readonly #set = new Map<string, { lane: Lane; atMs: number }>();
  #ring: (lane: Lane) => void = () => {};
  /** When bells were set to ring, as often as one was. */
  readonly all: number[] = [];

  set(lane: Lane, atMs: number): Promise<void> {
    this.all.push(atMs);
    const known = this.#set.get(laneName(lane));
    if (!known || known.atMs > atMs) this.#set.set(laneName(lane), { lane, atMs });
    return Promise.resolve();
  }

  listen(ring: (lane: Lane) => void): void {
    this.#ring = ring;
  }

  close(): void {
    this.#set.clear();
  }

  /** Lets time jump to the next bell and rings it; `false`: none is set within `withinMs`. */
  async next(desk: TestDesk, withinMs = Infinity): Promise<boolean> {
    const next = [...this.#set.values()].sort((a, b) => a.atMs - b.atMs)[0];
    const nowMs = desk.clock.now();
    if (!next || next.atMs > nowMs + withinMs) return false;
    desk.clock.aheadMs += Math.max(0, next.atMs - nowMs);
    this.#set.delete(laneName(next.lane));
    this.#ring(next.lane);
    await desk.settled();
    return true;
  }
}
