/**
 * One seed, one story: a whole desk on simulated time, with everything that may go wrong, told
 * until it comes to rest; and then what is left of the promises.
 */
import { type Config, readEnvironment } from "../../src/config.ts";
import { toStored } from "../../src/kv/records.ts";
import { sentenceOf } from "../../src/texts/problem_sentence.ts";
import { SimulatedClock } from "../../playground/telegram/clock.ts";
import { Cast } from "./cast.ts";
import { Chance } from "./chance.ts";
import { brokenPromises } from "./checks.ts";
import { type Clockwork, drawClockwork } from "./clockwork.ts";
import { SharedDatabase } from "./database.ts";
import { deedsOf, gapMs } from "./deeds.ts";
import { type Ending, type Happening, type Line, told } from "./ending.ts";
import { Eras } from "./eras.ts";
import { drawHabits, type Habits } from "./habits.ts";
import { Instance } from "./instance.ts";
import { LATERS_PROBABILITY } from "./laters.ts";
import { type Engine, MemoryKv, type Mutation } from "./memory_kv.ts";
import { UNDER_WAY_MS } from "./mishaps.ts";
import { Network } from "./network.ts";
import { Motion } from "./quiet.ts";
import type { Sabotage } from "./sabotage.ts";
import { Ledger } from "./said.ts";
import { Story } from "./story.ts";
import { serialised } from "./subtle.ts";
import { drawOthers } from "./transfers.ts";
import { drawServer, type Weather, weatherOf } from "./weather.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { Witness } from "./witness.ts";

/** How a story is told. */
export interface Telling {
  /** What is taken out of the machinery. */
  sabotage?: Sabotage;
  /** The database under it; by default one that is fast and has no threads. */
  engine?: Engine;
  /** How many things people do. */
  deeds?: number;
  /** How many desks there are besides the first; by default some stories have some. */
  others?: number;
}

const START_MS = Date.UTC(2030, 0, 7, 9);
const DEEDS = 40;
/** In how many stories people do this much before there is a desk. */
const LATE_PROBABILITY = 0.2;
const LATE_DEEDS = 12;
/** Faults are over then; what is owed by then arrives within this time. */
const ARRIVAL_PATIENCE_MS = 6 * 3_600_000;
/** Longer than any lease or frozen process lasts. */
const REST_MS = 5 * 60_000;

/** Tells the story of a seed. */
export async function simulate(seed: number, telling: Telling = {}): Promise<Ending> {
  const simulation = new Simulation(seed, telling);
  const restore = serialised(simulation.database);
  try {
    return await simulation.tell();
  } finally {
    restore();
  }
}

class Simulation {
  readonly clock = new SimulatedClock(START_MS);
  readonly motion = new Motion();
  readonly database: SharedDatabase;
  readonly #engine: Engine;
  readonly #weather: Weather;
  readonly #cast: Cast;
  readonly #network: Network;
  readonly #story: Story;
  readonly #ledger = new Ledger();
  readonly #witness: Witness;
  readonly #config: Config;
  readonly #broken = new Set<string>();
  readonly #happenings: Happening[] = [];
  readonly #operations: Chance;
  readonly #gaps: Chance;
  readonly #server: Chance;
  readonly #clocks: Chance;
  /** How far ahead the clock is that the processes go by. */
  #aheadMs = 0;
  #clockWasSet = 0;
  #instances: Instance[] = [];
  readonly #startedMs: number[] = [];
  #isStormy = false;
  /** How the desk has messages shown. */
  readonly #habits: Habits;
  /** What the desk does by the clock alone. */
  readonly #clockwork: Clockwork | null;
  /** There is no desk until people have done some things. */
  readonly #isLate: boolean;

