/**
 * The way from a process to Telegram and back: slow, lossy, and the one place that knows which
 * calls were executed although their answer never came.
 */
import type { Asked, Caller, NetworkFaults, Sent } from "./call.ts";
import type { Chance } from "./chance.ts";
import type { SimulatedClock } from "../../playground/telegram/clock.ts";
import type { SimulatedMessage, SimulatedTelegram } from "../../playground/telegram/telegram.ts";
import type { Ledger } from "./said.ts";
import { ODD_ANSWERS } from "../support/odd_answers.ts";
import type { Motion } from "./quiet.ts";
import { badGateway, refusal, Refusals, tooManyRequests } from "./refusals.ts";
import { Unknowable } from "./unknowable.ts";
import { Unnamed } from "./unnamed.ts";

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

const CALL_TIMEOUT_MS = 30_000;
/** A job under way when its chat is paused may still make the calls it was about to make. */
const REACTION_MS = 4000;
/** A little longer than a lease: whoever has taken over is often still at it. */
const FROZEN_MS = { least: 46_000, most: 65_000 };

/** The network between all processes and Telegram. */
export class Network {
  /** How often a call that carried this was executed without its caller learning of it. */
  readonly unanswered = new Map<string, number>();
  /** When the calls began that posted cards, by post: a call may be under way for long. */
  readonly cardsSentMs = new Map<number, number>();
  /** Whom the desk could not name to customers, and when. */
  readonly unnamed = new Unnamed();
  readonly unknowable: Unknowable;
  readonly #quiet = new Map<number, { caller: Caller; sinceMs: number; untilMs: number }>();
  readonly #callers = new Set<Caller>();
  readonly refusals: Refusals;

  constructor(
    private readonly options: {
      telegram: SimulatedTelegram;
      ledger: Ledger;
      clock: SimulatedClock;
      chance: Chance;
      motion: Motion;
      faults: () => NetworkFaults | null;
      trace: (line: string) => void;
      /** What a message says. */
      contentAt: (chatId: number, messageId: number) => Partial<SimulatedMessage> | undefined;
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
  ) {
    this.refusals = new Refusals(options);
    this.unknowable = new Unknowable({
      unanswered: (token) => this.#countUnanswered({ carries: [token] }),
    });
  }

  /** `fetch` as one process has it. */
  fetchOf(caller: Caller): typeof fetch {
    this.#callers.add(caller);
    return async (input, init) => {
      const { motion } = this.options;
      // Calls end with their processes: nobody listens to a signal of their own.
      const sent: Sent = { url: String(input), init: { ...init, signal: null } };
      try {
        return await this.#call(caller, sent);
      } finally {
        this.unknowable.ends(sent);
        motion.moved();
      }
    };
  }

  /** To be called when a process has died: what it knew has never been answered. */
  forget({ knows }: Caller): void {
    this.#countUnanswered({ carries: [...knows] });
  }

  /** The clock was set: nobody knows any more how long a chat is to be left alone. */
  clockWasSet(): void {
    this.#quiet.clear();
    this.unknowable.clockWasSet(this.#callers);
  }

  async #call(caller: Caller, sent: Sent): Promise<Response> {
    const { telegram, chance, clock, motion, trace } = this.options;
    const sentMs = clock.now();
    const { url, init } = sent;
    const text = await motion.untilDone(() => textOf(init.body));
    const asked = this.#read(url, text);
    const execute = () => telegram.fetch(url, { ...init, body: text });
    // No message waits for what the bot writes of itself: it takes no part in any story.
    if (OF_PROFILE.test(asked.method)) return await motion.untilDone(execute);
    this.unknowable.begins(sent, caller, asked);
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
    const refused = this.refusals.of(fault, asked);
    if (refused) {
      this.#noteUnnamed(asked, { isDoubt: true });
      await this.#passes(caller);
      return refused;
    }

    const executing = (async () => {
      const answer = await execute();
      const body = await answer.text();
      if (answer.ok) this.options.executed();
      if (answer.ok && isOfCard(asked)) {
        this.cardsSentMs.set(JSON.parse(body).result.message_id, sentMs);
      }
      return { status: answer.status, headers: answer.headers, body };
    })();
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
    this.unknowable.told(sent, isOk, body);
    const { retry_after } = isOk ? {} : JSON.parse(body).parameters ?? {};
    if (retry_after !== undefined) this.#pause(caller, asked, retry_after);
    return new Response(body, { status, headers: received });
  }

  /** Telegram may take long with an answer, for as long as the caller waits. */
  async #inTime<T extends { status: number }>(
    caller: Caller,
    asked: Asked,
    executing: Promise<T>,
  ): Promise<T> {
    const patience = this.#wait(caller, CALL_TIMEOUT_MS);
    try {
      return await Promise.race([executing, patience.over.then(tookTooLong)]);
    } catch (error) {
      void executing.then(({ status }) => status === 200 && this.#countUnanswered(asked));
      throw error;
    } finally {
      patience.forget();
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
  async #passes(caller: Caller, ms = this.options.chance.between(1, 400)): Promise<void> {
    await this.#wait(caller, ms).over;
  }

  /** The same, unless it is forgotten before: then nothing comes of it. */
  #wait({ death, hurry }: Caller, ms: number): { over: Promise<void>; forget: () => void } {
    const { clock, motion } = this.options;
    const { promise: over, resolve, reject } = Promise.withResolvers<void>();
    const forget = () => {
      clock.clearTimeout(timer);
      death.forgets(end);
      hurry.forgets(end);
    };
    const end = () => {
      forget();
      reject(new DOMException("The call was ended", "AbortError"));
    };
    const timer = clock.setTimeout(() => {
      forget();
      motion.moved();
      resolve();
    }, ms);
    death.wakes(end);
    hurry.wakes(end);
    if (death.hasCome || hurry.hasCome) end();
    return { over, forget };
  }

  async #freezes(caller: Caller): Promise<void> {
    const { least, most } = FROZEN_MS;
    await this.#passes(caller, this.options.chance.between(least, most));
  }

