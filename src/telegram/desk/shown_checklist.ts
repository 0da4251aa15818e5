/** The checklist as a message in private, which follows what happens at the desk. */
import type { Api } from "grammy";
import type { Check } from "../../health/checklist.ts";
import { checklistKeyboard } from "../../buttons/setup.ts";
import type { Config } from "../../config.ts";
import type { Log } from "../../log.ts";
import type { ChannelName } from "../../config.ts";
import type { Place } from "../../message/link.ts";
import type { Language } from "../../words/language.ts";
import { defined } from "../../values/defined.ts";
import { say, TEXTS } from "../../texts/texts.ts";
import { Turns } from "../../values/turns.ts";
import { type Answer, answerOf } from "../api.ts";
import { classify, isPassing } from "../classify.ts";

/** Where it is kept in which message a checklist was last shown. */
export interface ChecklistMemory {
  recall(name: "checklist"): Promise<KeptChecklist | null>;
  remember(name: "checklist", shown: KeptChecklist): Promise<void>;
}

/** The message in which a checklist was last shown, and in which language. */
interface KeptChecklist extends Place {
  language?: Language;
}

/** What showing the checklist needs of the world. */
export interface ShownChecklistOptions {
  api: Api;
  config: Pick<Config, "locale">;
  memory: ChecklistMemory;
  /** Which channel the desk's is; `undefined`: nobody has said so. */
  channel: ChannelName | undefined;
  /** What the desk is called; `undefined`: there are no others, or it is not known. */
  nameOf: () => string | undefined;
  /** The whole checklist as it is now. */
  checks: () => Check[];
  /** Looks at the desk, if that was not done since the start. */
  look: () => Promise<void>;
  botUsername: () => string;
  log: Log;
}

/** The checklist, where it was last shown. */
export class ShownChecklist {
  /** The message that follows what happens, and in which language. */
  #shown: (Place & { language: Language }) | undefined;
  #shownText = "";
  /** Telegram may take edits that are under way together in any order. */
  readonly #edits = new Turns();

  constructor(private readonly options: ShownChecklistOptions) {}

  /** Sends the checklist, which follows what happens from then on. */
  async show(userId: number, language: Language): Promise<void> {
    await this.options.look();
    await this.#edits.take(() => this.#send(userId, language));
  }

  /** Has the checklist read as it is now, if it reads otherwise. */
  async renew(): Promise<void> {
    await this.#edits.take(() => this.#edit());
  }

  async #send(userId: number, language: Language): Promise<void> {
    const { api, memory, log } = this.options;
    const { text, keyboard } = this.#write(language);
    const sent = await answerOf(api.sendMessage(userId, text, { reply_markup: keyboard }));
    if (sent.failure) return logUnanswered(sent, log);
    this.#shown = { chatId: userId, messageId: sent.result.message_id, language };
    this.#shownText = text;
    await memory.remember("checklist", this.#shown);
  }

  async #edit(): Promise<void> {
    const { api, memory, config, log } = this.options;
    if (!this.#shown) {
      const kept = await memory.recall("checklist");
      if (!kept) return;
      this.#shown = { language: config.locale, ...kept };
    }
    const { chatId, messageId, language } = this.#shown;
    const { text, keyboard } = this.#write(language);
    if (text === this.#shownText) return;
    const edited = await answerOf(
      api.editMessageText(chatId, messageId, text, { reply_markup: keyboard }),
    );
    // Whether it reads so is not known: the next look tries again.
    const isOpen = edited.failure !== undefined && isPassing(edited.failure);
    this.#shownText = isOpen ? "" : text;
    if (edited.failure && classify(edited.failure).kind === "unchanged") return;
    logUnanswered(edited, log);
  }

  #write(language: Language) {
    const { botUsername, channel, nameOf } = this.options;
    const deskId = typeof channel === "number" ? channel : undefined;
    const checks = this.options.checks();
    const isReady = !checks.some(({ state }) => state === "bad");
    return {
      text: say({ text: "checklist", checks, isReady, ...defined({ desk: nameOf() }) }, language),
      keyboard: checklistKeyboard(checks, {
        botUsername: botUsername(),
        deskId,
        texts: TEXTS[language],
      }),
    };
  }
}

/** Logs why somebody who sets a desk up was not answered; nothing, if they were. */
export function logUnanswered({ failure }: Answer<unknown>, log: Log): void {
  if (failure) log.warn("set-up not answered", { reason: failure.description });
}
