/**
 * The door for the bot's token, while there is none: who may be shown the field on the page, and what
 * comes in by it. Only a browser on this machine, on the page that it was shown with the code, gets a
 * token in: another site, a proxy, or a name that leads here from elsewhere gets nothing.
 */
import { CODE_DIGITS, randomCode } from "../secret.ts";
import type { TokenRefusal } from "../texts/notices/page.ts";
import { HOUR_MS, MINUTE_MS } from "../time/duration.ts";
import { Turns } from "../values/turns.ts";
import { readBody } from "./body.ts";
import { isFromHere, isFromOwnPage } from "./nearness.ts";

/** Where the form with the token is sent. */
export const TOKEN_PATH = "/token";

/** What became of a token: the code that opens the page of the bot that it has started, or why not. */
export type TokenTaken = { code: string } | { refusal: TokenRefusal };

/** What the door needs of the world. */
export interface TokenDoorOptions {
  /** Checks a token, keeps it and starts the bot. Never called twice at once. Never rejects. */
  take: (token: string) => Promise<TokenTaken>;
  now: () => number;
  pause: (ms: number) => Promise<void>;
}

/**
 * What came in: nothing that may; a form that is not open, with the code that came with it; or a
 * token that is refused or taken.
 */
export type TokenReceived =
  | { is: "forbidden" }
  | { is: "stale"; shown: string | null }
  | { is: "refused"; refusal: TokenRefusal }
  | { is: "taken"; code: string };

/** So many forms may be open at once, each for so long. */
const MOST_FORMS = 20;
const FORM_MS = HOUR_MS;
/** No form of ours comes near this size. */
const MOST_BYTES = 4096;

/** How long a token waits after a wrong one, and at most after many; after a while all is forgotten. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 10_000;
const WRONG_MS = 15 * MINUTE_MS;

/** The door of one program. */
export class TokenDoor {
  /** The one-time values of the forms that are open, with the end of each; the oldest first. */
  readonly #forms = new Map<string, number>();
  #wrong = { count: 0, untilMs: 0 };
  /** One token after another: side by side many could be tried at once. */
  readonly #turns = new Turns();

  constructor(private readonly options: TokenDoorOptions) {}

  /** The one-time value of a new form, if whoever asks for the page may be shown one. */
  open(request: Request, from: Deno.Addr | undefined): string | undefined {
    const isForeign = request.headers.has("Origin") && !isFromOwnPage(request);
    if (isForeign || !isFromHere(request, from)) return undefined;
    const once = randomCode();
    this.#forms.set(once, this.options.now() + FORM_MS);
    if (this.#forms.size > MOST_FORMS) this.#forms.delete(this.#forms.keys().next().value!);
    return once;
  }

  /** Takes a form that was sent: its fields are `token`, `once` and `code`. */
  async receive(request: Request, from: Deno.Addr | undefined): Promise<TokenReceived> {
    if (!isFromHere(request, from) || !isFromOwnPage(request)) return { is: "forbidden" };
    const type = request.headers.get("Content-Type") ?? "";
    if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return { is: "forbidden" };
    const { text } = await readBody(request, MOST_BYTES);
    if (text === null) return { is: "forbidden" };
    const fields = new URLSearchParams(text);
    if (!this.#close(fields.get("once") ?? "")) return { is: "stale", shown: fields.get("code") };
    const taken = await this.#turns.take(() => this.#take((fields.get("token") ?? "").trim()));
    return "code" in taken
      ? { is: "taken", code: taken.code }
      : { is: "refused", refusal: taken.refusal };
  }

  /** Whether there is an open form of this value; it is not open any more. */
  #close(once: string): boolean {
    const untilMs = once.length === CODE_DIGITS ? this.#forms.get(once) : undefined;
    this.#forms.delete(once);
    return untilMs !== undefined && untilMs > this.options.now();
  }

  async #take(token: string): Promise<TokenTaken> {
    const { take, now, pause } = this.options;
    const count = this.#wrong.untilMs > now() ? this.#wrong.count : 0;
    if (count > 0) await pause(Math.min(FIRST_PAUSE_MS * 2 ** (count - 1), LONGEST_PAUSE_MS));
    const taken = await take(token);
    const isWrong = "refusal" in taken && ["malformed", "unknown"].includes(taken.refusal);
    if (isWrong) this.#wrong = { count: count + 1, untilMs: now() + WRONG_MS };
    return taken;
  }
}
