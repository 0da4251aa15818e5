/**
 * The alarm rings for a lane whose next job is not due yet. It is only ever a bell: the job lies in
 * the outbox, and a lane whose bell is lost is found by the next sweep.
 */
import { type Lane, laneName } from "../conversation/lane.ts";
import type { SetTimer } from "../time/timer.ts";

/** Wakes lanes at a time. */
export interface Alarm {
  /** Has `listen`'s function called with this lane at `atMs`, or a little later. */
  set(lane: Lane, atMs: number): Promise<void>;
  /** Says who answers the bell. Called once, before the first `set`. */
  listen(ring: (lane: Lane) => void): void;
  close(): void;
}

/** No timer waits for longer (https://html.spec.whatwg.org/#timers). It rings sooner then, and is set anew. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * An alarm by timers of this process. What a process that ends had set, the next start finds, or
 * another instance's sweep. The database's own queue is no place for bells: Deno Deploy's has none
 * (https://docs.deno.com/deploy/migration_guide/#queues), and where there is one, the runtime ends
 * the whole program if it is listened to while the disk is full (denoland/denokv, sqlite/lib.rs,
 * `QueueDequeueMessage`).
 */
export function createAlarm(setTimer: SetTimer, now: () => number): Alarm {
  const timers = new Map<string, { atMs: number; end: () => void }>();
  let ring: (lane: Lane) => void = () => {};
  let isClosed = false;
  return {
    set(lane, atMs) {
      const name = laneName(lane);
      const known = timers.get(name);
      if (isClosed || (known && known.atMs <= atMs)) return Promise.resolve();
      known?.end();
      const end = setTimer(Math.min(LONGEST_MS, Math.max(0, atMs - now())), () => {
        timers.delete(name);
        ring(lane);
      });
      timers.set(name, { atMs, end });
      return Promise.resolve();
    },
    listen(answer) {
      ring = answer;
    },
    close() {
      isClosed = true;
      for (const { end } of timers.values()) end();
      timers.clear();
    },
  };
}
