/**
 * A desk for one test: a simulated Telegram with a company's channel and group, the real bot with a
 * real database, a few people, and the means to let time pass.
 */
import { type App, createApp } from "../../src/app.ts";
import { type Config, readEnvironment } from "../../src/config.ts";
import type { Alarm } from "../../src/kv/alarm.ts";
import { createLog } from "../../src/log.ts";
import { sentenceOf } from "../../src/texts/problem_sentence.ts";
import type { Settings } from "../../src/settings/settings.ts";
import type { Message } from "grammy/types";
import type { SimulatedBot } from "../../playground/telegram/bot.ts";
import type { SimulatedChat } from "../../playground/telegram/chat.ts";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";
import type { SimulatedUser } from "../../playground/telegram/user.ts";
import type { SetTimer } from "../../src/time/timer.ts";
import { defined } from "../../src/values/defined.ts";
import { MovableClock } from "../../playground/telegram/movable_clock.ts";
import { TestBot } from "./bot.ts";
import { RequestsUnderWay } from "./requests_under_way.ts";

/** How a desk differs from an ordinary one. */
export interface DeskOptions {
  /**
   * How updates reach the bot: `direct` hands them to its handler as a webhook would; the others
   * go over real HTTP on loopback. Default `direct`.
   */
  transport?: "direct" | "webhook" | "polling";
  /** Variables on top of the token and the channel. */
  env?: Record<string, string>;
  /** The database; by default a new one in memory, closed with the desk. */
  kv?: Deno.Kv;
  /** Wraps the database, to count or to disturb. */
  wrapKv?: (kv: Deno.Kv) => Deno.Kv;
  alarm?: Alarm;
  /** The timers of the bot. */
  setTimer?: SetTimer;
  /** Whether Telegram limits how much the bot may send; default `off`. */
  limits?: "off" | "telegram";
  /** How many messages Telegram takes into a chat at once. */
  burst?: number;
  /** A public channel has a username. */
  channelUsername?: string;
  /** Whether the bot is connected before the test begins; default `true`. */
  isStarted?: boolean;
  /** What the administrators have decided; by default no panel, which few tests are about. */
  settings?: Settings;
  /** The titles of the bot's other desks, in their order. */
  others?: string[];
}

/** The chats of one desk. */
export interface DeskChats {
  channel: SimulatedChat;
  group: SimulatedChat;
}

/** A company's desk. Dispose of it: that fails the test if the bot made a call it may not make. */
export class TestDesk extends TestBot implements AsyncDisposable {
  readonly logLines: string[] = [];
  #server?: { apiRoot: string; close(): Promise<void> };
  #httpServer?: Deno.HttpServer;
  #config!: Config;
  readonly #requests = new RequestsUnderWay();

  private constructor(
    override readonly telegram: SimulatedTelegram,
    override readonly clock: MovableClock,
    override readonly bot: SimulatedBot,
    readonly channel: SimulatedChat,
    readonly group: SimulatedChat,
    /** Created the company's channel and group. */
    readonly boss: SimulatedUser,
    /** Agents: members of the channel. */
    readonly ana: SimulatedUser,
    readonly bia: SimulatedUser,
    /** Where the bot keeps what it keeps; another one after `restart` on another. */
    public override kv: Deno.Kv,
    private readonly options: DeskOptions,
    /** The bot's other desks. */
    readonly others: DeskChats[],
  ) {
    super();
  }

  static async open(options: DeskOptions = {}): Promise<TestDesk> {
    const clock = new MovableClock();
    // deno-lint-ignore prefer-const
    let desk: TestDesk;
    const telegram = new SimulatedTelegram({
      clock,
      limits: options.limits ?? "off",
      ...defined({ burst: options.burst }),
      ...(options.transport === undefined || options.transport === "direct"
        ? { webhookFetch: (request: Request) => desk.#requests.through(desk.app.handler(request)) }
        : {}),
    });
    const bot = telegram.createBot({
      name: "Padaria Central",
      username: "padaria_bot",
      supportsInline: true,
    });
    const boss = telegram.createUser({ firstName: "Beto", languageCode: "pt-br" });
    const ana = telegram.createUser({ firstName: "Ana", languageCode: "pt-br" });
    const bia = telegram.createUser({ firstName: "Bia", languageCode: "pt-br" });
    const channel = telegram.createChannel({
      title: "Atendimento",
      creator: boss,
      ...defined({ username: options.channelUsername }),
    });
    const group = telegram.createSupergroup({ title: "Atendimento (log)", creator: boss });
    telegram.link(channel, group);
    telegram.promote(channel, bot);
    telegram.promote(group, bot);
    for (const agent of [ana, bia]) telegram.addMember(channel, agent);

    const others = (options.others ?? []).map((title) => openChats(telegram, title, boss, bot));

    const opened = options.kv ?? await Deno.openKv(":memory:");
    const kv = options.wrapKv?.(opened) ?? opened;
    desk = new TestDesk(telegram, clock, bot, channel, group, boss, ana, bia, kv, options, others);
    if (options.transport === "webhook" || options.transport === "polling") {
      desk.#server = telegram.serve();
    }
    await desk.#startApp();
    return desk;
  }

  async #startApp(): Promise<void> {
    const { transport = "direct", settings: decided = { panel: false } } = this.options;
    await this.#decide(decided);
    let publicUrl = "https://desk.example";
    if (transport === "webhook") {
      this.#httpServer = Deno.serve(
        { hostname: "127.0.0.1", port: 0, onListen: () => {} },
        (request) => this.app.handler(request),
      );
      publicUrl = `http://127.0.0.1:${(this.#httpServer.addr as Deno.NetAddr).port}`;
    }
    const env: Record<string, string> = {
      BOT_TOKEN: this.bot.token,
      CHANNEL_ID: [this, ...this.others].map(({ channel }) => channel.id).join(),
      ...defined({ TELEGRAM_API_ROOT: this.#server?.apiRoot }),
      ...(transport === "polling" ? {} : { PUBLIC_URL: publicUrl }),
      LOG_LEVEL: "debug",
      // Unless a test is about the pace, nobody should wait for it.
      PACE: "off",
      ...this.options.env,
    };
    const settings = readEnvironment((name) => env[name]);
    if (!settings.config) throw new Error(settings.problems.map(sentenceOf).join("\n"));
    this.#config = settings.config;
    this.app = this.createApp(settings.config);
    if (this.options.isStarted === false) return;
    const callsBefore = this.telegram.calls.length;
    await this.app.start();
    // Until the bot asks for updates for the first time, Telegram cannot tell that it will.
    const isAsking = () =>
      this.telegram.calls.slice(callsBefore).some(({ method }) => method === "getUpdates");
    while (transport === "polling" && !isAsking()) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await this.settled();
  }

  /** Stops the bot, whose database is asked for nothing from then on. */
  async #stopApp(): Promise<void> {
    await this.app.close(0);
    await this.#requests.answered();
    await this.#httpServer?.shutdown();
  }

