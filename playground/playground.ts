/**
 * The playground: the real bot over HTTP against a simulated Telegram on loopback, everything in
 * memory; and people who do what they are told, one deed at a time.
 */
import { type Config, readEnvironment } from "../src/config.ts";
import { keysOf, laneOfJobKey } from "../src/kv/keys.ts";
import { fromStored, type Stored } from "../src/kv/records.ts";
import type { StoredJob } from "../src/kv/stored_job.ts";
import { sentenceOf } from "../src/texts/problem_sentence.ts";
import { defined } from "../src/values/defined.ts";
import { BotLife } from "./desk/bot_life.ts";
import { type Participant, People } from "./desk/people.ts";
import { Weather } from "./desk/weather.ts";
import type { SimulatedBot } from "./telegram/bot.ts";
import type { SimulatedChat, SimulatedMessage, StoredMessage } from "./telegram/chat.ts";
import { toMessage } from "./telegram/message.ts";
import { MovableClock } from "./telegram/movable_clock.ts";
import { SimulatedTelegram } from "./telegram/telegram.ts";

/** How a playground differs from an ordinary one. */
export interface PlaygroundOptions {
  /** What the company is called; default `Desk`. */
  company?: string;
  /** The bot's username; default `desk_bot`. */
  username?: string;
  /** The language of the desk (IETF tag); default English. */
  locale?: string;
  /** Nobody has claimed the bot, and it is in no chat: the owner sets the desk up. */
  isUnclaimed?: boolean;
  /** Takes the lines of the bot's log. */
  write: (line: string) => void;
}

/** A job that waits in the outbox. */
export interface WaitingJob {
  /** Whose conversation it is of; 0: nobody's. */
  customerId: number;
  direction: string;
  kind: string;
  attempts: number;
  /** When it is tried next, in milliseconds since 1970; absent: at once. */
  dueMs?: number;
}

/** How often what is due is looked for. A bot on a server does so every minute. */
const SWEEP_MS = 5000;
/** How long it is waited for a bot that is started: one that meets faults goes on by itself. */
const PATIENCE_MS = 5000;
/** How long the bot is dead before it is started again. */
const DEATH_MS = 900;

/** A desk to play with. */
export class Playground {
  readonly clock = new MovableClock();
  readonly telegram = new SimulatedTelegram({ clock: this.clock });
  readonly people = new People(this.telegram);
  readonly weather = new Weather(this.telegram);
  readonly bot: SimulatedBot;
  readonly channel: SimulatedChat;
  readonly group: SimulatedChat;
  /** Whoever created the channel and the group. */
  readonly owner: Participant;
  readonly #server = this.telegram.serve();
  readonly #config: Config;
  #life: BotLife | undefined;
  #isClosed = false;
  #sweeping: ReturnType<typeof setInterval> | undefined;

  private constructor(private readonly kv: Deno.Kv, private readonly options: PlaygroundOptions) {
    const { company = "Desk", username = "desk_bot", locale = "en" } = options;
    this.bot = this.telegram.createBot({ name: company, username, supportsInline: true });
    this.owner = this.people.add("boss", "owner", locale);
    const creator = this.owner.user;
    this.channel = this.telegram.createChannel({ title: company, creator });
    this.group = this.telegram.createSupergroup({ title: `${company} log`, creator });
    this.telegram.link(this.channel, this.group);
    if (!options.isUnclaimed) {
      this.telegram.promote(this.channel, this.bot);
      this.telegram.promote(this.group, this.bot);
    }
    this.#config = this.#readConfig(locale);
  }

  /** Opens one, with the bot at work. */
  static async open(options: PlaygroundOptions): Promise<Playground> {
    const playground = new Playground(await Deno.openKv(":memory:"), options);
    await playground.start();
    playground.#sweeping = setInterval(() => playground.#life?.app.start(), SWEEP_MS);
    return playground;
  }

  /** The link that claims the desk; absent: the desk was given. */
  get claimLink(): string | undefined {
    if (!this.options.isUnclaimed) return undefined;
    return `https://t.me/${this.bot.info.username}?start=claim_${this.#config.claimCode}`;
  }

  /** Whether the bot is alive. */
  get isAlive(): boolean {
    return this.#life !== undefined;
  }

