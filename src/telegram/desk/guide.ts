/**
 * Leads the owner through setting a desk up: by a keyboard that asks for the channel and then for
 * its group, and by one sentence wherever something else has to be tapped first. The keyboard goes
 * when both are there.
 */
import type { Api } from "grammy";
import { choosingKeyboard } from "../../buttons/choosing.ts";
import { addButton } from "../../buttons/setup.ts";
import { type ChoiceProblem, type Step, stepOf } from "../../desk/step.ts";
import type { Check } from "../../health/checklist.ts";
import type { Config } from "../../config.ts";
import type { Log } from "../../log.ts";
import { say, TEXTS } from "../../texts/texts.ts";
import { SECOND_MS } from "../../time/duration.ts";
import { isWithin } from "../../time/elapsed.ts";
import { Turns } from "../../values/turns.ts";
import { defined } from "../../values/defined.ts";
import type { Language } from "../../words/language.ts";
import { answerOf } from "../api.ts";
import { logUnanswered } from "./shown_checklist.ts";

/** How far the owner is led. */
export interface Guided {
  ownerId: number;
  /** What they were last told to do. */
  step: Step;
  /** The channel of the desk that is set up; absent: it is yet to be shown, or it is the first. */
  channelId?: number;
}

/** What leading needs of the world. */
export interface GuideOptions {
  api: Api;
  config: Pick<Config, "locale">;
  memory: {
    recall(name: "guide"): Promise<Guided | null>;
    remember(name: "guide", guided: Guided): Promise<void>;
  };
  /**
   * What the last look at the desk of a channel has found; without one, at the desk whose channel is
   * yet to be shown. Empty: it was not looked at.
   */
  checksOf: (channelId: number | undefined) => Check[];
  /** Whether the owner is about to show the channel of a desk beside others. */
  isAdding: () => boolean;
  botUsername: () => string;
  now: () => number;
  log: Log;
}

/**
 * One tap comes as two updates, that the bot was added and that the chat was shared, in any order:
 * what was said for the one is not said again for the other.
 */
const ONE_TAP_MS = 10 * SECOND_MS;

/** Leads one owner. */
export class Guide {
  /** That of the owner since they last did something; which one it is stays here. */
  #language: Language | undefined;
  /** What was said of late, and when. */
  readonly #said = new Map<string, number>();
  /** What is said depends on what was. */
  readonly #turns = new Turns();

  constructor(private readonly options: GuideOptions) {}

