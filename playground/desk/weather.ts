/** What goes wrong between the bot and Telegram in the playground, as switches. */
import { type FaultName, FAULTS, type Forwards } from "../story/deed.ts";
import type { Fault, SimulatedTelegram } from "../telegram/telegram.ts";

/** How often a call fails while its switch is on, and how. */
const FAULT_RATES: Record<Exclude<FaultName, "slow">, { fault: Fault; probability: number }> = {
  "429": { fault: { kind: "429", retryAfterS: 3 }, probability: 0.5 },
  "5xx": { fault: { kind: "502" }, probability: 0.5 },
  "lost answers": { fault: { kind: "lost answer" }, probability: 0.35 },
};
/** How long a slow call is on its way. */
const SLOW_MS = 1500;
const AUTO_FORWARDS = {
  "on time": { mode: "after", delayMs: 5 },
  late: { mode: "after", delayMs: 5000 },
  withheld: { mode: "never", delayMs: 0 },
} as const;

/** The switches of one simulated Telegram. */
export class Weather {
  readonly #on = new Set<FaultName>();
  #forwards: Forwards = "on time";

  constructor(private readonly telegram: SimulatedTelegram) {}

  /** Which switches are on. */
  get on(): FaultName[] {
    return FAULTS.filter((fault) => this.#on.has(fault));
  }

  /** When cards get their automatic forwards. */
  get forwards(): Forwards {
    return this.#forwards;
  }

  /** What is withheld arrives as soon as it is not withheld any more. */
  set forwards(how: Forwards) {
    this.#forwards = how;
    this.telegram.autoForward = { ...AUTO_FORWARDS[how] };
    if (how !== "withheld") this.telegram.releaseForwards();
  }

  /** Turns a switch. */
  turn(fault: FaultName, isOn: boolean): void {
    if (isOn) this.#on.add(fault);
    else this.#on.delete(fault);
    const { telegram } = this;
    telegram.latencyMs = this.#on.has("slow") ? SLOW_MS : 0;
    telegram.faults.clear();
    for (const name of this.#on) {
      if (name === "slow") continue;
      const { fault, probability } = FAULT_RATES[name];
      // How updates get to the bot is left alone: what is to be seen is what it does with them.
      const isMet = ({ method }: { method: string }) => method !== "getUpdates";
      telegram.faults.rate(fault, probability, isMet);
    }
  }
}