  /** Starts the bot, and waits until it asks for updates: until then nobody can tell that it will. */
  async start(): Promise<void> {
    const callsBefore = this.telegram.calls.length;
    const { kv, clock } = this;
    const life = new BotLife({ config: this.#config, kv, clock, write: this.options.write });
    this.#life = life;
    await life.app.start();
    const isAsking = () =>
      this.telegram.calls.slice(callsBefore).some(({ method }) => method === "getUpdates");
    const untilMs = Date.now() + PATIENCE_MS;
    while (this.#life === life && !isAsking() && Date.now() < untilMs) await pause(2);
  }

  /** Ends the bot without a word, and starts it again a moment later. */
  async kill(): Promise<void> {
    this.#life?.kill();
    this.#life = undefined;
    await pause(DEATH_MS);
    if (this.#life === undefined && !this.#isClosed) await this.start();
  }

  /** Lets time pass, and whatever comes due by then happen. */
  async wait(ms: number): Promise<void> {
    this.clock.aheadMs += ms;
    // What waited for this time at Telegram rings before anything else is done.
    await pause(0);
    await this.#life?.app.start();
    await this.#life?.app.drain();
  }

  /** Resolves when nothing is under way; what waits for its time may go on waiting. */
  async settled(): Promise<void> {
    do {
      await this.telegram.settled();
      await this.#life?.app.settled();
    } while (!this.telegram.idle());
  }

  /** Lets time pass until nothing waits in the outbox any more. */
  async allSent(): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      await this.settled();
      if ((await this.outbox(1)).length === 0) return;
      await this.wait(WAIT_MS);
    }
    throw new Error("What waits in the outbox does not get away");
  }

  /** What waits in the outbox, `most` jobs at most. */
  async outbox(most: number): Promise<WaitingJob[]> {
    const jobs: WaitingJob[] = [];
    const prefix = keysOf(this.bot.id).jobs();
    const list = this.kv.list<Stored<StoredJob>>({ prefix }, { limit: most });
    for await (const entry of list) {
      const { attempts, dueMs, task } = fromStored(entry)!;
      const { customerId, direction } = laneOfJobKey(entry.key);
      const later = dueMs > this.clock.now() ? dueMs : undefined;
      jobs.push({ customerId, direction, kind: task.kind, attempts, ...defined({ dueMs: later }) });
    }
    return jobs;
  }

  /** How many jobs were given up. */
  async givenUp(): Promise<number> {
    const prefix = keysOf(this.bot.id).allFailed();
    return (await Array.fromAsync(this.kv.list({ prefix }, { limit: 100 }))).length;
  }

  /** Somebody by that name and role, who appears if there was nobody. */
  called(name: string, role: "agent" | "customer", languageCode?: string): Participant {
    const found = role === "agent"
      ? this.people.find(name, "agent", "owner")
      : this.people.find(name);
    if (found) return found;
    const language = languageCode ?? this.options.locale ?? "en";
    const participant = this.people.add(name, role, language);
    if (role === "agent") this.telegram.addMember(this.channel, participant.user);
    return participant;
  }

  /** Somebody's private chat with the bot. */
  chatOf({ user }: Participant): SimulatedChat {
    return user.chatWith(this.bot);
  }

  /** A customer's newest card. */
  cardOf(customer: Participant | undefined): SimulatedMessage | undefined {
    return this.channel.messages.findLast(({ text }) =>
      text?.split("\n")[1] === `ID ${customer?.user.id}`
    );
  }

  /** The bytes of a message's file, if somebody uploaded them. */
  bytesOf(record: StoredMessage): Uint8Array<ArrayBuffer> | undefined {
    return this.telegram.download(toMessage(record));
  }

  /** Ends everything; throws if the bot broke the rules of the Bot API. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#sweeping);
    const life = this.#life;
    this.#life = undefined;
    await life?.app.close();
    life?.kill();
    this.kv.close();
    await this.#server.close();
    await this.telegram.close();
  }

  #readConfig(locale: string): Config {
    const environment: Record<string, string> = {
      BOT_TOKEN: this.bot.token,
      ...this.options.isUnclaimed ? {} : { CHANNEL_ID: String(this.channel.id) },
      TELEGRAM_API_ROOT: this.#server.apiRoot,
      LOCALE: locale,
      PACE: "off",
    };
    const { config, problems } = readEnvironment((name) => environment[name]);
    if (!config) throw new Error(problems.map(sentenceOf).join("\n"));
    return config;
  }
}

/** So often, and each time so long, it is waited for the outbox to drain. */
const MOST_TRIES = 200;
const WAIT_MS = 30_000;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
