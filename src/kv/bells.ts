/**
 * The bells an outbox has set: one a lane, as early as anything in it may be due, and one for all that
 * stand in line.
 */
import { type Lane, laneName } from "../conversation/lane.ts";
import type { Alarm } from "./alarm.ts";

/** Sets the alarm for lanes, and no more often than is of use. */
export class Bells {
  /** When the alarm is set to ring for a lane. */
  readonly #atMs = new Map<string, number>();
  /** When, and at which lane, it is set to ring for those in line. */
  #forLine: { name: string; atMs: number } | null = null;

  constructor(
    private readonly options: {
      alarm: Alarm;
      /** Called with a lane whose bell rings. */
      ring: (lane: Lane) => void;
      now: () => number;
    },
  ) {
    options.alarm.listen((lane) => {
      const name = laneName(lane);
      this.#atMs.delete(name);
      if (this.#forLine?.name === name) this.#forLine = null;
      options.ring(lane);
    });
  }

  /** Sees to it that a lane is woken at this time, or earlier. */
  async set(lane: Lane, atMs: number): Promise<void> {
    const name = laneName(lane);
    const setMs = this.#atMs.get(name);
    if (setMs !== undefined && setMs > this.options.now() && setMs <= atMs) return;
    this.#atMs.set(name, atMs);
    await this.options.alarm.set(lane, atMs);
  }

  /** Sees to it that those who stand in line are woken at this time, or earlier, at one of them. */
  async setForLine(lane: Lane, atMs: number): Promise<void> {
    const setMs = this.#forLine?.atMs;
    if (setMs !== undefined && setMs > this.options.now() && setMs <= atMs) return;
    this.#forLine = { name: laneName(lane), atMs };
    await this.options.alarm.set(lane, atMs);
  }

  /** Nothing rings any more. */
  close(): void {
    this.options.alarm.close();
  }
}
