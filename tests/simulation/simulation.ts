/**
 * One seed, one story: a whole desk on simulated time, with everything that may go wrong, told
 * until it comes to rest; and then what is left of the promises.
 */
import type { Config } from "../../src/config.ts";
import { SimulatedClock } from "../../playground/telegram/clock.ts";
import { Cast } from "./cast.ts";
import { Chance } from "./chance.ts";
import { brokenPromises } from "./checks.ts";
import { Course } from "./course.ts";
import { SharedDatabase } from "./database.ts";
import { configOf, type Decided, drawDecided, settingsOf } from "./decided.ts";
import { deedsOf, gapMs } from "./deeds.ts";
import { type Ending, type Happening, type Line, told } from "./ending.ts";
import { Eras } from "./eras.ts";
import { LATERS_PROBABILITY } from "./laters.ts";
import { type Engine, MemoryKv } from "./memory_kv.ts";
import { UNDER_WAY_MS } from "./mishaps.ts";
import { Network } from "./network.ts";
import { Processes } from "./processes.ts";
import { Motion } from "./quiet.ts";
import type { Rest } from "./rest.ts";
import type { Sabotage } from "./sabotage.ts";
import { Ledger } from "./said.ts";
import { Story } from "./story.ts";
import { serialised } from "./subtle.ts";
import { drawOthers } from "./transfers.ts";
import { drawServer, type Weather, weatherOf } from "./weather.ts";
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
  /** Customers choose no desk themselves; by default they do in most stories of several. */
  isChosenForThem?: true;
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
  readonly database: SharedDatabase;
  readonly #clock = new SimulatedClock(START_MS);
  readonly #motion = new Motion();
  readonly #course = new Course({ clock: this.#clock, motion: this.#motion });
  readonly #ledger = new Ledger();
  readonly #engine: Engine;
  readonly #weather: Weather;
  readonly #cast: Cast;
  readonly #network: Network;
  readonly #processes: Processes;
  readonly #story: Story;
  readonly #witness: Witness;
  readonly #config: Config;
  readonly #broken = new Set<string>();
  readonly #happenings: Happening[] = [];
  readonly #gaps: Chance;
  readonly #server: Chance;
  #isStormy = false;
  /** What the desk's administrators have decided. */
  readonly #decided: Decided;
  /** There is no desk until people have done some things. */
  readonly #isLate: boolean;

  constructor(private readonly seed: number, private readonly telling: Telling) {
    const clock = this.#clock;
    const clocks = new Chance(seed, "clocks");
    this.#weather = weatherOf(new Chance(seed, "weather"), clocks);
    const { others = drawOthers(new Chance(seed, "desks")), isChosenForThem } = telling;
    this.#decided = drawDecided(seed, this.#weather, isChosenForThem ? 0 : others);
    this.#engine = telling.engine ?? new MemoryKv(() => clock.now());
    this.#cast = new Cast({
      clock,
      seed,
      customers: new Chance(seed, "cast").between(1, 4),
      others,
      limits: this.#weather.limits,
      webhookFetch: (request) => this.#processes.deliver(request),
    });
    this.#witness = new Witness({ cast: this.#cast, ledger: this.#ledger, clock });
    this.#config = configOf(this.#cast);
    this.database = this.#databaseOf();
    this.#network = this.#networkOf();
    this.#processes = new Processes({
      config: this.#config,
      clock,
      motion: this.#motion,
      database: this.database,
      network: this.#network,
      telegram: this.#cast.telegram,
      weather: this.#weather,
      isStormy: () => this.#isStormy,
      operations: new Chance(seed, "operations"),
      clocks,
      trace: (line) => this.#say(line),
    });
    this.#gaps = new Chance(seed, "gaps");
    this.#server = new Chance(seed, "server");
    drawServer(this.#cast.telegram, this.#server);
    if (this.#server.happens(0.3)) this.#cast.showsAuthors();
    this.#isLate = new Chance(seed, "late desk").happens(LATE_PROBABILITY);
    this.#story = this.#storyOf();
  }

  async tell(): Promise<Ending> {
    const { deeds = DEEDS } = this.telling;
    const { boss, bot, telegram, writer } = this.#cast;
    const processes = this.#processes;
    const { mishaps } = this.#story;
    this.#say(`weather: ${JSON.stringify(this.#weather)}`);
    this.#say(`habits: ${JSON.stringify(this.#decided.habits)}`);
    await this.#engine.commit([], settingsOf(this.#cast, this.#decided));
    if (this.#isLate) mishaps.beginsLate();
    const first = processes.begin();
    const ready = first.app.start();
    await this.#course.until(() => false, ready);
    processes.beginOthers();
    boss.starts(bot);
    // Who never wrote to the bot cannot be told anything by it.
    if (this.#decided.clockwork) writer.user.starts(bot);
    this.#isStormy = true;
    for (let done = 0; done < deeds; done++) {
      if (this.#isLate && done === LATE_DEEDS) mishaps.repairs();
      this.#story.go();
      processes.comeAndGo();
      if (this.#server.happens(0.1)) drawServer(telegram, this.#server);
      processes.maySetClock();
      await this.#course.passes(gapMs(this.#gaps));
    }
    this.#say("--- the faults are over");
    this.#isStormy = false;
    this.#story.end();
    // A call that was right when it began may yet take the bot out of a group that is linked by now.
    this.#clock.setTimeout(() => mishaps.repairs(), UNDER_WAY_MS);
    await this.#rest();
    return await this.#end();
  }

  #databaseOf(): SharedDatabase {
    const { telling: { sabotage }, seed } = this;
    return new SharedDatabase(this.#engine, {
      chance: new Chance(seed, "database"),
      motion: this.#motion,
      faults: () => this.#isStormy ? this.#weather.database : null,
      sabotage,
      committed: ({ name }, mutations) =>
        this.#witness.committed(this.#processes.named(name)?.knows, mutations),
      trace: (line) => this.#say(line),
    });
  }

  #networkOf(): Network {
    const cast = this.#cast;
    const trace = (line: Line) => this.#say(line);
    return new Network({
      telegram: cast.telegram,
      ledger: this.#ledger,
      clock: this.#clock,
      motion: this.#motion,
      chance: new Chance(this.seed, "network"),
      faults: () => this.#isStormy ? this.#weather.network : null,
      trace,
      broken: (line) => {
        trace(`BROKEN: ${line}`);
        this.#broken.add(line);
      },
      executed: () => void cast.cards,
      // Who is of the team, writes in private and is not known becomes a customer.
      isDoubted: (id) => ![cast.bot.id, cast.boss.id, cast.writer.user.id].includes(id),
      isGroup: (chatId) => cast.everyGroup.some(({ id }) => id === chatId),
      ownerId: cast.boss.id,
      contentAt: (chatId, messageId) => cast.chatAt(chatId)?.records.get(messageId)?.content,
    });
  }

  #storyOf(): Story {
    const { seed } = this;
    const cast = this.#cast;
    const customs = new Chance(seed, "customs");
    cast.telegram.forwardDiesWithPost = customs.happens(0.5);
    for (const customer of cast.customers) customer.forbidsVoiceMessages = customs.happens(0.2);
    const laters = new Chance(seed, "laters");
    const areLaters = this.#weather.clock === 0 && laters.happens(LATERS_PROBABILITY);
    return new Story({
      cast,
      ledger: this.#ledger,
      chance: new Chance(seed, "story"),
      laters: areLaters ? laters : undefined,
      choices: this.#decided.choosing?.chance,
      transfers: cast.others.length > 0 ? new Chance(seed, "transfers") : undefined,
      clock: this.#clock,
      deeds: deedsOf(customs, { hasClockwork: this.#decided.clockwork !== null }),
      forwardsMs: [5, 300, 20_000],
      parked: () => this.#witness.parked,
      trace: (line) => this.#say(line),
    });
  }

  /**
   * Lets time pass until nothing is owed any more, and then a little longer: whatever somebody does
   * only then is answered as well.
   */
  async #rest(): Promise<void> {
    const clock = this.#clock;
    const latestMs = clock.now() + ARRIVAL_PATIENCE_MS;
    let nextLookMs = 0;
    const isAtRest = async () => {
      this.#processes.keepOne();
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
      await this.#course.until(isAtRest);
      await this.#course.passes(REST_MS);
    } while (!await isAtRest());
    if (clock.now() > latestMs + REST_MS) this.#broken.add("the story never comes to rest");
  }

  async #end(): Promise<Ending> {
    const broken = brokenPromises(await this.#atRest());
    this.#processes.crash();
    await this.#motion.stopped();
    const violations: string[] = [];
    await this.#cast.telegram.close().catch((error) => violations.push(String(error)));
    await this.#motion.stopped();
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

  async #atRest(): Promise<Rest> {
    const { choices, customers, mishaps, reactions } = this.#story;
    const witness = this.#witness;
    return {
      cast: this.#cast,
      ledger: this.#ledger,
      mishaps,
      names: customers.names,
      acts: customers.acts,
      reactions: reactions.all,
      choices: choices?.made ?? [],
      unanswered: this.#network.unanswered,
      unnamed: this.#network.unnamed,
      unasked: this.#network.unknowable.unasked,
      unkept: this.#network.refusals.unkept,
      rootsLearnedMs: witness.rootsLearnedMs,
      startedMs: this.#processes.startedMs,
      clockWasSet: this.#processes.clockWasSet,
      knownPosts: witness.knownPosts,
      habits: this.#decided.habits,
      clockwork: this.#decided.clockwork,
      clockings: witness.clockings,
      acceptedBy: witness.acceptedBy,
      whereabouts: witness.whereabouts,
      eras: new Eras(witness, this.#cast, this.#network.cardsSentMs),
      entries: await this.database.all([this.#config.botId]),
      nowMs: this.#clock.now(),
    };
  }

  #say(line: Line): void {
    this.#happenings.push({ atMs: this.#clock.now(), line });
  }
}
