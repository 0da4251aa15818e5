/**
 * How updates reach the bot, and what is in the way of them. What failed is repeated until updates
 * arrive and the desks are at work.
 */
import type { Bot } from "grammy";
import { type Check, type CheckProblem, problemsIn } from "../../health/checklist.ts";
import { receivingChecks } from "../../health/receiving_checks.ts";
import { claimLink } from "../../desk/claim.ts";
import type { Config } from "../../config.ts";
import type { Later } from "../../jobs/background.ts";
import type { Log } from "../../log.ts";
import type { Problem } from "../../health/problem.ts";
import { ProblemError } from "../../texts/problem_sentence.ts";
import type { Desks } from "../desk/desks.ts";
import type { InlineFeedback } from "../desk/inline_feedback.ts";
import type { ServedDesk } from "../desk/served_desk.ts";
import { Identity, type IdentityMemory } from "./identity.ts";
import { poll, type Polling } from "./polling.ts";
import { isSaid } from "../../values/try_again.ts";
import { isSameRegistration, NO_WEBHOOK } from "./registration.ts";
import { RegisteredWebhook, type WebhookMemory } from "./registered_webhook.ts";

/** Takes an update in; rejects if it was not accepted. */
type ReceiveFetched = (value: unknown) => Promise<void>;

/** What a connection needs of the world. */
export interface ConnectionOptions {
  bot: Bot;
  config: Config;
  memory: IdentityMemory & WebhookMemory;
  desks: Desks;
  feedback: Pick<InlineFeedback, "check">;
  /** What is wrong with the database. */
  databaseProblem: () => CheckProblem | undefined;
  later: Later;
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
  readonly #webhook: RegisteredWebhook | undefined;
  readonly #identity: Identity;
  #heardMs: number | undefined;
  #isClaimTold = false;
  #beginning: Promise<boolean> | undefined;
  #looking: Promise<boolean> | undefined;
  readonly #stopping = new AbortController();

