/** What Telegram refuses for once, and how it says so. */
import { MINUTE_MS } from "../../src/time/duration.ts";
import type { Chance } from "./chance.ts";
import type { Asked, NetworkFaults } from "./call.ts";
import type { SimulatedClock } from "../../playground/telegram/clock.ts";

/** For how long what was refused in passing is refused no more. */
const PASSED_MS = 3 * MINUTE_MS;

/** Words of refusals that do not tell whether they mean the message or the chat. */
const UNCLEAR: readonly [code: number, words: string][] = [
  [403, "Forbidden: something nobody has seen yet"],
  [400, "Bad Request: CHAT_RESTRICTED"],
  [400, "Bad Request: not enough rights to send stickers to the chat"],
];

/** The same, which are believed at once where something has no words, or nobody said it. */
const NEW: typeof UNCLEAR = [
  [400, "Bad Request: CHAT_GUEST_SEND_FORBIDDEN"],
  [400, "Bad Request: SOMETHING_NOBODY_HAS_SEEN_YET"],
];

/** What carries a message of a person's, or a line of words that comes before one alone. */
const OF_PERSON = /^(«|notice -?\d+ (✏️|[↪↩]))/u;

/** The chat in which a line is told: after another group was linked, the same line goes there. */
const PLACE = / -?\d+(?= )/;

/** Refusals in passing: it has passed when it is tried again. */
export class Refusals {
  /** When somebody, or a chat, was last refused. */
  readonly #refusedMs = new Map<unknown, number>();
  /**
   * People's messages that were refused, and lines before them, however long ago: what is refused
   * once more where a line of text went through is given up, since nobody can tell that it would ever
   * be taken.
   */
  readonly #refused = new Set<string>();
  /** What people said of which Telegram would never copy what it was before an edit. */
  readonly unkept = new Set<string>();

  constructor(
    private readonly options: {
      clock: SimulatedClock;
      chance: Chance;
      /** Whether Telegram may say now and then that it does not know somebody. */
      isDoubted: (id: number) => boolean;
      isGroup: (chatId: number) => boolean;
    },
  ) {}

  /** The refusal a call meets, if it is one of those that the fault is about. */
  of(fault: keyof NetworkFaults | undefined, { method, payload, carries }: Asked) {
    const isDoubt = fault === "doubtful no" && method === "getChatMember" &&
      this.options.isDoubted(payload.user_id as number);
    const isRefusal = fault === "refused in passing" && carries.length > 0 &&
      this.options.isGroup(payload.chat_id as number);
    if (!isDoubt && !isRefusal) return null;
    const key = isDoubt ? payload.user_id : payload.chat_id;
    const sinceMs = this.#refusedMs.get(key) ?? -Infinity;
    const nowMs = this.options.clock.now();
    if (nowMs - sinceMs < PASSED_MS) return null;
    const tokens = isRefusal
      ? carries.filter((each) => OF_PERSON.test(each)).map((each) => each.replace(PLACE, ""))
      : [];
    if (tokens.some((each) => this.#refused.has(each))) return null;
    this.#refusedMs.set(key, nowMs);
    for (const each of tokens) this.#refused.add(each);
    const [errorCode, description] = isDoubt
      ? [400, "Bad Request: PARTICIPANT_ID_INVALID"] as const
      : this.options.chance.pick(tokens.length > 0 ? [...UNCLEAR, ...NEW] : UNCLEAR)!;
    const isKeeping = method === "copyMessage" && payload.from_chat_id === payload.chat_id;
    const isForGood = NEW.some(([, words]) => words === description);
    if (isKeeping && isForGood) { for (const each of tokens) this.unkept.add(each); }
    return Response.json({ ok: false, error_code: errorCode, description }, { status: errorCode });
  }
}

/** Telegram asks to leave the chat alone for so long. */
export function tooManyRequests(retryAfterS: number): Response {
  return Response.json({
    ok: false,
    error_code: 429,
    description: `Too Many Requests: retry after ${retryAfterS}`,
    parameters: { retry_after: retryAfterS },
  }, { status: 429 });
}

/** What Telegram does not take. */
export function refusal(words: string): Response {
  const description = `Bad Request: ${words}`;
  return Response.json({ ok: false, error_code: 400, description }, { status: 400 });
}

/** A proxy's page. */
export function badGateway(): Response {
  const headers = { "content-type": "text/html" };
  return new Response("<html><h1>502 Bad Gateway</h1></html>", { status: 502, headers });
}
