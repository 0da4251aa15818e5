/** The list of what was given up, with buttons to try again or dismiss each and all. */
import type { Config } from "../../config.ts";
import type { Language } from "../../words/language.ts";
import { type FailedJob, type WhichFailed } from "../../jobs/failed.ts";
import { type FailedAction, writeFailed } from "../../buttons/failed.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { say, TEXTS } from "../../texts/texts.ts";
import { type Asked, type AskedAt, outcomeOfShowing, showTo } from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";

/** Given-up jobs, where they are kept, by desk. */
export interface FailedJobs {
  list(deskId: number): Promise<FailedJob[]>;
  retry(deskId: number, which: WhichFailed): Promise<void>;
  dismiss(deskId: number, which: WhichFailed): Promise<void>;
}

/** Shows the list, and does what its buttons stand for. */
export class FailedList {
  constructor(
    private readonly options: { failed: FailedJobs; config: Pick<Config, "timeZone"> },
  ) {}

  /** Sends the list. */
  async show(delivery: Delivery, asked: Asked): Promise<Outcome> {
    const { text, ...rest } = await this.#write(delivery, asked.at.chatId, asked.language);
    const { api } = delivery;
    return await showTo(
      delivery,
      asked,
      (answering) => api.sendMessage(asked.at.chatId, text, { ...rest, ...answering }),
    );
  }

  /** Tries again, or dismisses; what is told to who pressed. */
  async press(
    { desk }: Delivery,
    { does, which }: FailedAction,
    language: Language,
  ): Promise<string> {
    const failed: WhichFailed = which === "all"
      ? which
      : { lane: laneOf(desk, which.customerId, which.direction), order: which.order };
    await this.options.failed[does](desk.channelId, failed);
    return say({ text: "failed-done", does }, language);
  }

  /** Shows the list as it is now, where it was. */
  async renew(delivery: Delivery, { at, language }: AskedAt): Promise<Outcome> {
    const { chatId, messageId } = at;
    const { text, ...rest } = await this.#write(delivery, chatId, language);
    return outcomeOfShowing(
      delivery,
      await delivery.call(() => delivery.api.editMessageText(chatId, messageId, text, rest)),
    );
  }

  async #write(delivery: Delivery, chatId: number, language: Language) {
    const { failed, config: { timeZone } } = this.options;
    const format = new Intl.DateTimeFormat(language, {
      timeZone,
      dateStyle: "short",
      timeStyle: "short",
    });
    const written = writeFailed(await failed.list(delivery.desk.channelId), {
      texts: TEXTS[language],
      formatTime: (ms) => format.format(ms),
    });
    return delivery.messageIn(chatId, written);
  }
}
