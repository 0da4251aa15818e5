/** What Telegram refuses the bot at its desk: heard of every minute while it lasts, and told once. */
import type { Api } from "grammy";
import type { Failure } from "../classify.ts";
import type { Config } from "../../config.ts";
import type { Log } from "../../log.ts";
import { sentenceOf } from "../../texts/problem_sentence.ts";
import { say } from "../../texts/texts.ts";
import { answerOf } from "../api.ts";
import { isWithin } from "../../time/elapsed.ts";

/** A refusal is shown as a problem for as long as it has been heard this recently. */
const TROUBLE_MS = 3 * 60_000;

/** What telling of trouble needs of the world. */
export interface TroubleOptions {
  api: Api;
  config: Pick<Config, "locale">;
  now: () => number;
  log: Log;
}

/** The trouble at one desk. */
export class Trouble {
  #last: { description: string; atMs: number } | null = null;

  constructor(private readonly options: TroubleOptions) {}

  /** Whether something was refused, and nothing has shown yet that this is over. */
  get isOpen(): boolean {
    return this.#last !== null;
  }

  /** What Telegram has refused of late. */
  get refusal(): string | undefined {
    return this.#isFresh ? this.#last?.description : undefined;
  }

  /** Notes a refusal; a new one is one line in the log, and one to the desk's owner. */
  async report({ description }: Failure, ownerId: number | undefined): Promise<void> {
    const { api, config, now, log } = this.options;
    // Telegram has several words for it.
    const isKnown = this.#isFresh;
    this.#last = { description, atMs: now() };
    if (isKnown) return;
    log.error("trouble", { problem: sentenceOf({ because: "trouble", description }) });
    if (ownerId === undefined) return;
    const words = say({ text: "trouble", description }, config.locale);
    const told = await answerOf(api.sendMessage(ownerId, words));
    // Who never wrote to the bot cannot be written to (Bot API, sendMessage).
    if (told.failure) log.warn("owner not told", { reason: told.failure.description });
  }

  /** All is well again. */
  end(): void {
    if (this.#last === null) return;
    this.options.log.info("trouble is over");
    this.#last = null;
  }

  get #isFresh(): boolean {
    return isWithin(TROUBLE_MS, this.#last?.atMs, this.options.now());
  }
}
