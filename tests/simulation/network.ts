/**
 * The way from a process to Telegram and back: slow, lossy, and the one place that knows which
 * calls were executed although their answer never came.
 */
import { MINUTE_MS } from "../../src/time/duration.ts";
import type { Chance } from "./chance.ts";
import type { SimulatedClock } from "../../playground/telegram/clock.ts";
import type { SimulatedMessage, SimulatedTelegram } from "../../playground/telegram/telegram.ts";
import type { Ledger } from "./said.ts";
import type { Client } from "./database.ts";
import { ODD_ANSWERS } from "../support/odd_answers.ts";
import type { Motion } from "./quiet.ts";
import { Unnamed } from "./unnamed.ts";

/** What may become of a call, each with its probability. */
export interface NetworkFaults {
  /** Telegram asks to leave the chat alone for a while. */
  "429": number;
  /** A proxy's page; not executed. */
  "502": number;
  /** A proxy's page, but Telegram has executed it. */
  "502 after execution": number;
  /** Something that is no answer of Telegram's, as if all were well; not executed, or executed. */
  "odd answer": number;
  "odd answer after execution": number;
  "lost request": number;
  "lost answer": number;
  /** Given up after 30 s; not executed, or executed unseen. */
  "hung call": number;
  "hung answer": number;
  /** The process ends before the call leaves, or after it was executed. */
  "crash before send": number;
  "crash after send": number;
  /** The process stands still with the answer in its hands, longer than its leases last. */
  "frozen process": number;
  /** The same with a call that never left: what it learns afterwards is no longer its business. */
  "frozen and lost": number;
  /** Executed late, but within the caller's patience. */
  "slow request": number;
  /** An album that cannot be sent for the moment. */
  "group send failed": number;
  /** A button whose address Telegram does not take. */
  "no buttons": number;
  /** A person is not known this time, though they are a member; not executed. */
  "doubtful no": number;
  /** The group does not take a message this time, in words that say little; not executed. */
  "refused in passing": number;
}

/** Methods about what the bot shows of itself. */
const OF_PROFILE = /^[gs]etMy(Default|Description|ShortDescription)/;

/** With these nobody learns what Telegram answers. */
const NO_ANSWER: ReadonlySet<keyof NetworkFaults> = new Set([
  "502",
  "502 after execution",
  "odd answer",
  "odd answer after execution",
  "lost request",
  "lost answer",
  "hung call",
  "hung answer",
  "frozen process",
  "frozen and lost",
]);

/** For how long what was refused in passing is refused no more. */
const PASSED_MS = 3 * MINUTE_MS;

/** Words of refusals that do not tell whether they mean the message or the chat. */
const UNCLEAR: readonly [code: number, words: string][] = [
  [403, "Forbidden: something nobody has seen yet"],
  [400, "Bad Request: CHAT_RESTRICTED"],
  [400, "Bad Request: not enough rights to send stickers to the chat"],
];

/** A process that calls. */
export interface Caller extends Client {
  /** Ends with the process. */
  death: AbortSignal;
  /** Ends every call under way, when a process that stops has waited long enough. */
  hurry: AbortSignal;
  /** What it knows to be shown, but has not written down yet: it dies with the process. */
  knows: Set<string>;
}

type Ends = Pick<Caller, "death" | "hurry">;

const CALL_TIMEOUT_MS = 30_000;
/** A job under way when its chat is paused may still make the calls it was about to make. */
const REACTION_MS = 4000;
/** A little longer than a lease: whoever has taken over is often still at it. */
const FROZEN_MS = { least: 46_000, most: 65_000 };

/** A call. */
export interface Asked {
  method: string;
  payload: Record<string, unknown>;
  /** What people said that the call carries; the customer's ID for a card. */
  carries: string[];
}

/** The network between all processes and Telegram. */
export class Network {
  /** How often a call that carried this was executed without its caller learning of it. */
  readonly unanswered = new Map<string, number>();
  readonly unnamed = new Unnamed();
  readonly #quiet = new Map<number, { caller: Caller; sinceMs: number; untilMs: number }>();
  /** When somebody, or a chat, was last refused in passing: it has passed when it is tried again. */
  readonly #refusedMs = new Map<unknown, number>();

  constructor(
    private readonly options: {
      telegram: SimulatedTelegram;
      ledger: Ledger;
      clock: SimulatedClock;
      chance: Chance;
      motion: Motion;
      faults: () => NetworkFaults | null;
      trace: (line: string) => void;
      messageAt: (chatId: number, messageId: number) => SimulatedMessage | undefined;
      /** Whether Telegram may say now and then that it does not know somebody. */
      isDoubted: (id: number) => boolean;
      isGroup: (chatId: number) => boolean;
      /** Who is told of trouble by each process, past all lanes and pauses. */
      ownerId: number;
      /** Telegram has executed a call. */
      executed: () => void;
      /** A promise was broken. */
      broken: (line: string) => void;
    },
  ) {}