  constructor(private readonly options: ConnectionOptions) {
    const { bot, config: { publicUrl, webhookSecret: secret } } = options;
    this.#identity = new Identity(options);
    if (publicUrl !== undefined) {
      this.#webhook = new RegisteredWebhook({ ...options, api: bot.api, publicUrl, secret });
    }
    bot.api.config.use(async (call, method, payload, signal) => {
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

  /** The whole checklist of all desks, but for what has to be tried. */
  get checks(): Check[] {
    const { desks } = this.options;
    const ofDesks = desks.all.flatMap((served) =>
      this.#ofDesk(served).map((check) => ({ ...check, ...desks.markOf(served) }))
    );
    return [...ofDesks, ...this.#receiving];
  }

  /** The checklist of one desk, but for what has to be tried. */
  checksOf(served: ServedDesk): Check[] {
    return [...this.#ofDesk(served), ...this.#receiving];
  }

  /** The items that are a desk's own. */
  #ofDesk({ watch }: ServedDesk): Check[] {
    const { feedback } = this.options;
    // Where inline mode is off, nobody chooses anything.
    return watch.checks.flatMap((check) =>
      check.name === "inline" && check.state === "good" ? [check, feedback.check] : [check]
    );
  }

  /** The items that are no desk's: how updates come, and what keeps them. */
  get #receiving(): Check[] {
    const { config, databaseProblem, now } = this.options;
    return [
      ...receivingChecks({
        mode: config.publicUrl === undefined ? "polling" : "webhook",
        refusal: this.#polling?.refusal(),
        webhook: this.#webhook?.info,
        url: this.#webhook?.url,
        heardMs: this.#heardMs,
        isDurable: config.kvPath !== ":memory:",
        database: databaseProblem(),
        nowMs: now(),
      }),
    ];
  }

  /** What is in the way. */
  get problems(): Problem[] {
    const { desks } = this.options;
    const found: Problem[] = problemsIn(this.checks);
    const areLookedAt = desks.all.every(({ watch }) => watch.isLookedAt);
    if (!areLookedAt) found.unshift({ because: "not looked at" });
    if (this.#startProblem) found.push(this.#startProblem);
    for (const served of desks.all) {
      for (const description of served.watch.refusals) {
        found.push({ because: "trouble", description, ...desks.markOf(served) });
      }
    }
    if (this.#isAnswering === false) found.push({ because: "silent" });
    return found;
  }

  /** The link that makes whoever opens it the owner; `undefined`: there is nothing to claim. */
  get claimLink(): string | undefined {
    const { bot, config, desks } = this.options;
    const isClaimed = config.channels.length > 0 || desks.claim !== null;
    return isClaimed || !bot.isInited()
      ? undefined
      : claimLink(bot.botInfo.username, config.claimCode);
  }

  /** An update has come. */
  heard(): void {
    this.#heardMs = this.options.now();
  }

  /** Resolves when Telegram was asked what the first start has left to be asked. */
  get looked(): Promise<unknown> | undefined {
    return this.#looking;
  }

  /**
   * Sees to it that updates arrive; without a webhook they are handed to `receive`, which rejects if
   * one was not accepted. To be called again every minute or so; does little while all is well. A
   * desk that is known is at work before Telegram is asked anything about it. Resolves with whether
   * the desk is at work; never rejects.
   */
  async start(receive: ReceiveFetched): Promise<boolean> {
    return await this.#guarded(async () => {
      // Who starts meanwhile knows no more than the first has recalled by then. If that fails, the
      // first says so.
      const beginning = this.#beginning;
      if (beginning) await beginning.catch(() => {});
      else if (await (this.#beginning = this.#beginKnown(receive))) {
        const isRegistered = await this.#webhook?.isRegistered() ?? true;
        if (isRegistered && await this.#isWell()) return true;
        this.#looking = this.#guarded(() => this.#lookBehind(receive));
        this.options.later(this.#looking.then(() => {}));
        return true;
      }
      return await this.#isWell() || await this.#look(receive);
    });
  }

  /** Looks once what had come before the start is taken in. */
  async #lookBehind(receive: ReceiveFetched): Promise<boolean> {
    await this.#polling?.caughtUp;
    return await this.#look(receive);
  }

  /** Begins with what is known from before; whether that is enough. */
  async #beginKnown(receive: ReceiveFetched): Promise<boolean> {
    const { bot, desks } = this.options;
    await Promise.all([this.#identity.recallIfKnown(), desks.recallIfKnown()]);
    if (!bot.isInited() || !desks.isKnown) return false;
    await this.#beginPolling(receive);
    return true;
  }

  /** Whether all is well, as this or another instance has found of late. */
  async #isWell(): Promise<boolean> {
    const { desks } = this.options;
    await Promise.all(
      desks.all.map(async ({ watch }) => {
        if (watch.isDue || !watch.isLookedAt) await watch.recallLook();
      }),
    );
    if (this.problems.length > 0 || this.#isDue) return false;
    await desks.refresh();
    if (this.#isDue) return false;
    await this.#webhook?.ask();
    if (this.problems.length > 0) return false;
    // Who has looked was answered.
    this.#isAnswering ??= true;
    return true;
  }

  /** Whether it is time to look at a desk. */
  get #isDue(): boolean {
    return this.options.desks.all.some(({ watch }) => watch.isDue);
  }

  /** Asks Telegram whatever there is to be asked. */
  async #look(receive: ReceiveFetched): Promise<boolean> {
    const { desks } = this.options;
    await this.#connect();
    // Whatever comes is taken in, also while Telegram does not tell of the desk.
    await this.#beginPolling(receive);
    await desks.refresh();
    await desks.look();
    this.#tellHowToClaim();
    await this.#webhook?.register();
    this.#startProblem = null;
    this.#startFailure = undefined;
    return desks.isKnown;
  }

  /** Does a start's work; what fails is noted as what is in the way. */
  async #guarded(work: () => Promise<boolean>): Promise<boolean> {
    const { databaseProblem, log } = this.options;
    try {
      return await work();
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
   * Takes from memory who the bot is. Throws `NotReady` if it does not know: Telegram is not asked
   * while an update waits for its receipt.
   */
  async recall(): Promise<void> {
    await this.#identity.recall();
  }

  /** Asks how deliveries go, however lately that was asked. */
  async askAgain(): Promise<void> {
    await this.#webhook?.askAgain();
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

  /** Learns who the bot is, and takes from memory which desks it has. */
  async #connect(): Promise<void> {
    await this.#identity.recallIfKnown();
    await this.options.desks.recallIfKnown();
    await this.#identity.ask();
  }

  async #beginPolling(receive: ReceiveFetched): Promise<void> {
    const { bot, config, memory, later, log } = this.options;
    if (config.publicUrl !== undefined || this.#polling) return;
    const known = await memory.recall("webhook");
    const isClear = known !== null && isSameRegistration(known, NO_WEBHOOK);
    const onClear = () => later(memory.remember("webhook", NO_WEBHOOK));
    const { signal } = this.#stopping;
    this.#polling ??= poll(bot.api, { handle: receive, isClear, onClear, signal, log });
  }
}

/** What an error says is in the way of the start; `null`: what the database says already. */
function startProblemOf(error: unknown, ofDatabase: CheckProblem | undefined): Problem | null {
  if (error instanceof ProblemError) return error.problem;
  return ofDatabase && isSaid(error) ? null : { because: "start failed" };
}
