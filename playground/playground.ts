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
import { type DeskChats, Desks } from "./desk/desks.ts";
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
  /** Nobody has claimed the bot, and there is no channel: the owner sets the desk up. */
  isUnclaimed?: boolean;
  /** The bot does not run until its token is given. */
  awaitsToken?: boolean;
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

const COMPANY = "Desk";
const LOCALE = "en";
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
  readonly desks = new Desks(this.telegram);
  readonly bot: SimulatedBot;
  /** Whoever creates the channels and the groups. */
  readonly owner: Participant;
  readonly #server = this.telegram.serve();
  /** With what the bot is run. */
  readonly config: Config;
  #life: BotLife | undefined;
  #isClaimed = false;
  #hasRun = false;
  /** Until then a bot complains of what is not there yet. */
  #hasBegun = false;
  #isClosed = false;
  #sweeping: ReturnType<typeof setInterval> | undefined;

  private constructor(private readonly kv: Deno.Kv, private readonly options: PlaygroundOptions) {
    const { company = COMPANY, username = "desk_bot", locale = LOCALE } = options;
    this.bot = this.telegram.createBot({ name: company, username, supportsInline: true });
    this.owner = this.people.add("boss", "owner", locale);
    this.config = this.#readConfig();
  }

  /** Opens one, with the bot at work, and a desk unless nobody is to have set one up. */
  static async open(options: PlaygroundOptions): Promise<Playground> {
    const playground = new Playground(await Deno.openKv(":memory:"), options);
    if (!options.awaitsToken) await playground.start();
    if (!options.isUnclaimed) await playground.#setUp();
    playground.#hasBegun = true;
    playground.#sweeping = setInterval(() => playground.#life?.app.start(), SWEEP_MS);
    return playground;
  }

  /** The link that claims the bot; absent: that has been done, or there is no bot that runs yet. */
  get claimLink(): string | undefined {
    if (this.#isClaimed || this.awaitsToken) return undefined;
    return `https://t.me/${this.bot.info.username}?start=claim_${this.config.claimCode}`;
  }

  /** Whether the bot runs only once its token is given. */
  get awaitsToken(): boolean {
    return this.options.awaitsToken === true && this.#life === undefined && !this.#hasRun;
  }

  /** Somebody opens the link that claims the bot. */
  claim({ user }: Participant): void {
    const link = this.claimLink;
    if (link === undefined) throw new Error("There is nothing to be claimed.");
    user.opens(link);
    this.#isClaimed = true;
  }

  /** Whether the bot is alive. */
  get isAlive(): boolean {
    return this.#life !== undefined;
  }

  /** Starts the bot, and waits until it asks for updates: until then nobody can tell that it will. */
  async start(): Promise<void> {
    const callsBefore = this.telegram.calls.length;
    const { kv, clock } = this;
    this.#hasRun = true;
    const write = (line: string) => this.#hasBegun && this.options.write(line);
    const life = new BotLife({ config: this.config, kv, clock, write });
    this.#life = life;
    await life.app.start();
    const isAsking = () =>
      this.telegram.calls.slice(callsBefore).some(({ method }) => method === "getUpdates");
    const untilMs = Date.now() + PATIENCE_MS;
    while (this.#life === life && !isAsking() && Date.now() < untilMs) await pause(2);
  }

  /** Ends the bot without a word, and starts it again a moment later. */
  async kill(): Promise<void> {
    if (this.awaitsToken) throw new Error("No bot runs yet: it waits for its token.");
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

  /** Somebody by that name and role, who appears if there was nobody: an agent at that desk. */
  called(
    name: string,
    role: "agent" | "customer",
    { language, desk }: { language?: string; desk?: string | undefined } = {},
  ): Participant {
    const found = role === "agent"
      ? this.people.find(name, "agent", "owner")
      : this.people.find(name);
    if (found) return found;
    // Nobody appears for a desk that there is not.
    const { name: at } = role === "agent" ? this.desks.named(desk) : { name: undefined };
    const participant = this.people.add(name, role, language ?? this.options.locale ?? LOCALE);
    if (at !== undefined) this.desks.hire(participant.user, at);
    return participant;
  }

  /** Somebody's private chat with the bot. */
  chatOf({ user }: Participant): SimulatedChat {
    return user.chatWith(this.bot);
  }

  /** A customer's newest card at a desk. */
  cardOf(customer: Participant | undefined, { channel }: DeskChats): SimulatedMessage | undefined {
    return channel.messages.findLast(({ text }) =>
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

  /** The owner sets the first desk up, as owners do: by the link, and by tapping. */
  async #setUp(): Promise<void> {
    const { owner, desks, bot } = this;
    const { channel, name } = desks.create(owner.user, this.options.company ?? COMPANY);
    desks.link(owner.user);
    this.claim(owner);
    for (const chat of [channel, desks.linked(name).group]) {
      await this.settled();
      owner.user.shares(bot, this.#buttonFor(chat), chat);
    }
    await this.settled();
  }

  /** The button of the owner's keyboard that asks for such a chat. */
  #buttonFor({ type }: SimulatedChat): string {
    const buttons = this.chatOf(this.owner).keyboard?.keyboard.flat() ?? [];
    const asking = buttons.flatMap((button) =>
      typeof button !== "string" && "request_chat" in button ? [button] : []
    );
    const found = asking.find((button) =>
      button.request_chat.chat_is_channel === (type === "channel")
    );
    if (!found) throw new Error(`The bot does not ask for a ${type}`);
    return found.text;
  }

  #readConfig(): Config {
    const environment: Record<string, string> = {
      BOT_TOKEN: this.bot.token,
      TELEGRAM_API_ROOT: this.#server.apiRoot,
      LOCALE: this.options.locale ?? LOCALE,
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