  /** `fetch` as one process has it. */
  fetchOf(caller: Caller): typeof fetch {
    return async (input, init) => {
      const { motion } = this.options;
      try {
        return await this.#call(caller, new Request(input, init));
      } finally {
        motion.moved();
      }
    };
  }

  /** To be called when a process has died: what it knew has never been answered. */
  forget({ knows }: Caller): void {
    this.#countUnanswered({ carries: [...knows] });
  }

  /** Nobody knows any more how long a chat is to be left alone: the clock was set. */
  forgetPauses(): void {
    this.#quiet.clear();
  }

  async #call(caller: Caller, request: Request): Promise<Response> {
    const { telegram, chance, motion, trace } = this.options;
    const { url, method, headers } = request;
    const sent = await motion.untilDone(() => request.text());
    const asked = this.#read(url, sent);
    // No message waits for what the bot writes of itself: it takes no part in any story.
    if (OF_PROFILE.test(asked.method)) {
      return await motion.untilDone(() => telegram.fetch(url, { method, headers, body: sent }));
    }
    const fault = this.#draw(asked);
    const name = `${caller.name}: ${asked.method} ${asked.carries.join(" ")}`;
    if (fault) trace(`${name}: ${fault}`);
    if (fault && NO_ANSWER.has(fault)) this.#noteUnnamed(asked, { isDoubt: false });

