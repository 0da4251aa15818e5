/**
 * The bot's standing with Telegram: who it is, and how updates reach it. It repeats what failed
 * until updates arrive and the desk is at work.
 */
import type { Bot } from "grammy";
import type { Update, UserFromGetMe, WebhookInfo } from "grammy/types";
import { type Check, problemsIn, receivingChecks } from "../checklist.ts";
import { claimLink } from "../claim.ts";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { answerOf } from "./api.ts";
import { type DeskWatch, sentenceOf } from "./desk_watch.ts";
import { poll, type Polling } from "./polling.ts";
import { NotReady } from "./updates.ts";
import { registerWebhook, type Registration, WEBHOOK_PATH } from "./webhook.ts";

/** Small facts kept from start to start. */
export interface Memory {
  recall(name: "me"): Promise<UserFromGetMe | null>;
  recall(name: "webhook"): Promise<Registration | null>;
  remember(name: "me" | "webhook", value: unknown): Promise<void>;
}

/** How often Telegram is asked how deliveries go. */
const ASK_MS = 5 * 60_000;

/** What a connection needs of the world. */
export interface ConnectionOptions {
  bot: Bot;
  config: Config;
  memory: Memory;
  watch: DeskWatch;
  /** Hands an update on; rejects if it was not accepted. */
  receive: (update: Update) => Promise<void>;
  now: () => number;
  log: Log;
}

/** One bot's connection. */
export class Connection {
  #startProblem: string | null = null;
  #isAnswering = false;
  #polling: Polling | undefined;
  #webhook: WebhookInfo | undefined;
  #heardMs: number | undefined;
  #askedMs = -Infinity;
  #isClaimTold = false;
  readonly #stopping = new AbortController();

  constructor(private readonly options: ConnectionOptions) {
    options.bot.api.config.use(async (call, method, payload, signal) => {
      try {
        const answer = await call(method, payload, signal);
        this.#isAnswering = answer.ok || answer.error_code < 500;
        return answer;
      } catch (error) {
        this.#isAnswering = false;
        throw error;
      }
    });
  }

  /** Whether Telegram answered when it was last asked. */
  get isAnswering(): boolean {
    return this.#isAnswering;
  }

  /** The whole checklist, but for what has to be tried. */
  get checks(): Check[] {
    const { config, watch, now } = this.options;
    return [
      ...watch.checks,
      ...receivingChecks({
        mode: config.publicUrl === undefined ? "polling" : "webhook",
        refusal: this.#polling?.refusal(),
        webhook: this.#webhook,
        url: config.publicUrl === undefined ? undefined : config.publicUrl + WEBHOOK_PATH,
        heardMs: this.#heardMs,
        isDurable: config.kvPath !== ":memory:",
        nowMs: now(),
      }),
    ];
  }

  /** What is in the way, a sentence each. */
  get problems(): string[] {
    const { watch } = this.options;
    const { refusal } = watch;
    const found = problemsIn(this.checks).map(sentenceOf);
    if (watch.checkedMs === -Infinity) found.unshift("The bot has not looked at its desk yet.");
    if (this.#startProblem) found.push(this.#startProblem);
    if (refusal !== undefined) {
      found.push(sentenceOf({ because: "trouble", description: refusal }));
    }
    if (!this.#isAnswering) found.push("Telegram does not answer: check the network.");
    return found;
  }

  /** An update has come. */
  heard(): void {
    this.#heardMs = this.options.now();
  }

  /**
   * Sees to it that updates arrive. To be called again every minute or so; does little while all is
   * well. Resolves with whether the desk is at work; never rejects.
   */
  async start(): Promise<boolean> {
    const { watch, now, log } = this.options;
    const startedMs = now();
    const isWell = this.problems.length === 0 && !watch.isDue;
    try {
      if (isWell) {
        await watch.refresh();
        await this.#askWebhook();
        return true;
      }
      await this.#connect();
      if (watch.checkedMs < startedMs) await watch.look();
      this.#tellHowToClaim();
      await this.#beginReceiving();
      this.#startProblem = null;
      return watch.isKnown;
    } catch (error) {
      const problem = error instanceof Error ? `${error.message}.` : String(error);
      if (problem !== this.#startProblem) log.error("start failed", { error });
      this.#startProblem = problem;
      return false;
    }
  }

  /**
   * Takes from memory who we are. Throws `NotReady` if it does not know: Telegram is not asked while
   * an update waits for its receipt.
   */
  async recall(): Promise<void> {
    const { bot, memory } = this.options;
    if (bot.isInited()) return;
    const me = await memory.recall("me");
    if (!me) throw new NotReady("The bot does not know itself yet");
    bot.botInfo = me;
  }

  /** Receives no more updates; resolves when none is being handled. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#polling?.stopped;
  }

  /** Only who runs the bot reads its log: there they find the link that makes them the owner. */
  #tellHowToClaim(): void {
    const { bot, config, watch, log } = this.options;
    if (this.#isClaimTold || config.channel !== undefined || watch.claim) return;
    this.#isClaimTold = true;
    log.info("claim the desk", { url: claimLink(bot.botInfo.username, config.claimCode) });
  }

  /** Learns who we are: from memory, and what our maker has changed since from Telegram. */
  async #connect(): Promise<void> {
    const { bot, memory } = this.options;
    const { watch } = this.options;
    await this.#recallIfKnown();
    await watch.recallIfKnown();
    const answer = await answerOf(bot.api.getMe());
    if (answer.failure) {
      if (bot.isInited()) return;
      const words = answer.failure.description;
      throw new NotReady(
        `Telegram does not say who the bot is: "${words}". Check BOT_TOKEN and the network`,
      );
    }
    const isNews = !bot.isInited() ||
      JSON.stringify(bot.botInfo) !== JSON.stringify(answer.result);
    bot.botInfo = answer.result;
    if (isNews) await memory.remember("me", answer.result);
  }

  async #recallIfKnown(): Promise<void> {
    try {
      await this.recall();
    } catch (error) {
      if (!(error instanceof NotReady)) throw error;
    }
  }

  async #beginReceiving(): Promise<void> {
    const { bot, config, memory, receive, log } = this.options;
    if (config.publicUrl === undefined) {
      const { signal } = this.#stopping;
      this.#polling ??= poll(bot.api, { handle: receive, signal, log });
      return;
    }
    const known = await memory.recall("webhook");
    const registered = await registerWebhook(bot.api, {
      publicUrl: config.publicUrl,
      secret: config.webhookSecret,
      known,
    });
    if (JSON.stringify(registered) !== JSON.stringify(known)) {
      await memory.remember("webhook", registered);
    }
    await this.#askWebhook();
  }

  /** Asks how deliveries go (Bot API, getWebhookInfo); somebody may have taken the webhook away. */
  async #askWebhook(): Promise<void> {
    const { bot, config, now } = this.options;
    const isFresh = now() - this.#askedMs < ASK_MS;
    if (config.publicUrl === undefined || isFresh) return;
    this.#askedMs = now();
    const answer = await answerOf(bot.api.getWebhookInfo());
    if (!answer.failure) this.#webhook = answer.result;
  }
}
