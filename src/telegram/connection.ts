/**
 * The bot's standing with Telegram: who it is, which desk it serves, how updates reach it, and what
 * is in the way. It repeats what failed until the desk is at work.
 */
import type { Bot } from "grammy";
import type { Update, UserFromGetMe } from "grammy/types";
import type { Failure } from "../classify.ts";
import type { Config } from "../config.ts";
import type { Desk } from "../desk.ts";
import type { Log } from "../log.ts";
import { say } from "../texts/texts.ts";
import { answerOf } from "./api.ts";
import { discoverDesk } from "./discover.ts";
import { poll, type Polling } from "./polling.ts";
import { NotReady } from "./updates.ts";
import { registerWebhook, type Registration } from "./webhook.ts";

/** Small facts kept from start to start. */
export interface Memory {
  recall<T>(name: "me" | "desk" | "webhook"): Promise<T | null>;
  remember(name: "me" | "desk" | "webhook", value: unknown): Promise<void>;
}

/** The desk as it is kept, with the setting it was found by, and when Telegram was asked. */
interface KnownDesk {
  channel: Config["channel"];
  desk: Desk;
  askedMs?: number;
}

/** The group linked to the channel, `null` for none, when Telegram was asked. */
export interface Linked {
  groupId: number | null;
  askedMs: number;
}

/** A refusal is shown as a problem for as long as it has been heard this recently. */
const TROUBLE_MS = 3 * 60_000;
/**
 * How long a desk without problems is trusted before it is looked at again. For so long customers
 * may be shown in a group that is no longer the desk's: no update tells that another was linked.
 */
const DESK_TRUST_MS = 5 * 60_000;

/** One bot's connection. */
export class Connection {
  #desk: Desk | null = null;
  /** When Telegram was asked for the desk as it is held. */
  #askedMs = -Infinity;
  #deskProblems: string[] = ["The bot has not looked at its desk yet."];
  #startProblem: string | null = null;
  #trouble: { problem: string; atMs: number } | null = null;
  #isAnswering = false;
  #linked: Linked | null = null;
  #checkedMs = -Infinity;
  #repairedMs = -Infinity;
  #polling: Polling | undefined;
  readonly #stopping = new AbortController();