  /** Begins, or begins again: the owner is told of a desk that is to be, and what to tap first. */
  async begin(
    ownerId: number,
    language: Language,
    notice: { text: "owner" | "adddesk" } = { text: "owner" },
  ): Promise<void> {
    this.#language = language;
    await this.#turns.take(async () => {
      await this.#tell(ownerId, say(notice, language), "channel", language);
      await this.options.memory.remember("guide", { ownerId, step: "channel" });
    });
  }

  /**
   * Goes on from wherever the first of these desks is that are not chosen for yet, also if the owner
   * was led to the end before.
   */
  async resume(
    ownerId: number,
    language: Language,
    channels: readonly (number | undefined)[],
  ): Promise<void> {
    this.#language = language;
    await this.#turns.take(async () => {
      for (const channelId of channels) {
        const step = this.#stepAt(channelId);
        if (step === undefined || step === "done") continue;
        return await this.#goTo({ ownerId, step, ...defined({ channelId }) });
      }
    });
  }

  /** The owner is led no further: the desk that was to be shown is called off. */
  async stop(ownerId: number, language: Language): Promise<void> {
    this.#language = language;
    await this.#turns.take(async () => {
      await this.#tell(ownerId, say({ text: "adddesk-off" }, language), "done", language);
      await this.options.memory.remember("guide", { ownerId, step: "done" });
    });
  }

  /** The owner has shown the channel of the desk that is set up. */
  async turnTo(channelId: number): Promise<void> {
    await this.#turns.take(async () => {
      const { memory } = this.options;
      const guided = await memory.recall("guide");
      if (guided) await memory.remember("guide", { ...guided, channelId });
    });
  }

  /** Whoever is led to the desk of a channel that is no more is led no further. */
  async end(channelId: number, language: Language): Promise<void> {
    this.#language = language;
    await this.#turns.take(async () => {
      const { memory } = this.options;
      const guided = await memory.recall("guide");
      if (guided?.channelId !== channelId || guided.step === "done") return;
      await memory.remember("guide", { ownerId: guided.ownerId, step: "done" });
      await this.#tell(guided.ownerId, say({ text: "guide-over" }, language), "done", language);
    });
  }

  /** Whether there is something left to be chosen for the desk that is set up. */
  async isLeading(): Promise<boolean> {
    const guided = await this.options.memory.recall("guide");
    return guided !== null && guided.step !== "done";
  }

  /** The channel of the desk that is set up, or was last; `undefined`: none was shown. */
  async channelId(): Promise<number | undefined> {
    return (await this.options.memory.recall("guide"))?.channelId;
  }

  /** Says what comes next, if that is something else than what was said last. */
  async lead(): Promise<void> {
    await this.#turns.take(async () => {
      // Another instance may have led on meanwhile.
      const guided = await this.options.memory.recall("guide");
      if (!guided || guided.step === "done") return;
      const step = this.#stepAt(guided.channelId);
      if (step !== undefined && step !== guided.step) await this.#goTo({ ...guided, step });
    });
  }

  /** The owner does something, and speaks this language. */
  hears(language: Language): void {
    this.#language = language;
  }

  /** Whether something was said for what may be the same tap. */
  get hasJustSpoken(): boolean {
    return [...this.#said.keys()].some((text) => this.#wasSaid(text));
  }

  /** Says once more what comes next; resolves with whether anything does. */
  async repeat(): Promise<boolean> {
    const guided = await this.options.memory.recall("guide");
    if (!guided || guided.step === "done") return false;
    await this.#turns.take(() => this.#goTo(guided));
    return true;
  }

  /** Says what is amiss with a chat that was chosen, and what to tap. */
  async remark(
    { ownerId, language, problem, title }: {
      ownerId: number;
      language: Language;
      problem: ChoiceProblem;
      title: string;
    },
  ): Promise<void> {
    this.#language = language;
    await this.#turns.take(async () => {
      const { api, botUsername, log } = this.options;
      const text = say({ text: "choice", problem, title }, language);
      if (this.#wasSaid(text)) return;
      this.#note(text);
      const isByLink = problem.because === "outside" || problem.because === "other client";
      const extra = isByLink
        ? {
          reply_markup: {
            inline_keyboard: [[addButton(problem.where, botUsername(), TEXTS[language])]],
          },
        }
        : {};
      logUnanswered(await answerOf(api.sendMessage(ownerId, text, extra)), log);
    });
  }

  #wasSaid(text: string): boolean {
    return isWithin(ONE_TAP_MS, this.#said.get(text) ?? -Infinity, this.options.now());
  }

  #note(text: string): void {
    for (const old of this.#said.keys()) if (!this.#wasSaid(old)) this.#said.delete(old);
    this.#said.set(text, this.options.now());
  }

  /** What comes next; `undefined`: the desk has not been looked at since it became another one. */
  #stepAt(channelId: number | undefined): Step | undefined {
    const checks = this.options.checksOf(channelId);
    return checks.length === 0 ? undefined : stepOf(checks);
  }

  async #goTo(guided: Guided): Promise<void> {
    const { ownerId, step, channelId } = guided;
    const language = this.#language ?? this.options.config.locale;
    const isReady = !this.options.checksOf(channelId).some(({ state }) => state === "bad");
    await this.#tell(ownerId, say({ text: "next-step", step, isReady }, language), step, language);
    await this.options.memory.remember("guide", guided);
  }

  async #tell(ownerId: number, text: string, step: Step, language: Language): Promise<void> {
    const { api, isAdding, log } = this.options;
    this.#note(text);
    const keyboard = choosingKeyboard(step, { isFurther: isAdding(), texts: TEXTS[language] });
    const extra = keyboard === undefined ? {} : { reply_markup: keyboard };
    logUnanswered(await answerOf(api.sendMessage(ownerId, text, extra)), log);
  }
}
