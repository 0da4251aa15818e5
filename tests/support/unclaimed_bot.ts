/**
 * A bot that has customers but no desk yet: a simulated Telegram, the real bot with a real database
 * and a clock that can be set forward, and an owner who claims it when the test says so.
 */
import type { Message } from "grammy/types";
import { type App, createApp } from "../../src/app.ts";
import { readEnvironment } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import type { SimulatedBot } from "../../playground/telegram/bot.ts";
import type { SimulatedChat } from "../../playground/telegram/chat.ts";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";
import type { SimulatedUser } from "../../playground/telegram/user.ts";
import { MovableClock } from "../../playground/telegram/movable_clock.ts";
import { TestBot } from "./bot.ts";
import { RequestsUnderWay } from "./requests_under_way.ts";

/** How updates reach a bot. */
export type Mode = "webhook" | "polling";

/** How a bot differs from an ordinary one. */
export interface UnclaimedOptions {
  mode?: Mode;
  /** The database; by default a new one in memory, closed with the bot. */
  kv?: Deno.Kv;
  /** Wraps the database, to count or to disturb. */
  wrapKv?: (kv: Deno.Kv) => Deno.Kv;
  env?: Record<string, string>;
  /** Every webhook request on its way to the bot. */
  onRequest?: (request: Request) => Request | Promise<Request>;
}

/** How long anything may take on a slow machine. */
const PATIENCE_MS = 120_000;

/** A bot without a desk. Dispose of it: that fails the test if it made a call it may not make. */
export class UnclaimedBot extends TestBot implements AsyncDisposable {
  override readonly clock = new MovableClock();
  readonly #requests = new RequestsUnderWay();
  override readonly telegram: SimulatedTelegram;
  override readonly bot: SimulatedBot;
  readonly beto: SimulatedUser;
  readonly logLines: string[] = [];
  /** Once `sets` has made them. */
  channel!: SimulatedChat;
  group!: SimulatedChat;

  private constructor(public override kv: Deno.Kv, private readonly options: UnclaimedOptions) {
    super();
    this.telegram = new SimulatedTelegram({
      clock: this.clock,
      webhookFetch: (request) => this.#requests.through(this.#answers(request)),
    });
    this.bot = this.telegram.createBot({
      name: "Padaria",
      username: "padaria_bot",
      supportsInline: true,
    });
    this.beto = this.telegram.createUser({ firstName: "Beto", languageCode: "pt-br" });
  }

  async #answers(request: Request): Promise<Response> {
    const { onRequest = (request) => request } = this.options;
    return await this.app.handler(await onRequest(request));
  }

  /** A bot of which nothing runs yet. */
  static async create(options: UnclaimedOptions = {}): Promise<UnclaimedBot> {
    return new UnclaimedBot(options.kv ?? await Deno.openKv(":memory:"), options);
  }

  /** A program for this bot, not started. */
  createApp(env: Record<string, string> = {}): App {
    const { mode = "webhook", wrapKv = (kv) => kv } = this.options;
    const all: Record<string, string> = {
      BOT_TOKEN: this.bot.token,
      ...(mode === "webhook" ? { PUBLIC_URL: "https://desk.example" } : {}),
      PACE: "off",
      KV_PATH: "./data/desk.sqlite3",
      ...this.options.env,
      ...env,
    };
    const { config, problems } = readEnvironment((name) => all[name]);
    if (!config) throw new Error(problems.join("\n"));
    return createApp({
      config,
      kv: wrapKv(this.kv),
      fetch: this.telegram.fetch,
      now: this.clock.now,
      log: createLog({
        level: "info",
        secrets: [config.botToken, config.webhookSecret],
        now: this.clock.now,
        write: (line) => this.logLines.push(line),
      }),
    });
  }

  /** Starts the program, again if it runs already. */
  async boots(kv: Deno.Kv = this.kv): Promise<void> {
    await this.app?.close(0);
    this.kv = kv;
    this.app = this.createApp();
    await this.app.start();
  }

  async until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
    const latestMs = Date.now() + PATIENCE_MS;
    while (!await isSo()) {
      if (Date.now() > latestMs) throw new Error(`It never happens that ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** The link in the log that makes whoever opens it the owner. */
  get link(): string {
    return this.logLines.map((line) => JSON.parse(line)).find(({ url }) => url?.includes("claim_"))
      .url;
  }

  /** Beto opens the link; resolves with how long he has waited to hear that the desk is his. */
  async claims(): Promise<number> {
    const beganMs = performance.now();
    this.beto.opens(this.link);
    await this.until("the claim is answered", () => this.toldTo(this.beto).length > 0);
    return performance.now() - beganMs;
  }

  /** Beto adds the bot to a channel and its group: there is a desk now. */
  sets(username?: string): void {
    this.channel = this.telegram.createChannel({
      title: "Atendimento",
      creator: this.beto,
      ...(username === undefined ? {} : { username }),
    });
    this.group = this.telegram.createSupergroup({ title: "Atendimento (log)", creator: this.beto });
    this.telegram.link(this.channel, this.group);
    this.beto.adds(this.group, this.bot);
    this.telegram.promote(this.group, this.bot);
    this.beto.opens("https://t.me/padaria_bot?startchannel&admin=post_messages", {
      chat: this.channel,
    });
    this.telegram.promote(this.channel, this.bot);
  }

  /** What the team reads of a customer, under all of their cards, without what the bot says itself. */
  threadOf({ id }: SimulatedUser): Message[] {
    const posts = this.channel.messages.filter(({ text }) => text?.includes(`ID ${id}`));
    const roots = this.group.messages.filter(({ forward_origin: origin }) =>
      origin?.type === "channel" &&
      posts.some(({ message_id }) => message_id === origin.message_id)
    );
    return roots.flatMap((root) => this.group.thread(root.message_id)).filter((message) =>
      !message.is_automatic_forward && !message.text?.startsWith("🆕")
    );
  }

  /** How many updates wait in the database. */
  async parked(): Promise<number> {
    const list = this.kv.list({ prefix: [this.bot.id, "parked"] });
    return (await Array.fromAsync(list)).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app.close(0);
    await this.#requests.answered();
    if (!this.options.kv) this.kv.close();
    // The queue notices in a later turn that its database is gone.
    await new Promise((resolve) => setTimeout(resolve, 1));
    await this.telegram.close();
  }
}
