/**
 * The bot's standing with Telegram: who it is, and how updates reach it. It repeats what failed
 * until updates arrive and the desk is at work.
 */
import type { Bot } from "grammy";
import type { UserFromGetMe, WebhookInfo } from "grammy/types";
import { type Check, type CheckProblem, problemsIn } from "../../health/checklist.ts";
import { receivingChecks } from "../../health/receiving_checks.ts";
import { claimLink } from "../../desk/claim.ts";
import type { Config } from "../../config.ts";
import type { Log } from "../../log.ts";
import type { Problem } from "../../health/problem.ts";
import { ProblemError } from "../../texts/problem_sentence.ts";
import { answerOf } from "../api.ts";
import type { DeskWatch } from "../desk/desk_watch.ts";
import type { InlineFeedback } from "../desk/inline_feedback.ts";
import { poll, type Polling } from "./polling.ts";
import { NotReady } from "../updates.ts";
import { isSaid } from "../../values/try_again.ts";
import { registerWebhook, type Registration, WEBHOOK_PATH } from "./registration.ts";
import { MINUTE_MS } from "../../time/duration.ts";
import { isWithin } from "../../time/elapsed.ts";

/** Small facts kept from start to start. */
export interface ConnectionMemory {
  recall(name: "me"): Promise<UserFromGetMe | null>;
  recall(name: "webhook"): Promise<Registration | null>;
  remember(name: "me" | "webhook", value: unknown): Promise<void>;
}

/** Takes an update in; rejects if it was not accepted. */
type ReceiveFetched = (value: unknown) => Promise<void>;

/** How often Telegram is asked how deliveries go. */
const ASK_MS = 5 * MINUTE_MS;

/** What a connection needs of the world. */
export interface ConnectionOptions {
  bot: Bot;
  config: Config;
  memory: ConnectionMemory;
  watch: DeskWatch;
  feedback: Pick<InlineFeedback, "check">;
  /** What is wrong with the database. */
  databaseProblem: () => CheckProblem | undefined;
  now: () => number;
  log: Log;
}

/** One bot's connection. */
export class Connection {
  #startProblem: Problem | null = null;
  /** In its words, so that it is logged once. */
  #startFailure: string | undefined;
  /** `undefined`: Telegram was not asked yet. */
  #isAnswering: boolean | undefined;
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
    return this.#isAnswering ?? false;
  }

  /** The whole checklist, but for what has to be tried. */
  get checks(): Check[] {
    const { config, watch, feedback, databaseProblem, now } = this.options;
    return [
      // Where inline mode is off, nobody chooses anything.
      ...watch.checks.flatMap((check) =>
        check.name === "inline" && check.state === "good" ? [check, feedback.check] : [check]
      ),
      ...receivingChecks({
        mode: config.publicUrl === undefined ? "polling" : "webhook",
        refusal: this.#polling?.refusal(),
        webhook: this.#webhook,
        url: config.publicUrl === undefined ? undefined : config.publicUrl + WEBHOOK_PATH,
        heardMs: this.#heardMs,
        isDurable: config.kvPath !== ":memory:",
        database: databaseProblem(),
        nowMs: now(),
      }),
    ];
  }

  /** What is in the way. */
  get problems(): Problem[] {
    const { watch } = this.options;
    const found: Problem[] = problemsIn(this.checks);
    if (!watch.isLookedAt) found.unshift({ because: "not looked at" });
    if (this.#startProblem) found.push(this.#startProblem);
    for (const description of watch.refusals) found.push({ because: "trouble", description });
    if (this.#isAnswering === false) found.push({ because: "silent" });
    return found;
  }

  /** The link that makes whoever opens it the owner; `undefined`: there is nothing to claim. */
  get claimLink(): string | undefined {
    const { bot, config, watch } = this.options;
    const isClaimed = config.channel !== undefined || watch.claim !== null;
    return isClaimed || !bot.isInited()
      ? undefined
      : claimLink(bot.botInfo.username, config.claimCode);
  }

  /** An update has come. */
  heard(): void {
    this.#heardMs = this.options.now();
  }

  /**
   * Sees to it that updates arrive; without a webhook they are handed to `receive`, which rejects if
   * one was not accepted. To be called again every minute or so; does little while all is well.
   * Resolves with whether the desk is at work; never rejects.
   */
  async start(receive: ReceiveFetched): Promise<boolean> {
    const { watch, databaseProblem, log } = this.options;
    const isWell = this.problems.length === 0 && !watch.isDue;
    try {
      if (isWell) {
        await watch.refresh();
        await this.#askWebhook();
        if (this.problems.length === 0) return true;
      }
      await this.#connect();
      // Whatever comes is taken in, also while Telegram does not tell of the desk.
      this.#beginPolling(receive);
      await watch.look();
      this.#tellHowToClaim();
      await this.#registerWebhook();
      this.#startProblem = null;
      this.#startFailure = undefined;
      return watch.isKnown;
    } catch (error) {
      if (String(error) !== this.#startFailure && !isSaid(error)) {
        log.error("start failed", { error });
      }
      this.#startFailure = String(error);
      this.#startProblem = startProblemOf(error, databaseProblem());
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

  /** Asks how deliveries go, however lately that was asked. */
  async askAgain(): Promise<void> {
    this.#askedMs = -Infinity;
    await this.#askWebhook();
  }

  /** Receives no more updates; resolves when none is being handled. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#polling?.stopped;
  }

  /** Only who runs the bot reads its log: there they find the link that makes them the owner. */
  #tellHowToClaim(): void {
    const url = this.claimLink;
    if (this.#isClaimTold || url === undefined) return;
    this.#isClaimTold = true;
    this.options.log.info("claim the desk", { url });
  }

  /** Learns who we are: from memory, and what our maker has changed since from Telegram. */
  async #connect(): Promise<void> {
    const { bot, memory, watch } = this.options;
    await this.#recallIfKnown();
    await watch.recallIfKnown();
    const answer = await answerOf(bot.api.getMe());
    if (answer.failure) {
      if (bot.isInited()) return;
      throw new ProblemError({
        because: "nameless",
        description: answer.failure.description,
      });
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

  #beginPolling(receive: ReceiveFetched): void {
    const { bot, config, log } = this.options;
    if (config.publicUrl !== undefined) return;
    const { signal } = this.#stopping;
    this.#polling ??= poll(bot.api, { handle: receive, signal, log });
  }

  async #registerWebhook(): Promise<void> {
    const { bot, config, memory } = this.options;
    if (config.publicUrl === undefined) return;
    const known = await memory.recall("webhook");
    const registered = await registerWebhook(bot.api, {
      publicUrl: config.publicUrl,
      secret: config.webhookSecret,
      known,
    });
    if (JSON.stringify(registered) !== JSON.stringify(known)) {
      await memory.remember("webhook", registered);
    }
    await this.askAgain();
  }

  /** Asks how deliveries go (Bot API, getWebhookInfo); somebody may have taken the webhook away. */
  async #askWebhook(): Promise<void> {
    const { bot, config, now } = this.options;
    const isFresh = isWithin(ASK_MS, this.#askedMs, now());
    if (config.publicUrl === undefined || isFresh) return;
    this.#askedMs = now();
    const answer = await answerOf(bot.api.getWebhookInfo());
    if (!answer.failure) this.#webhook = answer.result;
  }
}

/** What an error says is in the way of the start; `null`: what the database says already. */
function startProblemOf(error: unknown, ofDatabase: CheckProblem | undefined): Problem | null {
  if (error instanceof ProblemError) return error.problem;
  return ofDatabase && isSaid(error) ? null : { because: "start failed" };
}
