/**
 * The token that is given on the playground's page: it is checked and kept as `main.ts` does it, and
 * then the same bot is run for real, in the playground's place.
 */
import { readEnvironment } from "../src/config.ts";
import { canKeepEnvFile, setInEnvFile } from "../src/environment/env_file.ts";
import { isSameSecret, randomCode } from "../src/secret.ts";
import { doubtOfToken } from "../src/telegram/receiving/token.ts";
import type { TokenRefusal } from "../src/texts/notices/page.ts";
import { say } from "../src/texts/texts.ts";
import type { Language } from "../src/words/language.ts";
import type { Playground } from "./playground.ts";
import { TokenDoor, type TokenTaken } from "../src/web/token_door.ts";

/** What the field needs of the world. */
export interface TokenFieldOptions {
  /** A variable of the environment. */
  get: (name: string) => string | undefined;
  /** Whom the checked token is asked of. */
  fetch: typeof fetch;
  /** Keeps a variable; by default in `.env`. */
  keep?: (name: string, value: string) => Promise<void>;
  /** Runs the bot in the playground's place, once the page has had its answer. */
  onTaken: () => void;
}

/**
 * What the page is told of a token: where the bot's own page will be, that the bot runs in the
 * playground itself, or why it is not taken.
 */
export type TokenAnswer = { path: string } | { isHere: true } | { refused: string };

/** The field of one playground; whoever has its code may use it. */
export class TokenField {
  /** Stands in the address that is printed. */
  readonly code = randomCode();
  readonly #door: TokenDoor;
  #isTaken = false;
  /** A bot of the simulated Telegram that waits for its token. */
  #waiting: Playground | undefined;

  constructor(private readonly options: TokenFieldOptions) {
    this.#door = new TokenDoor({
      take: (token) => this.#take(token),
      now: Date.now,
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
  }

  /** The token of this playground's bot, if it waits for one, is its own affair: nothing is kept. */
  serves(playground: Playground): void {
    if (playground.awaitsToken) this.#waiting = playground;
  }

  /** Whether a token that is given could be kept here. */
  static canKeep(): Promise<boolean> {
    return canKeepEnvFile();
  }

  /** The one-time value of a new form, for whoever comes by the address with the code. */
  open(request: Request, from: Deno.Addr, code: string | null): string | undefined {
    if (code === null || !isSameSecret(code, this.code)) return undefined;
    return this.#door.open(request, from);
  }

  /** Takes a form that was sent; `undefined`: nobody may send one so. */
  async receive(
    request: Request,
    from: Deno.Addr,
    language: Language,
  ): Promise<TokenAnswer | undefined> {
    const received = await this.#door.receive(request, from);
    switch (received.is) {
      case "forbidden":
        return undefined;
      case "stale":
        return refused("form used", language);
      case "refused":
        return refused(received.refusal, language);
      case "taken":
        return this.#isTaken ? { path: `/?code=${received.code}` } : { isHere: true };
    }
  }

  async #take(token: string): Promise<TokenTaken> {
    const { get, fetch, keep = setInEnvFile, onTaken } = this.options;
    const here = this.#waiting;
    if (here?.awaitsToken && isSameSecret(token, here.bot.token)) return await runHere(here);
    const { config } = readEnvironment((name) => name === "BOT_TOKEN" ? token : get(name));
    if (!config || this.#isTaken) return { refusal: "malformed" };
    const doubt = await doubtOfToken(config, fetch);
    if (doubt) return { refusal: doubt };
    try {
      await keep("BOT_TOKEN", token);
    } catch {
      return { refusal: "not kept" };
    }
    this.#isTaken = true;
    onTaken();
    return { code: config.claimCode };
  }
}

/** Starts the bot that waited, once the simulated Telegram knows the token. */
async function runHere(playground: Playground): Promise<TokenTaken> {
  const { config, bot } = playground;
  const doubt = await doubtOfToken(config, fetch);
  if (doubt) return { refusal: doubt };
  await playground.start();
  return { code: String(bot.id) };
}

function refused(refusal: TokenRefusal, language: Language): TokenAnswer {
  return { refused: say({ text: "page-token-refused", refusal }, language) };
}
