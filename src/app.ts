/**
 * The whole bot, joined: what comes in is accepted into the outbox, what lies in the outbox goes
 * out. Everything of the outside world is an argument.
 */
import type { Bot } from "grammy";
import type { Update, UserFromGetMe } from "grammy/types";
import type { Config } from "./config.ts";
import type { Desk } from "./desk.ts";
import { type Alarm, createAlarm } from "./kv/alarm.ts";
import { Outbox } from "./kv/outbox.ts";
import { sealWith } from "./kv/seal.ts";
import { Store } from "./kv/store.ts";
import type { Log } from "./log.ts";
import { answerOf } from "./telegram/api.ts";
import { createBot } from "./telegram/bot.ts";
import { createDeliver } from "./telegram/deliver.ts";
import { discoverDesk } from "./telegram/discover.ts";
import { Team } from "./telegram/membership.ts";
import { poll, type Polling } from "./telegram/polling.ts";
import { registerWebhook, type Registration, WEBHOOK_PATH } from "./telegram/webhook.ts";
import type { Health } from "./web/health.ts";
import { createWeb } from "./web/web.ts";

/** What the bot needs of the world. */
export interface AppOptions {
  config: Config;
  kv: Deno.Kv;
  fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  now: () => number;
  /** From 0 to 1; spreads retries. */
  random?: () => number;
  log: Log;
  /** What wakes lanes; by default the database's queue. */
  alarm?: Alarm;
  /** How the bot calls itself in `/health`; by default how it gets its updates. */
  mode?: Health["mode"];
}

/** A running bot. */
export interface App {
  bot: Bot;
  /** Answers HTTP requests: the webhook, `/health` and the status page. */
  handler: (request: Request) => Promise<Response>;
  /**
   * Connects to Telegram: learns the bot's name and the desk, receives updates, and works the lanes
   * that are due. To be called again every minute or so: it repeats what failed, looks again at a
   * desk with problems, and begins every lane whose bell was lost. Resolves with whether the desk
   * is at work; never rejects.
   */
  start: () => Promise<boolean>;
  /** Works every lane that is due and resolves when nothing is being worked any more. */
  drain: () => Promise<void>;
  /** Resolves when nothing is being worked. */
  settled: () => Promise<void>;
  /** Stops within `graceMs`: what is under way is finished, or ended and left for the next start. */
  close: (graceMs?: number) => Promise<void>;
}

/** A refusal is shown as a problem for as long as it has been heard this recently. */
const TROUBLE_MS = 3 * 60_000;
/** How long a desk without problems is trusted before it is looked at again. */
const DESK_TRUST_MS = 60 * 60_000;
/** How much of the outbox is counted for `/health`. */
const COUNTED_JOBS = 10_000;

/** The desk as it is kept, with the setting it was found by. */
interface KnownDesk {
  channel: Config["channel"];
  desk: Desk;
}

