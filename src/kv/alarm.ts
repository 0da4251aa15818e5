/**
 * The alarm rings for a lane whose next job is not due yet. It is only ever a bell: the job lies in
 * the outbox, and a lane whose bell is lost is found by the next sweep.
 */
import { type Lane, laneName } from "../conversation/lane.ts";
import type { Log } from "../log.ts";

/** Wakes lanes at a time. */
export interface Alarm {
  /** Has `listen`'s function called with this lane at `atMs`, or a little later. */
  set(lane: Lane, atMs: number): Promise<void>;
  /** Says who answers the bell. Called once, before the first `set`. */
  listen(ring: (lane: Lane) => void): void;
  close(): void;
}

/** What lies in the queue: a bell for a lane of this bot. */
interface Bell {
  balcao: "bell";
  botId: number;
  lane: Lane;
}

/**
 * An alarm by KV queue where the backend has one (a file or memory), by timers of this process
 * elsewhere: Deno Deploy's KV refuses `enqueue`
 * (https://docs.deno.com/deploy/migration_guide/#queues).
 */
export function createAlarm(
  kv: Deno.Kv,
  { botId, now, log }: {
    botId: number;
    now: () => number;
    log: Log;
  },
): Alarm {
  const timers = new Map<string, { atMs: number; id: ReturnType<typeof setTimeout> }>();
  let hasQueue = true;
  let ring: (lane: Lane) => void = () => {};

  function setTimer(lane: Lane, atMs: number): void {
    const name = laneName(lane);
    const known = timers.get(name);
    if (known && known.atMs <= atMs) return;
    clearTimeout(known?.id);
    const id = setTimeout(() => {
      timers.delete(name);
      ring(lane);
    }, Math.max(0, atMs - now()));
    timers.set(name, { atMs, id });
  }

  function noQueue(error: unknown): void {
    hasQueue = false;
    log.info("alarm has no queue", { error });
  }

  return {
    async set(lane, atMs) {
      if (!hasQueue) return setTimer(lane, atMs);
      const bell: Bell = { balcao: "bell", botId, lane };
      try {
        await kv.enqueue(bell, { delay: Math.max(0, atMs - now()) });
      } catch (error) {
        // Where there is one, it may take the next bell.
        if (isUnsupported(error)) noQueue(error);
        setTimer(lane, atMs);
      }
    },
    listen(answer) {
      ring = answer;
      const listening = kv.listenQueue((message) => {
        const bell = message as Partial<Bell> | null;
        if (bell?.balcao === "bell" && bell.botId === botId && bell.lane) ring(bell.lane);
      });
      listening.catch(noQueue);
    },
    close() {
      for (const { id } of timers.values()) clearTimeout(id);
      timers.clear();
    },
  };
}

/** What Deno says where the database has no queues (denoland/denokv, remote/lib.rs). */
function isUnsupported(error: unknown): boolean {
  return /not supported/i.test(String(error));
}