  async #hang(caller: Caller): Promise<never> {
    await this.#passes(caller, CALL_TIMEOUT_MS);
    return tookTooLong();
  }

  #draw({ method, payload }: Asked): keyof NetworkFaults | undefined {
    const faults = this.options.faults();
    if (!faults) return undefined;
    const names = Object.keys(faults) as (keyof NetworkFaults)[];
    return names.find((name) => {
      if (name === "group send failed" && method !== "sendMediaGroup") return false;
      if (name === "no buttons" && !hasLinks(payload)) return false;
      return this.options.chance.happens(faults[name]);
    });
  }

  /** What a call carries, as told by what it says or by the messages it copies. */
  #read(url: string, text: string): Asked {
    const method = url.slice(url.lastIndexOf("/") + 1);
    const payload = text === "" ? {} : JSON.parse(text);
    if (/^(edit|get|set|delete|unpin)/.test(method)) return { method, payload, carries: [] };
    return {
      method,
      payload,
      carries: this.options.ledger.carriedBy(payload, this.options.contentAt),
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

function isOfCard({ method, carries }: Asked): boolean {
  return method === "sendMessage" && carries.some((each) => each.startsWith("card "));
}

/** Whether there are buttons under a message that open addresses. */
function hasLinks({ reply_markup: buttons }: Asked["payload"]): boolean {
  return buttons !== undefined && JSON.stringify(buttons).includes('"url"');
}

/** The body of a call, which may come as a stream. */
async function textOf(body: RequestInit["body"]): Promise<string> {
  return typeof body === "string" ? body : await new Response(body).text();
}

function tookTooLong(): never {
  throw new DOMException("The call took too long", "TimeoutError");
}