  /** Writes settings that nobody has decided in Telegram. */
  async #decide(settings: Settings): Promise<void> {
    const store = this.anotherStore();
    for (const { channel } of [this, ...this.others]) {
      await store.record(channel.id, async (read) => {
        const known = await read.settings();
        return Object.keys(known).length > 0 ? {} : { settings };
      });
    }
  }

  /** A bot on this desk's database and Telegram; several of them are several instances. */
  createApp(config: Config): App {
    const secrets = [config.botToken, config.webhookSecret];
    return createApp({
      config,
      kv: this.kv,
      fetch: this.#server ? fetch : this.telegram.fetch,
      now: this.clock.now,
      log: createLog({
        level: config.logLevel,
        secrets,
        now: this.clock.now,
        write: (line) => this.logLines.push(line),
      }),
      ...defined({ alarm: this.options.alarm, setTimer: this.options.setTimer }),
    });
  }

  /** Another instance of the bot, not started. */
  anotherApp(): App {
    return this.createApp(this.#config);
  }

  /** Lets time pass for Telegram, which brings again what was refused, until it holds. */
  async until(what: string, holds: () => boolean): Promise<void> {
    for (let seconds = 0; !holds(); seconds++) {
      if (seconds > 120) throw new Error(`It never happens: ${what}`);
      this.clock.aheadMs += 1000;
      await new Promise((resolve) => setTimeout(resolve, 1));
      await this.settled();
    }
  }

  /** Resolves when the bot has made a call that is not answered yet. */
  async isCalling(name: string): Promise<void> {
    const isUnderWay = () =>
      this.telegram.calls.some(({ method, response }) => method === name && !response);
    while (!isUnderWay()) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  /** Stops the bot and starts another, on the same database unless another is given. */
  async restart(kv: Deno.Kv = this.kv): Promise<void> {
    await this.#stopApp();
    this.kv = kv;
    await this.#startApp();
  }

  /** Everything the bot knew is gone; it starts anew. */
  async loseDatabase(): Promise<void> {
    await this.#stopApp();
    for await (const { key } of this.kv.list({ prefix: [] })) await this.kv.delete(key);
    await this.#startApp();
  }

  /** Another desk, which the bot serves from its next start on. */
  opens(title: string): DeskChats {
    const chats = openChats(this.telegram, title, this.boss, this.bot);
    this.others.push(chats);
    return chats;
  }

  /** The newest card of a customer in the channel of a desk, by default the first. */
  cardOf(customer: SimulatedUser, { channel }: DeskChats = this): Message {
    const cards = channel.messages.filter((post) =>
      post.text?.split("\n")[1] === `ID ${customer.id}`
    );
    const card = cards.at(-1);
    if (!card) throw new Error(`No card of ${customer.id} in the channel`);
    return card;
  }

  /** The comments under a customer's newest card, without the card's own copy. */
  threadOf(customer: SimulatedUser, chats: DeskChats = this): Message[] {
    const card = this.cardOf(customer, chats);
    const root = chats.group.messages.find((message) =>
      message.is_automatic_forward && message.forward_origin?.type === "channel" &&
      message.forward_origin.message_id === card.message_id
    );
    if (!root) throw new Error(`The card of ${customer.id} has no copy in the group`);
    return chats.group.thread(root.message_id)
      .filter(({ message_id }) => message_id !== root.message_id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stopApp();
    await this.#server?.close();
    if (!this.options.kv) {
      this.kv.close();
      // The queue notices in a later turn that its database is gone.
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await this.telegram.close();
  }
}

/** The texts or captions of messages; for anything else, the kind in brackets. */
export function textsOf(messages: Message[]): string[] {
  return messages.map((message) => {
    const kinds = [
      "photo",
      "video",
      "animation",
      "audio",
      "voice",
      "video_note",
      "sticker",
    ] as const;
    return message.text ?? message.caption ??
      `[${kinds.find((kind) => message[kind] !== undefined) ?? "something"}]`;
  });
}

/** A private channel with its linked group, where the bot may do all it has to. */
export function openChats(
  telegram: SimulatedTelegram,
  title: string,
  creator: SimulatedUser,
  bot: SimulatedBot,
): DeskChats {
  const channel = telegram.createChannel({ title, creator });
  const group = telegram.createSupergroup({ title: `${title} (log)`, creator });
  telegram.link(channel, group);
  telegram.promote(channel, bot);
  telegram.promote(group, bot);
  return { channel, group };
}
