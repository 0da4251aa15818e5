/** The bot's processes in a story: they come and go, and Telegram's updates are handed to any of them. */
import type { Config } from "../../src/config.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import type { SimulatedClock } from "../../playground/telegram/clock.ts";
import type { SimulatedTelegram } from "../../playground/telegram/telegram.ts";
import type { Chance } from "./chance.ts";
import type { SharedDatabase } from "./database.ts";
import type { Line } from "./ending.ts";
import { Instance } from "./instance.ts";
import type { Network } from "./network.ts";
import type { Motion } from "./quiet.ts";
import type { Weather } from "./weather.ts";

/** What all processes of a story share. */
export interface ProcessesOptions {
  config: Config;
  clock: SimulatedClock;
  motion: Motion;
  database: SharedDatabase;
  network: Network;
  telegram: SimulatedTelegram;
  weather: Weather;
  /** Whether anything goes wrong by now that need not. */
  isStormy: () => boolean;
  /** By which it is drawn what becomes of processes, and of updates on their way. */
  operations: Chance;
  /** By which the clock is set. */
  clocks: Chance;
  trace: (line: Line) => void;
}

/** Every process there is or was. */
export class Processes {
  /** When they began. */
  readonly startedMs: number[] = [];
  /** How often the clock was set that they go by. */
  clockWasSet = 0;
  /** How far ahead it is. */
  #aheadMs = 0;
  readonly #all: Instance[] = [];

  constructor(private readonly options: ProcessesOptions) {}

  /** Those that take requests. */
  get serving(): Instance[] {
    return this.#all.filter(({ isServing }) => isServing);
  }

  /** Whether another process may have the database: a file is one process's at a time. */
  get mayBegin(): boolean {
    const isFile = this.options.weather.instances === 1;
    return !isFile || !this.#all.some(({ isAlive }) => isAlive);
  }

  /** The process of this name. */
  named(name: string): Instance | undefined {
    return this.#all.find((instance) => instance.name === name);
  }

  /** Begins one more. */
  begin(): Instance {
    const { config, clock, operations, database, network, weather, isStormy, trace } = this.options;
    this.startedMs.push(clock.now());
    const instance = new Instance(`#${this.startedMs.length}`, {
      config,
      clock,
      aheadMs: () => this.#aheadMs,
      chance: operations,
      database,
      isAlone: weather.instances === 1,
      network,
      lostBells: () => isStormy() ? weather.lostBells : 0,
      trace,
    });
    trace(`${instance.name}: starts`);
    this.#all.push(instance);
    return instance;
  }

  /** Begins as many more as there are from the beginning. */
  beginOthers(): void {
    while (this.#all.length < this.options.weather.instancesAtFirst) this.begin();
  }

  /** Has one that serves, if there may be one: the last may still be about to die. */
  keepOne(): void {
    if (this.mayBegin && !this.serving.length) this.begin();
  }

  /** They come and go, updates come twice. */
  comeAndGo(): void {
    const { operations, weather } = this.options;
    const { serving } = this;
    const happens = operations.weighted({
      nothing: 80,
      start: 8,
      stop: 4,
      crash: 3,
      redeliver: 12,
    });
    const one = operations.pick(serving);
    const mayBegin = this.mayBegin && serving.length < weather.instances;
    if (happens === "start" && mayBegin) this.begin();
    else if (mayBegin && serving.length === 0 && operations.happens(0.3)) this.begin();
    else if (happens === "stop") void one?.stop();
    else if (happens === "crash") one?.crash();
    else if (happens === "redeliver") this.#redelivers();
  }

  /** The clock of the machine may be set back or forward, by minutes, an hour or a day. */
  maySetClock(): void {
    const { clocks, network, weather, trace } = this.options;
    if (!clocks.happens(weather.clock)) return;
    const byMs = clocks.pick([5 * MINUTE_MS, HOUR_MS, DAY_MS])!;
    this.#aheadMs += clocks.happens(0.5) ? byMs : -byMs;
    this.clockWasSet++;
    network.clockWasSet();
    trace(`the clock is ${this.#aheadMs / 1000} s ahead`);
  }

  /** Hands an update to any process that takes requests. */
  async deliver(request: Request): Promise<Response> {
    const { motion, clock, operations, weather, isStormy, trace } = this.options;
    const faults = isStormy() ? weather.delivery : null;
    try {
      const isSlow = faults && operations.happens(faults["slow update"]);
      const ms = isSlow ? operations.between(500, 5000) : operations.between(1, 50);
      await new Promise<void>((resolve) => {
        clock.setTimeout(() => {
          motion.moved();
          resolve();
        }, ms);
      });
      const one = operations.pick(this.serving);
      if (!one) throw new TypeError("nobody listens");
      if (faults && operations.happens(faults["lost update"])) {
        throw new TypeError("the update was lost");
      }
      const response = await one.app.handler(request);
      if (faults && operations.happens(faults["lost receipt"])) {
        trace("the receipt of an update is lost");
        throw new TypeError("the receipt was lost");
      }
      return response;
    } finally {
      motion.moved();
    }
  }

  /** All of them are no more. */
  crash(): void {
    for (const instance of this.#all) instance.crash();
  }

  #redelivers(): void {
    const { operations, telegram, trace } = this.options;
    const again = operations.pick(telegram.updates.slice(-10));
    // Telegram never tells an older standing after a newer one.
    const isLatest = again === telegram.updates.findLast(({ lane }) => lane === again?.lane);
    if (!again || (again.update.my_chat_member && !isLatest)) return;
    const { update } = again;
    trace(`update ${update.update_id} comes once more`);
    telegram.redeliver(update.update_id);
  }
}
