/** One process of the bot: it starts, works, is asked to stop, or dies without a word. */
import { type App, createApp } from "../../src/app.ts";
import type { Config } from "../../src/config.ts";
import type { Alarm } from "../../src/kv/alarm.ts";
import { type Lane, laneName } from "../../src/conversation/lane.ts";
import { createLog } from "../../src/log.ts";
import { HOUR_MS } from "../../src/time/duration.ts";
import type { SimulatedClock } from "../../playground/telegram/clock.ts";
import type { Chance } from "./chance.ts";
import type { SharedDatabase } from "./database.ts";
import { type Caller, Moment } from "./call.ts";
import type { Line } from "./ending.ts";
import type { Network } from "./network.ts";

/** The world as all processes share it. */
export interface InstanceOptions {
  config: Config;
  clock: SimulatedClock;
  /** How far ahead the clock is that processes go by. */
  aheadMs: () => number;
  chance: Chance;
  database: SharedDatabase;
  /** Whether no other process has the database meanwhile. */
  isAlone: boolean;
  network: Network;
  /** How often a bell does not ring. */
  lostBells: () => number;
  trace: (line: Line) => void;
}

const CRON_MS = 60_000;
/** How long a process that stops lets its calls go on. */
const GRACE_MS = 4000;
/** The grace the program itself counts, on the real clock: never to be reached. */
const NEVER_MS = HOUR_MS;

/** A running process. */
export class Instance implements Caller {
  readonly app: App;
  isAlive = true;
  readonly knows = new Set<string>();
  /** Asked to stop: takes no requests any more. */
  isStopping = false;
  readonly death = new Moment();
  readonly hurry = new Moment();
  readonly #timers = new Set<number>();

  constructor(readonly name: string, private readonly options: InstanceOptions) {
    const { config, clock, aheadMs, chance, database, isAlone, network, trace } = options;
    this.app = createApp({
      config,
      kv: database.open(this),
      isAlone,
      fetch: network.fetchOf(this),
      now: () => clock.now() + aheadMs(),
      random: chance.random,
      alarm: this.#alarm(),
      setTimer: (ms, ring) => this.#later(ms, ring),
      log: createLog({
        level: "info",
        secrets: [],
        now: () => clock.now(),
        write: (line) => trace(() => `${name}: ${wordsOf(line)}`),
      }),
    });
    this.#cron();
  }

  get isServing(): boolean {
    return this.isAlive && !this.isStopping;
  }

  /** Ends at once; whatever it still does fails. */
  crash(): void {
    if (!this.isAlive) return;
    this.options.trace(`${this.name}: dies`);
    this.isAlive = false;
    this.#clearTimers();
    this.options.network.forget(this);
    this.death.comes();
  }

  /** Ends as on SIGTERM. */
  async stop(): Promise<void> {
    this.options.trace(`${this.name}: stops`);
    this.isStopping = true;
    this.#clearTimers();
    const timer = this.options.clock.setTimeout(() => this.hurry.comes(), GRACE_MS);
    await this.app.close(NEVER_MS);
    this.options.clock.clearTimeout(timer);
    this.options.trace(`${this.name}: has stopped`);
    this.isAlive = false;
  }

  #cron(): void {
    this.#later(this.options.chance.between(1, CRON_MS), () => this.#tick());
  }

  #tick(): void {
    void this.app.start();
    this.#later(CRON_MS, () => this.#tick());
  }

  #alarm(): Alarm {
    const { clock, aheadMs, chance, network, lostBells } = this.options;
    let ring: (lane: Lane) => void = () => {};
    const nextAtMs = new Map<string, number>();
    return {
      set: (lane, atMs) => {
        const name = laneName(lane);
        if (nextAtMs.get(name) === atMs) return Promise.resolve();
        if (chance.happens(lostBells())) {
          // What could not be written is tried again at a bell, or by whoever comes next.
          network.forget(this);
          return Promise.resolve();
        }
        nextAtMs.set(name, atMs);
        this.#later(Math.max(0, atMs - clock.now() - aheadMs()), () => {
          if (nextAtMs.get(name) === atMs) nextAtMs.delete(name);
          ring(lane);
        });
        return Promise.resolve();
      },
      listen: (answer) => ring = answer,
      close: () => {},
    };
  }

  /** Calls back after a while, unless that is taken back or the process has ended. */
  #later(ms: number, callback: () => void): () => void {
    if (!this.isServing) return () => {};
    const timer = this.options.clock.setTimeout(() => {
      this.#timers.delete(timer);
      callback();
    }, ms);
    this.#timers.add(timer);
    return () => {
      this.options.clock.clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }

  #clearTimers(): void {
    for (const timer of this.#timers) this.options.clock.clearTimeout(timer);
    this.#timers.clear();
  }
}

function wordsOf(line: string): string {
  const { at: _at, level, event, ...facts } = JSON.parse(line);
  return `${level}: ${event} ${JSON.stringify(facts)}`;
}