    this.#assertNotPaused(caller, asked);
    if (fault === "crash before send") caller.crash();
    await this.#passes(
      caller,
      fault === "slow request" ? chance.between(12_000, 28_000) : undefined,
    );
    if (fault === "hung call") await this.#hang(caller);
    if (fault === "frozen and lost") {
      await this.#freezes(caller);
      throw new TypeError("the request was lost");
    }
    if (fault === "lost request") throw new TypeError("the request was lost");
    if (fault === "429") {
      const retryAfterS = chance.between(5, 40);
      await this.#passes(caller);
      this.#pause(caller, asked, retryAfterS);
      return tooManyRequests(retryAfterS);
    }
    if (fault === "502") return badGateway();
    if (fault === "odd answer") return new Response(chance.pick(ODD_ANSWERS));
    if (fault === "group send failed") return refusal(fault);
    if (fault === "no buttons") return refusal("BUTTON_URL_INVALID");
    const refused = this.#refusalOf(fault, asked);
    if (refused) {
      this.#noteUnnamed(asked, { isDoubt: true });
      await this.#passes(caller);
      return refused;
    }

    const executing = motion.during(async () => {
      const answer = await telegram.fetch(url, { method, headers, body: sent });
      const body = await answer.text();
      if (answer.ok) this.options.executed();
      return { status: answer.status, headers: answer.headers, body };
    });
    const { status, headers: received, body } = await this.#inTime(caller, asked, executing);
    const isOk = status === 200;
    trace(`${name}: ${isOk ? "done" : body}`);
    // Who is out of the channel is told of nobody whether they are in it.
    if (status === 403) this.#noteUnnamed(asked, { isDoubt: true });
    let isAnswered = false;
    try {
      await this.#back(caller, fault);
      isAnswered = true;
    } finally {
      if (!isAnswered && isOk) this.#countUnanswered(asked);
    }
    const isOdd = fault === "odd answer after execution";
    if ((fault === "frozen process" || isOdd) && isOk) this.#countUnanswered(asked);
    if (isOdd) return new Response(chance.pick(ODD_ANSWERS));
    if (isOk) { for (const each of asked.carries) caller.knows.add(each); }
    const { retry_after } = JSON.parse(body).parameters ?? {};
    if (retry_after !== undefined) this.#pause(caller, asked, retry_after);
    return new Response(body, { status, headers: received });
  }

  /** Telegram may take long with an answer, for as long as the caller waits. */
  async #inTime<T extends { status: number }>(
    caller: Caller,
    asked: Asked,
    executing: Promise<T>,
  ): Promise<T> {
    const patience = new AbortController();
    const signal = AbortSignal.any([caller.hurry, patience.signal]);
    const givenUp = this.#hang({ death: caller.death, hurry: signal });
    try {
      return await Promise.race([executing, givenUp]);
    } catch (error) {
      void executing.then(({ status }) => status === 200 && this.#countUnanswered(asked));
      throw error;
    } finally {
      givenUp.catch(() => {});
      patience.abort();
    }
  }

  /** The way back, on which the answer may get lost. */
  async #back(caller: Caller, fault: keyof NetworkFaults | undefined): Promise<void> {
    switch (fault) {
      case "crash after send":
        caller.crash();
        break;
      case "lost answer":
      case "502 after execution":
        throw new TypeError("the answer was lost");
      case "hung answer":
        return await this.#hang(caller);
      case "frozen process":
        return await this.#freezes(caller);
    }
    await this.#passes(caller);
  }

  /** Time on the way; rejects if the caller is no more, or must not wait any longer. */
  async #passes(caller: Ends, ms = this.options.chance.between(1, 400)): Promise<void> {
    const { clock, motion } = this.options;
    const { death, hurry } = caller;
    await new Promise<void>((resolve, reject) => {
      const end = () => {
        clock.clearTimeout(timer);
        reject(new DOMException("The call was ended", "AbortError"));
      };
      const timer = clock.setTimeout(() => {
        death.removeEventListener("abort", end);
        hurry.removeEventListener("abort", end);
        motion.moved();
        resolve();
      }, ms);
      death.addEventListener("abort", end);
      hurry.addEventListener("abort", end);
      if (death.aborted || hurry.aborted) end();
    });
  }

  async #freezes(caller: Ends): Promise<void> {
    const { least, most } = FROZEN_MS;
    await this.#passes(caller, this.options.chance.between(least, most));
  }

  async #hang(caller: Ends): Promise<never> {
    await this.#passes(caller, CALL_TIMEOUT_MS);
    throw new DOMException("The call took too long", "TimeoutError");
  }

  #draw({ method, payload }: Asked): keyof NetworkFaults | undefined {
    const faults = this.options.faults();
    if (!faults) return undefined;
    const names = Object.keys(faults) as (keyof NetworkFaults)[];
    const isOfLinks = JSON.stringify(payload.reply_markup ?? "").includes('"url"');
    return names.find((name) => {
      if (name === "group send failed" && method !== "sendMediaGroup") return false;
      if (name === "no buttons" && !isOfLinks) return false;
      return this.options.chance.happens(faults[name]);
    });
  }

  /** The refusal a call meets, if it is one of those that the fault is about. */
  #refusalOf(fault: keyof NetworkFaults | undefined, { method, payload, carries }: Asked) {
    const isDoubt = fault === "doubtful no" && method === "getChatMember" &&
      this.options.isDoubted(payload.user_id as number);
    const isRefusal = fault === "refused in passing" && carries.length > 0 &&
      this.options.isGroup(payload.chat_id as number);
    if (!isDoubt && !isRefusal) return null;
    const key = isDoubt ? payload.user_id : payload.chat_id;
    const sinceMs = this.#refusedMs.get(key) ?? -Infinity;
    const nowMs = this.options.clock.now();
    if (nowMs - sinceMs < PASSED_MS) return null;
    this.#refusedMs.set(key, nowMs);
    const [errorCode, description] = isDoubt
      ? [400, "Bad Request: PARTICIPANT_ID_INVALID"] as const
      : this.options.chance.pick(UNCLEAR)!;
    return Response.json({ ok: false, error_code: errorCode, description }, { status: errorCode });
  }

  /** What a call carries, as told by what it says or by the messages it copies. */
  #read(url: string, text: string): Asked {
    const method = new URL(url).pathname.split("/").at(-1)!;
    const payload = text === "" ? {} : JSON.parse(text);
    if (/^(edit|get|set|delete|unpin)/.test(method)) return { method, payload, carries: [] };
    return {
      method,
      payload,
      carries: this.options.ledger.carriedBy(payload, this.options.messageAt),
    };
  }

  #noteUnnamed({ method, payload }: Asked, how: { isDoubt: boolean }): void {
    if (method !== "getChatMember") return;
    this.unnamed.note(payload.user_id as number, this.options.clock.now(), how);
  }

  #countUnanswered({ carries }: Pick<Asked, "carries">): void {
    for (const each of carries) this.unanswered.set(each, (this.unanswered.get(each) ?? 0) + 1);
  }

  #pause(caller: Caller, { method, payload }: Asked, retryAfterS: number): void {
    const nowMs = this.options.clock.now();
    const chatId = payload.chat_id;
    if (typeof chatId !== "number" || chatId === this.options.ownerId) return;
    if (method.startsWith("get")) return;
    this.#quiet.set(chatId, { caller, sinceMs: nowMs, untilMs: nowMs + retryAfterS * 1000 });
  }

  #assertNotPaused(caller: Caller, { method, payload }: Asked): void {
    const nowMs = this.options.clock.now();
    const quiet = this.#quiet.get(payload.chat_id as number);
    if (!quiet || method.startsWith("get") || nowMs >= quiet.untilMs) return;
    // A process that died at once took what it was told into its grave.
    if (nowMs - quiet.sinceMs < REACTION_MS || !quiet.caller.isAlive) return;
    const early = Math.ceil((quiet.untilMs - nowMs) / 1000);
    this.options.broken(
      `${caller.name} calls ${method} in chat ${payload.chat_id} ${early} s before Telegram allows`,
    );
  }
}

function tooManyRequests(retryAfterS: number): Response {
  return Response.json({
    ok: false,
    error_code: 429,
    description: `Too Many Requests: retry after ${retryAfterS}`,
    parameters: { retry_after: retryAfterS },
  }, { status: 429 });
}

function refusal(words: string): Response {
  const description = `Bad Request: ${words}`;
  return Response.json({ ok: false, error_code: 400, description }, { status: 400 });
}

function badGateway(): Response {
  const headers = { "content-type": "text/html" };
  return new Response("<html><h1>502 Bad Gateway</h1></html>", { status: 502, headers });
}