  constructor(private readonly seed: number, private readonly telling: Telling) {
    const { clock, motion } = this;
    const trace = (line: Line) => this.#say(line);
    this.#clocks = new Chance(seed, "clocks");
    this.#weather = weatherOf(new Chance(seed, "weather"), this.#clocks);
    // Where clocks are set, nobody can say when it is time.
    const clockwork = drawClockwork(new Chance(seed, "clockwork"));
    this.#clockwork = this.#weather.clock > 0 ? null : clockwork;
    this.#operations = new Chance(seed, "operations");
    this.#engine = telling.engine ?? new MemoryKv(() => clock.now());
    const { others = drawOthers(new Chance(seed, "desks")) } = telling;
    this.#cast = new Cast({
      clock,
      seed,
      customers: new Chance(seed, "cast").between(1, 4),
      others,
      limits: this.#weather.limits,
      webhookFetch: (request) => this.#deliver(request),
    });
    const { telegram, bot, desks } = this.#cast;
    this.#witness = new Witness({ cast: this.#cast, ledger: this.#ledger, clock });
    this.database = new SharedDatabase(this.#engine, {
      chance: new Chance(seed, "database"),
      motion,
      faults: () => this.#isStormy ? this.#weather.database : null,
      sabotage: telling.sabotage,
      committed: ({ name }, mutations) => {
        const writer = this.#instances.find((instance) => instance.name === name);
        this.#witness.committed(writer?.knows, mutations);
      },
      trace,
    });
    const cast = this.#cast;
    this.#network = new Network({
      telegram,
      ledger: this.#ledger,
      clock,
      motion,
      chance: new Chance(seed, "network"),
      faults: () => this.#isStormy ? this.#weather.network : null,
      trace,
      broken: (line) => {
        trace(`BROKEN: ${line}`);
        this.#broken.add(line);
      },
      executed: () => void this.#cast.cards,
      // Who is of the team, writes in private and is not known becomes a customer.
      isDoubted: (id) => ![cast.bot.id, cast.boss.id, cast.writer.user.id].includes(id),
      isGroup: (chatId) => this.#cast.everyGroup.some(({ id }) => id === chatId),
      ownerId: this.#cast.boss.id,
      contentAt: (chatId, messageId) => this.#cast.chatAt(chatId)?.records.get(messageId)?.content,
    });
    this.#gaps = new Chance(seed, "gaps");
    this.#server = new Chance(seed, "server");
    drawServer(telegram, this.#server);
    if (this.#server.happens(0.3)) this.#cast.showsAuthors();
    const forwardsMs = [5, 300, 20_000];
    const customs = new Chance(seed, "customs");
    telegram.forwardDiesWithPost = customs.happens(0.5);
    this.#habits = drawHabits(new Chance(seed, "habits"));
    this.#isLate = new Chance(seed, "late desk").happens(LATE_PROBABILITY);
    for (const customer of this.#cast.customers) {
      customer.forbidsVoiceMessages = customs.happens(0.2);
    }
    const laters = new Chance(seed, "laters");
    const areLaters = this.#weather.clock === 0 && laters.happens(LATERS_PROBABILITY);
    this.#story = new Story({
      cast: this.#cast,
      ledger: this.#ledger,
      chance: new Chance(seed, "story"),
      laters: areLaters ? laters : undefined,
      transfers: others > 0 ? new Chance(seed, "transfers") : undefined,
      clock,
      deeds: deedsOf(customs, { hasClockwork: this.#clockwork !== null }),
      forwardsMs,
      parked: () => this.#witness.parked,
      trace,
    });
    const env: Record<string, string> = {
      BOT_TOKEN: bot.token,
      CHANNEL_ID: desks.map(({ channel }) => channel.id).join(),
      PUBLIC_URL: "https://desk.example",
      KV_PATH: ":memory:",
    };
    const settings = readEnvironment((name) => env[name]);
    if (!settings.config) throw new Error(settings.problems.map(sentenceOf).join("\n"));
    this.#config = settings.config;
  }

  async tell(): Promise<Ending> {
    const { deeds = DEEDS } = this.telling;
    const { telegram } = this.#cast;
    this.#say(`weather: ${JSON.stringify(this.#weather)}`);
    await this.#decide();
    if (this.#isLate) this.#story.mishaps.beginsLate();
    const first = this.#begin();
    const ready = first.app.start();
    await this.#until(() => false, ready);
    while (this.#instances.length < this.#weather.instancesAtFirst) this.#begin();
    this.#cast.boss.starts(this.#cast.bot);
    // Who never wrote to the bot cannot be told anything by it.
    if (this.#clockwork) this.#cast.writer.user.starts(this.#cast.bot);
    this.#isStormy = true;
    for (let done = 0; done < deeds; done++) {
      if (this.#isLate && done === LATE_DEEDS) this.#story.mishaps.repairs();
      this.#story.go();
      this.#operate();
      if (this.#server.happens(0.1)) drawServer(telegram, this.#server);
      if (this.#clocks.happens(this.#weather.clock)) this.#setClock();
      await this.#passes(gapMs(this.#gaps));
    }
    this.#say("--- the faults are over");
    this.#isStormy = false;
    this.#story.end();
    // A call that was right when it began may yet take the bot out of a group that is linked by now.
    this.clock.setTimeout(() => this.#story.mishaps.repairs(), UNDER_WAY_MS);
    await this.#rest();
    return await this.#end();
  }

  /**
   * What administrators have decided before the story begins; agents can be told of what the desk
   * does by the clock.
   */
  async #decide(): Promise<void> {
    const { bot, desks } = this.#cast;
    const shares = desks.length > 1 ? { distribute: true } : {};
    const value = toStored({ ...this.#habits, ...this.#clockwork, ...shares }, "settings");
    this.#say(`habits: ${JSON.stringify(this.#habits)}`);
    const settings = desks.map(({ channel: { id } }): Mutation => ({
      type: "set",
      key: [bot.id, "settings", id],
      value,
    }));
    await this.#engine.commit([], settings);
  }

  /** Lets time pass until something is so, or a promise has settled. */
  async #until(isSo: () => boolean | Promise<boolean>, settling?: Promise<unknown>): Promise<void> {
    let isSettled = false;
    settling?.finally(() => isSettled = true);
    while (true) {
      await this.motion.stopped();
      if (isSettled || await isSo()) return;
      if (!this.clock.fireNext()) throw new Error("Nothing will ever happen any more");
    }
  }

  /**
   * Lets time pass until nothing is owed any more, and then a little longer: whatever somebody does
   * only then is answered as well.
   */
  async #rest(): Promise<void> {
    const { clock } = this;
    const latestMs = clock.now() + ARRIVAL_PATIENCE_MS;
    let nextLookMs = 0;
    const isAtRest = async () => {
      // The last process may still be about to die of what it was doing.
      if (this.#mayBegin && !this.#serving.length) this.#begin();
      if (clock.now() > latestMs) return true;
      if (clock.now() < nextLookMs) return false;
      nextLookMs = clock.now() + 10_000;
      const { bot, telegram } = this.#cast;
      const { botId } = this.#config;
      const owed = await Promise.all(
        ["job", "doubt", "parked", "scheduled"].map((kind) => this.database.all([botId, kind])),
      );
      return owed.flat().length === 0 && bot.queue.size === 0 && telegram.idle();
    };
    do {
      await this.#until(isAtRest);
      await this.#passes(REST_MS);
    } while (!await isAtRest());
    if (clock.now() > latestMs + REST_MS) this.#broken.add("the story never comes to rest");
  }

  async #passes(ms: number): Promise<void> {
    let isOver = false;
    this.clock.setTimeout(() => isOver = true, ms);
    await this.#until(() => isOver);
  }

  async #end(): Promise<Ending> {
    const broken = brokenPromises({
      cast: this.#cast,
      ledger: this.#ledger,
      mishaps: this.#story.mishaps,
      names: this.#story.names,
      acts: this.#story.acts,
      reactions: this.#story.reactions,
      unanswered: this.#network.unanswered,
      unnamed: this.#network.unnamed,
      unasked: this.#network.unknowable.unasked,
      unkept: this.#network.refusals.unkept,
      rootsLearnedMs: this.#witness.rootsLearnedMs,
      startedMs: this.#startedMs,
      clockWasSet: this.#clockWasSet,
      knownPosts: this.#witness.knownPosts,
      habits: this.#habits,
      clockwork: this.#clockwork,
      clockings: this.#witness.clockings,
      acceptedBy: this.#witness.acceptedBy,
      whereabouts: this.#witness.whereabouts,
      eras: new Eras(this.#witness, this.#cast, this.#network.cardsSentMs),
      entries: await this.database.all([this.#config.botId]),
      nowMs: this.clock.now(),
    });
    for (const instance of this.#instances) instance.crash();
    await this.motion.stopped();
    const violations: string[] = [];
    await this.#cast.telegram.close().catch((error) => violations.push(String(error)));
    await this.motion.stopped();
    this.#engine.close();
    const happenings = this.#happenings;
    return {
      seed: this.seed,
      broken: [...this.#broken, ...broken, ...violations],
      get trace() {
        return told(happenings);
      },
    };
  }

  /** Processes come and go, updates come twice. */
  #operate(): void {
    const { telegram } = this.#cast;
    const serving = this.#serving;
    const happens = this.#operations.weighted({
      nothing: 80,
      start: 8,
      stop: 4,
      crash: 3,
      redeliver: 12,
    });
    const one = this.#operations.pick(serving);
    const mayBegin = this.#mayBegin && serving.length < this.#weather.instances;
    if (happens === "start" && mayBegin) this.#begin();
    else if (mayBegin && serving.length === 0 && this.#operations.happens(0.3)) this.#begin();
    else if (happens === "stop") void one?.stop();
    else if (happens === "crash") one?.crash();
    else if (happens === "redeliver") {
      const again = this.#operations.pick(telegram.updates.slice(-10));
      // Telegram never tells an older standing after a newer one.
      const isLatest = again === telegram.updates.findLast(({ lane }) => lane === again?.lane);
      if (!again || (again.update.my_chat_member && !isLatest)) return;
      const { update } = again;
      this.#say(`update ${update.update_id} comes once more`);
      telegram.redeliver(update.update_id);
    }
  }

  /** The clock of the machine is set back or forward, by minutes, an hour or a day. */
  #setClock(): void {
    const byMs = this.#clocks.pick([5 * MINUTE_MS, HOUR_MS, DAY_MS])!;
    this.#aheadMs += this.#clocks.happens(0.5) ? byMs : -byMs;
    this.#clockWasSet++;
    this.#network.clockWasSet();
    this.#say(`the clock is ${this.#aheadMs / 1000} s ahead`);
  }

  get #serving(): Instance[] {
    return this.#instances.filter(({ isServing }) => isServing);
  }

  /** Whether a database is one process's at a time, as a file is. */
  get #isFile(): boolean {
    return this.#weather.instances === 1;
  }

  /** Whether another process may have the database. */
  get #mayBegin(): boolean {
    return !this.#isFile || !this.#instances.some(({ isAlive }) => isAlive);
  }

  #begin(): Instance {
    const { clock, database } = this;
    this.#startedMs.push(clock.now());
    const instance = new Instance(`#${this.#startedMs.length}`, {
      config: this.#config,
      clock,
      aheadMs: () => this.#aheadMs,
      chance: this.#operations,
      database,
      isAlone: this.#isFile,
      network: this.#network,
      lostBells: () => this.#isStormy ? this.#weather.lostBells : 0,
      trace: (line) => this.#say(line),
    });
    this.#say(`${instance.name}: starts`);
    this.#instances.push(instance);
    return instance;
  }

  /** Hands an update to any process that takes requests. */
  async #deliver(request: Request): Promise<Response> {
    const { motion, clock } = this;
    const faults = this.#isStormy ? this.#weather.delivery : null;
    try {
      const isSlow = faults && this.#operations.happens(faults["slow update"]);
      const ms = isSlow ? this.#operations.between(500, 5000) : this.#operations.between(1, 50);
      await new Promise<void>((resolve) => {
        clock.setTimeout(() => {
          motion.moved();
          resolve();
        }, ms);
      });
      const one = this.#operations.pick(this.#instances.filter(({ isServing }) => isServing));
      if (!one) throw new TypeError("nobody listens");
      if (faults && this.#operations.happens(faults["lost update"])) {
        throw new TypeError("the update was lost");
      }
      const response = await one.app.handler(request);
      if (faults && this.#operations.happens(faults["lost receipt"])) {
        this.#say("the receipt of an update is lost");
        throw new TypeError("the receipt was lost");
      }
      return response;
    } finally {
      motion.moved();
    }
  }

  #say(line: Line): void {
    this.#happenings.push({ atMs: this.clock.now(), line });
  }
}
