/** The page of a program that has no token yet, and whoever asks for it or fills it in. */
import { silentLog } from "../../src/log.ts";
import { statusWithoutBot } from "../../src/health/status.ts";
import { createWeb } from "../../src/web/routes.ts";
import type { TokenTaken } from "../../src/web/token_door.ts";
import { HERE } from "./page.ts";

/** The code of its address, and the token that Telegram knows. */
export const CODE = "0123456789abcdef";
export const RIGHT = "123456:right";

/** A page without a token, and whoever asks for it. */
export class Setup {
  nowMs = 1_800_000_000_000;
  /** What was given, and how long it was waited in between. */
  given: string[] = [];
  waitedMs: number[] = [];
  readonly #handler;

  constructor(take?: (token: string) => Promise<TokenTaken>) {
    const taken = (token: string): TokenTaken =>
      token === RIGHT ? { code: "f".repeat(16) } : { refusal: "unknown" };
    this.#handler = createWeb({
      tokens: {
        take: async (token) => {
          this.given.push(token);
          return await take?.(token) ?? taken(token);
        },
        pause: (ms) => {
          this.waitedMs.push(ms);
          return Promise.resolve();
        },
      },
      status: () =>
        Promise.resolve(
          statusWithoutBot([{ because: "no token", surroundings: "machine" }], this.nowMs),
        ),
      code: CODE,
      locale: "en",
      timeZone: "UTC",
      version: "1",
      now: () => this.nowMs,
      log: silentLog,
    });
  }

  async asks(
    { path = `/?code=${CODE}`, host = "localhost:8000", from = HERE, headers = {} }: Asked = {},
  ): Promise<Answered> {
    const request = new Request(`http://${host}${path}`, {
      headers: { "Host": host, "Accept-Language": "en", ...headers },
    });
    return await answered(await this.#handler(request, from));
  }

  /** The one-time value of a form that is shown. */
  async opens(): Promise<string> {
    return onceIn((await this.asks()).text)!;
  }

  async gives(
    fields: Record<string, string>,
    { host = "localhost:8000", from = HERE, headers = {}, type }: Asked & { type?: string } = {},
  ): Promise<Answered> {
    const sent: Record<string, string> = {
      "Host": host,
      "Origin": `http://${host}`,
      "Accept-Language": "en",
      ...headers,
    };
    for (const [name, value] of Object.entries(sent)) if (value === "") delete sent[name];
    const request = new Request(`http://${host}/token`, {
      method: "POST",
      headers: { "Content-Type": type ?? "application/x-www-form-urlencoded", ...sent },
      body: new URLSearchParams(fields).toString(),
    });
    return await answered(await this.#handler(request, from));
  }
}

/** A request: for what, of which machine, from where. */
export interface Asked {
  path?: string;
  host?: string;
  from?: Deno.Addr;
  headers?: Record<string, string>;
}

/** How it was answered. */
export interface Answered {
  status: number;
  headers: Headers;
  text: string;
}

async function answered(response: Response): Promise<Answered> {
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The one-time value of the form in a page. */
export function onceIn(text: string): string | undefined {
  return /name="once" value="([^"]+)"/.exec(text)?.[1];
}
