/** What tests about the page share: looking at it as a browser does, and a bot nobody has claimed. */
import { assert } from "@std/assert";
import { type App, createApp } from "../../src/app.ts";
import { readEnvironment } from "../../src/config.ts";
import { silentLog } from "../../src/log.ts";
import type { TestDesk } from "./desk.ts";
import { TestBot } from "./bot.ts";
import { RequestsUnderWay } from "./requests_under_way.ts";
import { MovableClock } from "../../playground/telegram/movable_clock.ts";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";

export const HERE: Deno.NetAddr = { transport: "tcp", hostname: "127.0.0.1", port: 50_000 };
export const ELSEWHERE: Deno.NetAddr = { transport: "tcp", hostname: "198.51.100.7", port: 50_000 };
export const LOCAL_URL = "http://localhost:8000/";

/** What a browser shows, and how it was answered. */
export interface Shown {
  status: number;
  headers: Headers;
  text: string;
}

/** Asks for the page as a browser would; by default in English, from this machine. */
export async function look(
  desk: Looked,
  { url = LOCAL_URL, from = HERE, headers = {}, method = "GET" }: {
    url?: string;
    from?: Deno.Addr;
    headers?: Record<string, string>;
    method?: string;
  } = {},
): Promise<Shown> {
  const request = new Request(url, { method, headers: { "Accept-Language": "en", ...headers } });
  const response = await desk.app.handler(request, from);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** A bot that nobody has claimed, with whoever made it. */
export class NewBot extends TestBot implements AsyncDisposable {
  readonly #requests = new RequestsUnderWay();
  override readonly clock = new MovableClock();
  override readonly telegram = new SimulatedTelegram({
    clock: this.clock,
    webhookFetch: (request) => this.#requests.through(this.app.handler(request)),
  });
  override readonly bot = this.telegram.createBot({
    name: "Padaria",
    username: "padaria_bot",
    supportsInline: true,
  });
  readonly boss = this.telegram.createUser({ firstName: "Beto", languageCode: "en" });

  private constructor(
    override readonly kv: Deno.Kv,
    private readonly env: Record<string, string>,
  ) {
    super();
    this.app = this.#createApp();
  }

  /** Starts it, on somebody's own machine unless it has an address. */
  static async start(env: Record<string, string> = {}): Promise<NewBot> {
    const started = new NewBot(await Deno.openKv(":memory:"), env);
    await started.app.start();
    return started;
  }

  #createApp(): App {
    const { config } = readEnvironment((name) =>
      ({ BOT_TOKEN: this.bot.token, ...this.env })[name]
    );
    const { kv, telegram: { fetch } } = this;
    return createApp({ config: config!, kv, fetch, now: this.clock.now, log: silentLog });
  }

  /** Stops it, and starts it again on the same database. */
  async restart(): Promise<void> {
    await this.app.close(0);
    this.app = this.#createApp();
    await this.app.start();
  }

  /** Resolves when it holds; throws if it does not for long. */
  async until(what: string, holds: () => boolean): Promise<void> {
    for (const latestMs = Date.now() + 10_000; !holds();) {
      assert(Date.now() < latestMs, `it never happens: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** The buttons under what the bot has said last to whoever made it, by where they lead. */
  get addresses(): string[] {
    const said = this.toldTo(this.boss).findLast(({ reply_markup }) => reply_markup);
    const buttons = said?.reply_markup?.inline_keyboard.flat() ?? [];
    return buttons.flatMap((button) => "url" in button ? button.url : []);
  }

  /** Resolves when the page shows these words; throws if it does not for long. */
  async shows(words: string): Promise<Shown> {
    for (const latestMs = Date.now() + 10_000;;) {
      const shown = await lookInside(this);
      if (shown.text.includes(words)) return shown;
      assert(Date.now() < latestMs, `the page never shows "${words}" in ${shown.text}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app.close(0);
    await this.#requests.answered();
    this.kv.close();
    await new Promise((resolve) => setTimeout(resolve, 1));
    await this.telegram.close();
  }
}

/** What a page can be asked of. */
export type Looked = Pick<TestDesk, "app" | "bot"> | NewBot;

export function codeOf({ bot }: Looked): string {
  return readEnvironment((name) => name === "BOT_TOKEN" ? bot.token : undefined).config!.claimCode;
}

/** The page as whoever has the code sees it. */
export function lookInside(desk: Looked, from: Deno.Addr = ELSEWHERE): Promise<Shown> {
  return look(desk, { url: `https://desk.example/?code=${codeOf(desk)}`, from });
}