  constructor(
    private readonly options: {
      bot: Bot;
      config: Config;
      memory: Memory;
      /** Hands an update on; rejects if it was not accepted. */
      receive: (update: Update) => Promise<void>;
      now: () => number;
      log: Log;
    },
  ) {
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

  /** The desk. Throws `NotReady` while it is not known. */
  get desk(): Desk {
    if (!this.#desk) throw new NotReady("The desk is not known yet");
    return this.#desk;
  }

  /** When the desk was last repaired, or given another group; `-Infinity`: never. */
  get repairedMs(): number {
    return this.#repairedMs;
  }

  /** When Telegram was asked for the desk as it is held. */
  get askedMs(): number {
    return this.#askedMs;
  }

  /** When Telegram was last asked about the desk, and answered. */
  get checkedMs(): number {
    return this.#checkedMs;
  }

  /** Whether Telegram answered when it was last asked. */
  get isAnswering(): boolean {
    return this.#isAnswering;
  }

  /** Whether the desk is known and nothing stands in its way. */
  get isDeskReady(): boolean {
    return this.#desk !== null && this.#deskProblems.length === 0;
  }

  /** Which group is linked to the channel, as Telegram last told; `null`: it never was asked. */
  get linked(): Linked | null {
    return this.#linked;
  }

  /** Whether comments under the channel's posts are in the desk's group, as far as is known. */
  get isLinked(): boolean {
    return this.#linked === null || this.#linked.groupId === this.#desk?.groupId;
  }

  /** What is in the way, a sentence each. */
  get problems(): string[] {
    const found = [...this.#deskProblems];
    if (this.#startProblem) found.push(this.#startProblem);
    if (this.#trouble && this.options.now() - this.#trouble.atMs < TROUBLE_MS) {
      found.push(this.#trouble.problem);
    }
    const refusal = this.#polling?.refusal();
    if (refusal !== undefined) found.push(`No updates arrive: Telegram says "${refusal}".`);
    if (!this.#isAnswering) found.push("Telegram does not answer: check the network.");
    return found;
  }

  /**
   * Sees to it that updates arrive. To be called again every minute or so; does nothing while all is
   * well. Resolves with whether the desk is at work; never rejects.
   */
  async start(): Promise<boolean> {
    const { now, log } = this.options;
    const startedMs = now();
    try {
      const isTrusted = startedMs - this.#checkedMs < DESK_TRUST_MS && this.isLinked;
      if (this.problems.length === 0 && isTrusted) {
        await this.refresh();
        return true;
      }
      await this.#connect();
      if (this.#checkedMs < startedMs) await this.#learnDesk();
      if (this.#desk) await this.#beginReceiving();
      this.#startProblem = null;
      return this.#desk !== null;
    } catch (error) {
      const problem = error instanceof Error ? `${error.message}.` : String(error);
      if (problem !== this.#startProblem) log.error("start failed", { error });
      this.#startProblem = problem;
      return false;
    }
  }

  /**
   * Takes from memory who we are and which desk we serve. Throws `NotReady` if it does not know:
   * Telegram is not asked while an update waits for its receipt.
   */
  async recall(): Promise<void> {
    const { bot, config, memory } = this.options;
    if (!bot.isInited()) {
      const me = await memory.recall<UserFromGetMe>("me");
      if (!me) throw new NotReady("The bot does not know itself yet");
      bot.botInfo = me;
    }
    if (this.#desk) return;
    const known = await memory.recall<KnownDesk>("desk");
    if (!known || known.channel !== config.channel) throw new NotReady("The desk is not known yet");
    this.#hold(known.desk, known.askedMs ?? 0);
    this.#deskProblems = [];
  }

  /** Takes from memory what another instance may have learned of the desk. */
  async refresh(): Promise<void> {
    const { config, memory } = this.options;
    const known = await memory.recall<KnownDesk>("desk");
    if (known && known.channel === config.channel) this.#hold(known.desk, known.askedMs ?? 0);
  }

  /** Looks at the desk again: something about it has changed. Resolves with whether it is ready. */
  async look(): Promise<boolean> {
    await this.#learnDesk();
    if (this.isDeskReady && this.#trouble) {
      this.options.log.info("trouble is over");
      this.#trouble = null;
    }
    return this.isDeskReady;
  }

  /** Telegram refuses what the bot has to do: one line in the log, one to the desk's owner. */
  async report({ description }: Failure): Promise<void> {
    const { bot, config, now, log } = this.options;
    const problem = `Telegram refuses what the bot has to do: "${description}". ` +
      "Check the token, and that the bot is an administrator of the channel and of its group.";
    // Telegram has several words for it; while it lasts, it is heard of every minute.
    const isKnown = this.#trouble !== null && now() - this.#trouble.atMs < TROUBLE_MS;
    this.#trouble = { problem, atMs: now() };
    if (isKnown) return;
    log.error("trouble", { problem });
    const ownerId = this.#desk?.ownerId;
    if (ownerId === undefined) return;
    const words = say({ text: "trouble", description }, config.locale);
    const told = await answerOf(bot.api.sendMessage(ownerId, words));
    // Who never wrote to the bot cannot be written to (Bot API, sendMessage).
    if (told.failure) log.warn("owner not told", { reason: told.failure.description });
  }

  /** The group has become another chat. */
  async migrate(groupId: number): Promise<void> {
    if (!this.#desk || this.#desk.groupId === groupId) return;
    this.options.log.info("group has a new ID", { chatId: groupId });
    await this.#keepDesk({ ...this.#desk, groupId }, this.options.now());
  }

  /** Receives no more updates; resolves when none is being handled. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#polling?.stopped;
  }

  /** Learns who we are and which desk we serve, from memory where it knows. */
  async #connect(): Promise<void> {
    try {
      await this.recall();
    } catch (error) {
      if (!(error instanceof NotReady)) throw error;
      if (!this.options.bot.isInited()) await this.#learnMe();
      await this.#learnDesk();
    }
  }

  async #learnMe(): Promise<void> {
    const { bot, memory } = this.options;
    const answer = await answerOf(bot.api.getMe());
    if (answer.failure) {
      const words = answer.failure.description;
      throw new NotReady(
        `Telegram does not say who the bot is: "${words}". Check BOT_TOKEN and the network`,
      );
    }
    bot.botInfo = answer.result;
    await memory.remember("me", answer.result);
  }

  async #learnDesk(): Promise<void> {
    const { bot, config, now, log } = this.options;
    const askedMs = now();
    if (config.channel === undefined) {
      this.#checkedMs = askedMs;
      this.#deskProblems = ["CHANNEL_ID is missing: set it to the ID of the desk's channel."];
      return;
    }
    const { botId, channel } = config;
    const found = await discoverDesk(bot.api, { botId, channel });
    // Who asked later has been answered sooner.
    if (askedMs < this.#checkedMs) return;
    if (found.linkedId !== undefined) this.#noteLinked({ groupId: found.linkedId, askedMs });
    // What is known of the desk stays true until Telegram says otherwise.
    if (found.isUnanswered && this.#desk) return;
    this.#checkedMs = askedMs;
    for (const problem of found.problems) {
      if (!this.#deskProblems.includes(problem)) log.error("desk has a problem", { problem });
    }
    const wasBroken = this.#desk !== null &&
      (this.#deskProblems.length > 0 || this.#trouble !== null);
    if (wasBroken && found.problems.length === 0) this.#repairedMs = now();
    this.#deskProblems = found.problems;
    if (found.desk && (this.#desk || found.problems.length === 0)) {
      await this.#keepDesk(found.desk, askedMs);
    }
  }

  /** Another instance may have asked later and been answered sooner: then that is kept. */
  async #keepDesk(desk: Desk, askedMs: number): Promise<void> {
    this.#hold(desk, askedMs);
    await this.refresh();
    if (this.#desk !== desk) return;
    const { config: { channel }, memory } = this.options;
    await memory.remember("desk", { channel, desk, askedMs });
  }

  /** Takes the desk as Telegram described it when asked at that time, unless a later one is known. */
  #hold(desk: Desk, askedMs: number): void {
    if (askedMs <= this.#askedMs) return;
    // What came into the other group before it was known is as much missed as in a broken one.
    if (this.#desk && this.#desk.groupId !== desk.groupId) this.#repairedMs = this.options.now();
    this.#desk = desk;
    this.#askedMs = askedMs;
    this.#noteLinked({ groupId: desk.groupId, askedMs });
  }

  #noteLinked(linked: Linked): void {
    if (linked.askedMs >= (this.#linked?.askedMs ?? -Infinity)) this.#linked = linked;
  }

  async #beginReceiving(): Promise<void> {
    const { bot, config, memory, receive, log } = this.options;
    if (config.publicUrl === undefined) {
      const { signal } = this.#stopping;
      this.#polling ??= poll(bot.api, { handle: receive, signal, log });
      return;
    }
    const known = await memory.recall<Registration>("webhook");
    const registered = await registerWebhook(bot.api, {
      publicUrl: config.publicUrl,
      secret: config.webhookSecret,
      known,
    });
    if (JSON.stringify(registered) !== JSON.stringify(known)) {
      await memory.remember("webhook", registered);
    }
  }
}