/** Joins the bot; nothing is sent or received before `start`. */
export function createApp(options: AppOptions): App {
  const { config, kv, now, log, random = Math.random } = options;
  const store = new Store(kv, {
    botId: config.botId,
    owner: crypto.randomUUID(),
    seal: sealWith(config.botToken),
    retentionDays: config.retentionDays,
    now,
  });
  const calls = new AbortController();
  const receiving = new AbortController();
  let currentDesk: Desk | null = null;
  let deskProblems: string[] = ["The bot has not looked at its desk yet."];
  let otherProblems: string[] = [];
  let trouble: { problem: string; atMs: number } | null = null;
  let isTelegramAnswering = false;
  let polling: Polling | undefined;
  let connecting: Promise<void> | undefined;
  let deskCheckedMs = -Infinity;

  function desk(): Desk {
    if (!currentDesk) throw new Error("The desk is not known yet");
    return currentDesk;
  }

  const bot = createBot({
    config,
    fetch: options.fetch,
    signal: calls.signal,
    circumstances: () => {
      const { locale, albumQuietMs, fingerprintKey } = config;
      return { desk: desk(), nowMs: now(), locale, albumQuietMs, fingerprintKey };
    },
    accept: async (update, decide) => {
      const touched = await store.accept(desk().channelId, update.update_id, decide);
      for (const each of touched) outbox.drain(each);
    },
  });
  bot.api.config.use(async (call, method, payload, signal) => {
    try {
      const answer = await call(method, payload, signal);
      isTelegramAnswering = answer.ok || answer.error_code < 500;
      return answer;
    } catch (error) {
      isTelegramAnswering = false;
      throw error;
    }
  });

  const outbox = new Outbox({
    store,
    work: createDeliver({
      api: bot.api,
      desk,
      team: new Team({ api: bot.api, desk, now }),
      config,
      now,
      log,
      onTrouble: ({ description }) => {
        const problem = `Telegram refuses what the bot has to do: "${description}". ` +
          "Check that it is an administrator of the channel and of its group.";
        if (trouble?.problem !== problem) log.error("trouble", { problem });
        trouble = { problem, atMs: now() };
      },
    }),
    alarm: options.alarm ?? createAlarm(kv, { botId: config.botId, now, log }),
    now,
    random,
    log,
  });

  /** Learns who we are and which desk we serve, from the database if it knows. */
  async function connect(): Promise<void> {
    if (!bot.isInited()) {
      const known = await store.recall<UserFromGetMe>("me");
      if (known) bot.botInfo = known;
      else await learnMe();
    }
    if (!currentDesk) {
      const known = await store.recall<KnownDesk>("desk");
      if (known && known.channel === config.channel) {
        currentDesk = known.desk;
        deskProblems = [];
      } else await learnDesk();
    }
  }

  async function learnMe(): Promise<void> {
    const answer = await answerOf(bot.api.getMe());
    if (answer.failure) {
      const words = answer.failure.description;
      throw new Error(`Telegram does not say who the bot is: "${words}". Check BOT_TOKEN`);
    }
    bot.botInfo = answer.result;
    await store.remember("me", answer.result);
  }

  async function learnDesk(): Promise<void> {
    deskCheckedMs = now();
    if (config.channel === undefined) {
      deskProblems = ["CHANNEL_ID is missing: set it to the ID of the desk's channel."];
      return;
    }
    const found = await discoverDesk(bot.api, { botId: config.botId, channel: config.channel });
    for (const problem of found.problems) {
      if (!deskProblems.includes(problem)) log.error("desk has a problem", { problem });
    }
    deskProblems = found.problems;
    if (!found.desk || (!currentDesk && found.problems.length > 0)) return;
    currentDesk = found.desk;
    await store.remember("desk", { channel: config.channel, desk: found.desk });
  }

  async function receive(update: Update): Promise<void> {
    await (connecting ??= connect().finally(() => connecting = undefined));
    await bot.handleUpdate(update);
  }

  async function register(publicUrl: string): Promise<void> {
    const known = await store.recall<Registration>("webhook");
    const secret = config.webhookSecret;
    const registered = await registerWebhook(bot.api, { publicUrl, secret, known });
    if (registered !== known) await store.remember("webhook", registered);
  }

  async function start(): Promise<boolean> {
    try {
      const startedMs = now();
      const isTrusted = problems().length === 0 && startedMs - deskCheckedMs < DESK_TRUST_MS;
      if (!isTrusted) {
        await connect();
        if (deskCheckedMs < startedMs) await learnDesk();
        otherProblems = [];
        if (!currentDesk) return false;
        if (config.publicUrl !== undefined) await register(config.publicUrl);
        else polling ??= poll(bot.api, { handle: receive, signal: receiving.signal, log });
      }
      await outbox.sweep();
      return true;
    } catch (error) {
      log.error("start failed", { error });
      otherProblems = [error instanceof Error ? `${error.message}.` : String(error)];
      return false;
    }
  }

  function problems(): string[] {
    const found = [...deskProblems, ...otherProblems];
    if (trouble && now() - trouble.atMs < TROUBLE_MS) found.push(trouble.problem);
    if (!isTelegramAnswering) found.push("Telegram does not answer: check the network.");
    return found;
  }

  async function health(): Promise<Health> {
    const mode = options.mode ?? (config.publicUrl === undefined ? "polling" : "webhook");
    let counts: Awaited<ReturnType<Store["counts"]>> | null = null;
    try {
      counts = await store.counts(COUNTED_JOBS);
    } catch (error) {
      log.error("database cannot be read", { error });
    }
    const found = problems();
    if (!counts) found.push("The database cannot be read: check KV_PATH, and the disk.");
    return {
      ok: found.length === 0,
      mode,
      kv: counts !== null,
      telegram: isTelegramAnswering,
      desk: currentDesk !== null && deskProblems.length === 0,
      waiting: counts?.waiting ?? 0,
      failed: counts?.failed ?? 0,
      oldest_waiting_s: Math.floor((now() - (counts?.oldestMs ?? now())) / 1000),
      problems: found,
    };
  }

  return {
    bot,
    handler: createWeb({
      webhook: { secret: config.webhookSecret, path: WEBHOOK_PATH, receive },
      health,
      log,
    }),
    start,
    drain: async () => {
      await outbox.sweep();
      await outbox.settled();
    },
    settled: () => outbox.settled(),
    close: async (graceMs = 4000) => {
      receiving.abort();
      const timer = setTimeout(() => calls.abort(), graceMs);
      await Promise.all([outbox.close(), polling?.stopped]);
      clearTimeout(timer);
    },
  };
}
