/**
 * What has waited for a desk too long, or cannot be read any more, is given up: who wrote it in private
 * is told that nobody will read it.
 */
import type { Api } from "grammy";
import type { Update } from "grammy/types";
import type { Config } from "../../config.ts";
import { type Parked, PARKED_MS, type ParkedUpdates } from "../../jobs/parked.ts";
import type { Log } from "../../log.ts";
import { DAY_MS, HOUR_MS, SECOND_MS } from "../../time/duration.ts";
import { say } from "../../texts/texts.ts";
import type { Undeliverable } from "../../texts/notice.ts";
import { spokenLanguage } from "../../words/language.ts";
import { answerOf } from "../api.ts";
import { classify, isPassing } from "../classify.ts";
import { NotReady } from "../updates.ts";

/** What giving up needs of the world. */
export interface GivingUpOptions {
  api: Api;
  parked: ParkedUpdates;
  config: Pick<Config, "locale">;
  now: () => number;
  log: Log;
}

/** Thrown for an update that is given up once who wrote it can be told. */
export class NotTold extends NotReady {}

/** For how long after its time an update waits for that. */
const TELLING_PATIENCE_MS = DAY_MS;
/** How often it is looked for what has waited too long. */
const LOOK_MS = HOUR_MS;

/** Gives up what waits in vain. */
export class GivingUp {
  #lookedMs = -Infinity;
  /** Until then nobody is told anything. */
  #pausedUntilMs = -Infinity;

  constructor(private readonly options: GivingUpOptions) {}

  /** Gives up what has waited too long, unless that was looked for of late. */
  async look(isStopping: () => boolean): Promise<void> {
    const { parked, now } = this.options;
    if (now() - this.#lookedMs < LOOK_MS) return;
    this.#lookedMs = now();
    for await (const chatId of parked.chats()) {
      try {
        await this.#lookAt(chatId, isStopping);
      } catch (error) {
        if (!(error instanceof NotTold)) throw error;
        this.#lookedMs = -Infinity;
      }
    }
  }

  async #lookAt(chatId: number, isStopping: () => boolean): Promise<void> {
    const { parked } = this.options;
    let isTold = false;
    for (let each = await parked.next(chatId); each; each = await parked.next(chatId)) {
      if (isStopping() || !this.isOld(each)) break;
      await this.giveUp(each, { isTold });
      isTold = true;
    }
  }

  /** Whether it has waited too long. */
  isOld({ parkedMs }: Parked): boolean {
    return this.options.now() - parkedMs >= PARKED_MS;
  }

  /**
   * Who wrote in private is told that it will not be read. Throws `NotTold` if that has to wait: then
   * it stays where it is.
   */
  async giveUp(gone: Parked, { isTold }: { isTold: boolean }): Promise<void> {
    const { parked, config, log } = this.options;
    const { chatId, updateId, update } = gone;
    const why: Undeliverable = { because: update ? "nobody" : "unreadable" };
    const { message } = (update ?? {}) as Partial<Update>;
    const isPrivate = chatId > 0;
    if (isPrivate && !isTold && (message || !update)) {
      const language = spokenLanguage(message?.from?.language_code) ?? config.locale;
      await this.#tell(gone, say({ text: "undeliverable", why }, language));
    }
    log.error("update given up", { updateId, reason: why.because });
    await parked.forget(gone);
  }

  async #tell({ chatId, parkedMs }: Parked, words: string): Promise<void> {
    const { api, now, log } = this.options;
    const canWait = now() - parkedMs < PARKED_MS + TELLING_PATIENCE_MS;
    if (canWait && now() < this.#pausedUntilMs) throw new NotTold("Telegram asks to wait");
    const { failure } = await answerOf(api.sendMessage(chatId, words));
    if (!failure) return;
    log.warn("customer not told", { reason: failure.description });
    const verdict = classify(failure);
    if (verdict.kind === "pause") {
      this.#pausedUntilMs = now() + Math.ceil(verdict.retryAfterS * SECOND_MS);
    }
    if (canWait && isPassing(failure)) throw new NotTold(failure.description);
  }
}
