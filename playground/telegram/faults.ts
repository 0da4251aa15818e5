/**
 * What goes wrong between a bot and Telegram, on demand or by chance: refusals, broken servers,
 * and the three ways of not knowing (never arrived, arrived but the answer did not, no answer).
 */
import type { ResponseParameters } from "grammy/types";
import type { Call } from "./call.ts";

/** One thing that goes wrong with one call. */
export type Fault =
  /** Too many requests; not executed. */
  | { kind: "429"; retryAfterS: number }
  /** A proxy's HTML page; not executed. */
  | { kind: "502" }
  /** Not executed. */
  | { kind: "500" }
  /** The connection breaks before Telegram has the call. */
  | { kind: "lost request" }
  /** The connection breaks after Telegram has executed the call. */
  | { kind: "lost answer" }
  /**
   * Not executed and never answered: it ends when the caller gives up, or after `ms` with a broken
   * connection. On a simulated clock callers have no timer of their own, so there it ends after
   * 30 s unless `ms` says otherwise.
   */
  | { kind: "hang"; ms?: number }
  /** A refusal in Telegram's words; not executed. */
  | { kind: "error"; errorCode: number; description: string; parameters?: ResponseParameters }
  /**
   * What comes back is none of Telegram's answers, though its status is 200: a proxy's page, a
   * portal's, half an answer. Not executed, unless it says so.
   */
  | { kind: "odd answer"; body: string; isExecuted?: true }
  /**
   * Of what takes Telegram several steps the first is executed, then it fails; what takes one is
   * executed as usual.
   */
  | { kind: "half done" }
  /** Executed as usual, but later. */
  | { kind: "delay"; ms: number };

/** Which calls a fault may hit: those of a method, or those for which the function says so. */
export type FaultMatch = string | ((call: Call) => boolean);

/** The faults that are planned for one simulated Telegram. */
export class Faults {
  readonly #random: () => number;
  #planned: { match: FaultMatch; fault: Fault; times: number }[] = [];
  #rates: { match: FaultMatch; fault: Fault; probability: number }[] = [];

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Lets the next matching calls fail. */
  next(match: FaultMatch, fault: Fault, times = 1): void {
    this.#planned.push({ match, fault, times });
  }

  /** Lets every matching call fail with a probability from 0 to 1. */
  rate(fault: Fault, probability: number, match: FaultMatch = () => true): void {
    this.#rates.push({ match, fault, probability });
  }

  /** Lets nothing fail any more. */
  clear(): void {
    this.#planned = [];
    this.#rates = [];
  }

  /** The fault that a call meets. What was planned for it comes before what happens by chance. */
  draw(call: Call): Fault | undefined {
    const planned = this.#planned.find(({ match }) => fits(match, call));
    if (planned !== undefined) {
      planned.times--;
      this.#planned = this.#planned.filter(({ times }) => times > 0);
      return planned.fault;
    }
    for (const { match, fault, probability } of this.#rates) {
      if (fits(match, call) && this.#random() < probability) return fault;
    }
    return undefined;
  }
}

function fits(match: FaultMatch, call: Call): boolean {
  return typeof match === "string"
    ? match.toLowerCase() === call.method.toLowerCase()
    : match(call);
}
