/** One life of the bot: from a start to its end, which may come without a word. */
import { type App, createApp } from "../../src/app.ts";
import type { Config } from "../../src/config.ts";
import { type Lane, laneName } from "../../src/conversation/lane.ts";
import type { Alarm } from "../../src/kv/alarm.ts";
import { withMethods } from "../../src/kv/with_methods.ts";
import { createLog } from "../../src/log.ts";
import type { Clock } from "../telegram/clock.ts";

/** What a bot is started with. */
export interface LifeOptions {
  config: Config;
  /** Outlives it. */
  kv: Deno.Kv;
  clock: Clock;
  /** Takes the lines of its log, warnings and worse. */
  write: (line: string) => void;
}

/** A running bot, as a process of its own would be: when it dies, nothing of it goes on. */
export class BotLife {
  readonly app: App;
  readonly #death = new AbortController();

  constructor({ config, kv, clock, write }: LifeOptions) {
    const death = this.#death.signal;
    this.app = createApp({
      config,
      kv: mortal(kv, death),
      fetch: async (input, init) => {
        death.throwIfAborted();
        const signals = [death, init?.signal].filter((signal) => signal instanceof AbortSignal);
        return await fetch(input, { ...init, signal: AbortSignal.any(signals) });
      },
      now: () => clock.now(),
      setTimer: (ms, ring) => {
        const timer = clock.setTimeout(() => death.aborted || ring(), ms);
        return () => clock.clearTimeout(timer);
      },
      // Whoever had leases before is dead.
      isAlone: true,
      alarm: alarmBy(clock, death),
      mode: "playground",
      log: createLog({
        level: "warn",
        secrets: [config.botToken, config.webhookSecret],
        now: () => clock.now(),
        write: (line) => death.aborted || write(line),
      }),
    });
  }

  /** Ends at once: calls under way lose their answers, and nothing more is written. */
  kill(): void {
    this.#death.abort(new Error("the process was killed"));
    // What is left of it meets a dead database and a dead network.
    this.app.close(0).catch(() => {});
  }
}

/** A database that fails whoever is dead. */
function mortal(kv: Deno.Kv, death: AbortSignal): Deno.Kv {
  return withMethods(kv, (name) => (plain) => (...given) => {
    death.throwIfAborted();
    const result = plain(...given);
    return name === "atomic" ? mortalAtomic(result, death) : result;
  });
}

function mortalAtomic(operation: Deno.AtomicOperation, death: AbortSignal): Deno.AtomicOperation {
  const wrapped: Deno.AtomicOperation = withMethods(operation, (name) => (plain) => (...given) => {
    death.throwIfAborted();
    const result = plain(...given);
    return name === "commit" ? result : wrapped;
  });
  return wrapped;
}

/** Bells by a clock that can be set forward, as the database's queue cannot. */
function alarmBy(clock: Clock, death: AbortSignal): Alarm {
  const timers = new Map<string, { atMs: number; timer: number }>();
  let ring: (lane: Lane) => void = () => {};
  return {
    set(lane, atMs) {
      const name = laneName(lane);
      const known = timers.get(name);
      if (known && known.atMs <= atMs) return Promise.resolve();
      if (known) clock.clearTimeout(known.timer);
      const timer = clock.setTimeout(() => {
        timers.delete(name);
        if (!death.aborted) ring(lane);
      }, Math.max(0, atMs - clock.now()));
      timers.set(name, { atMs, timer });
      return Promise.resolve();
    },
    listen(answer) {
      ring = answer;
    },
    close() {
      for (const { timer } of timers.values()) clock.clearTimeout(timer);
      timers.clear();
    },
  };
}
