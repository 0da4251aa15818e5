/**
 * The whole bot, joined: what comes in is accepted into the outbox, what lies in the outbox goes
 * out. Everything of the outside world is an argument.
 */
import { type Bot, BotError } from "grammy";
import type { Update } from "grammy/types";
import type { Call } from "./call.ts";
import type { Config } from "./config.ts";
import { isMessage, laneName, sizeOf, targetOf } from "./job.ts";
import { type Alarm, createAlarm } from "./kv/alarm.ts";
import type { Touched } from "./kv/change_writer.ts";
import { type Gate, Outbox } from "./kv/outbox.ts";
import { sealWith } from "./kv/seal.ts";
import { Store } from "./kv/store.ts";
import type { Log } from "./log.ts";
import { Pace } from "./pace.ts";
import { onCrowd } from "./relay.ts";
import { Replies } from "./replies.ts";
import { Admin } from "./telegram/admin.ts";
import { addHandlers, createBot } from "./telegram/bot.ts";
import { Connection } from "./telegram/connection.ts";
import { createDeliver } from "./telegram/deliver.ts";
import { giveAnswer, inline } from "./telegram/inline.ts";
import { Team } from "./telegram/membership.ts";
import { ReplyDesk } from "./telegram/replies.ts";
import { WEBHOOK_PATH } from "./telegram/webhook.ts";
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
   * Connects to Telegram: learns the bot's name and the desk, receives updates, and begins to work
   * the lanes that are due. To be called again every minute or so: it repeats what failed, looks
   * again at a desk with problems, and begins every lane whose bell was lost. Resolves with whether
   * the desk is at work; never rejects.
   */
  start: () => Promise<boolean>;
  /** Works every lane that is due and resolves when nothing is being worked any more. */
  drain: () => Promise<void>;
  /** Resolves when nothing is being worked. */
  settled: () => Promise<void>;
  /** Stops within `graceMs`: what is under way is finished, or ended and left for the next start. */
  close: (graceMs?: number) => Promise<void>;
}

/** How much of the outbox is counted for `/health`, and how long a count is good for. */
const COUNTED_JOBS = 1000;
const COUNT_MS = 5000;
/** How soon a desk is looked at again because something seems wrong with it. */
const LOOK_MS = 60_000;

/** An update that fails this often by our own fault is given up: others wait behind it. */
const MAX_FAILURES = 3;

/** Whether an error is a bug of ours, which no repetition mends, and not the database's or Telegram's. */
function isOurFault(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError ||
    error instanceof ReferenceError || error instanceof SyntaxError;
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
  let counted: { atMs: number; counts: ReturnType<Store["counts"]> } | undefined;
  const calls = new AbortController();
  const pace = new Pace(config.pace === "telegram");

  const bot = createBot({ config, fetch: options.fetch, signal: calls.signal });
  const connection = new Connection({
    bot,
    config,
    memory: store,
    receive: async (update) => {
      const call = await receive(update);
      if (call) later(giveAnswer(call, { api: bot.api, log }));
    },
    now,
    log,
  });
  const desk = () => connection.desk;
  const admin = new Admin({
    api: bot.api,
    desk,
    config,
    log,
    failed: {
      list: ({ channelId }) => store.listFailed(channelId),
      retry: async ({ channelId }, which) => begin(await store.retryFailed(channelId, which)),
      dismiss: ({ channelId }, which) => store.dismissFailed(channelId, which),
    },
  });
  const team = new Team({ api: bot.api, desk, now });
  const later = (work: Promise<void>) => outbox.track(work);
  const { fingerprintKey } = config;
  const replies = new Replies(store.replies, { fingerprintKey, track: later, log });
  const replyDesk = new ReplyDesk({
    api: bot.api,
    fetch: options.fetch,
    desk,
    admin,
    replies,
    config,
    log,
  });
  /**
   * By update, the call it leaves to be made. grammY's own webhook replies would tell whoever calls
   * that Telegram has answered, while nobody knows.
   */
  const left = new WeakMap<Update, Call>();
  addHandlers(bot, {
    admin: admin.composer(later),
    replies: replyDesk.composer(later),
    inline: inline({
      api: bot.api,
      desk,
      team,
      replies,
      read: ({ channelId }) => store.reader(channelId),
      learn: async ({ channelId }, memberships) => {
        await store.record(channelId, async (read) => {
          // What an update has told meanwhile is newer than what was asked.
          const known = await Promise.all(memberships.map((each) => read.membership(each.userId)));
          return { memberships: memberships.filter((_, index) => !known[index]) };
        });
      },
      config,
      log,
    }, { leave: (update, answer) => left.set(update, answer), later }),
    accept: async (update, decide) => {
      begin(await store.accept(connection.desk.channelId, update.update_id, decide));
    },
    circumstances: () => {
      const { locale, albumQuietMs, fingerprintKey, botId } = config;
      return { desk: connection.desk, nowMs: now(), locale, albumQuietMs, fingerprintKey, botId };
    },
    onDeskChanged: () => outbox.track(lookAgain()),
    onMigrated: (groupId) => outbox.track(connection.migrate(groupId)),
  });

  const gate: Gate = {
    admit({ job, followedBy }) {
      const { lane, task, acceptedMs: sinceMs } = job;
      // Closing an album sends nothing.
      if (task.kind === "album" && !task.isClosed) return now();
      const wish = {
        lane: laneName(lane),
        chatId: targetOf(job, connection.desk),
        count: sizeOf(task),
        isUrgent: isMessage(task.kind) || (followedBy !== undefined && isMessage(followedBy)),
        sinceMs,
      };
      return pace.ask(wish, now());
    },
    pass: (lane) => pace.use(laneName(lane), now()),
    turnedBack: (lane) => pace.giveBack(laneName(lane)),
    crowded(lane) {
      outbox.track(
        store.record(lane.deskId, async (read) => {
          const known = await read.conversation(lane.customerId);
          return known ? onCrowd(known, lane, now()) : {};
        }).then(begin),
      );
    },
  };
  const outbox: Outbox = new Outbox({
    store,
    work: createDeliver({
      api: bot.api,
      desk,
      team,
      admin,
      replies,
      replyDesk,
      config,
      now,
      log,
      isDeskReady: () => connection.isDeskReady,
      repairedMs: () => connection.repairedMs,
      onRootMissing: () => {
        if (now() - connection.checkedMs > LOOK_MS) outbox.track(lookAgain());
      },
      onPause: (chatId, untilMs) => {
        pace.hold(chatId, untilMs);
        // The job's own commit says so too, but is refused if the job has changed meanwhile.
        const pauses = [{ chatId, untilMs }];
        outbox.track(store.record(connection.desk.channelId, () => ({ pauses })).then(begin));
      },
      onTrouble: (failure, { chatId, untilMs }) => {
        pace.hold(chatId, untilMs);
        outbox.track(connection.report(failure));
      },
      onMigrated: (groupId) => outbox.track(connection.migrate(groupId)),
    }),
    alarm: options.alarm ?? createAlarm(kv, { botId: config.botId, now, log }),
    gate,
    now,
    random,
    log,
  });

  function begin(lanes: Touched[]): void {
    for (const lane of lanes) outbox.drain(lane);
  }

  /** Something about the desk has changed: what waited for a repair goes out. */
  async function lookAgain(): Promise<void> {
    if (!await connection.look()) return;
    pace.release();
    await outbox.sweep("desk");
  }

  async function receive(update: Update): Promise<Call | undefined> {
    await connection.recall();
    try {
      await bot.handleUpdate(update);
    } catch (error) {
      const cause = error instanceof BotError ? error.error : error;
      if (!isOurFault(cause)) throw cause;
      const { update_id: updateId } = update;
      log.error("update failed by our own fault", { updateId, error: cause });
      if (await store.countFailure(updateId) < MAX_FAILURES) throw cause;
      await store.giveUpUpdate(connection.desk.channelId, updateId, String(cause));
      log.error("update given up", { updateId, error: cause });
    }
    return left.get(update);
  }

  async function start(): Promise<boolean> {
    const isReady = await connection.start();
    if (!isReady) return false;
    replies.follow(connection.desk.channelId);
    try {
      await outbox.sweep();
    } catch (error) {
      log.error("sweep failed", { error });
    }
    return true;
  }

  async function health(): Promise<Health> {
    const { problems } = connection;
    let counts: Awaited<ReturnType<Store["counts"]>> | null = null;
    try {
      // Anybody may ask: the database is not counted through for each of them.
      if (!counted || now() - counted.atMs >= COUNT_MS) {
        counted = { atMs: now(), counts: store.counts(COUNTED_JOBS) };
      }
      counts = await counted.counts;
    } catch (error) {
      counted = undefined;
      log.error("database cannot be read", { error });
      problems.push("The database cannot be read: check KV_PATH, and the disk.");
    }
    return {
      ok: problems.length === 0,
      mode: options.mode ?? (config.publicUrl === undefined ? "polling" : "webhook"),
      kv: counts !== null,
      telegram: connection.isAnswering,
      desk: connection.isDeskReady,
      waiting: counts?.waiting ?? 0,
      failed: counts?.failed ?? 0,
      oldest_waiting_s: Math.floor((now() - (counts?.oldestMs ?? now())) / 1000),
      problems,
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
      const timer = setTimeout(() => calls.abort(), graceMs);
      await Promise.all([replies.close(), outbox.close(), connection.stop()]);
      clearTimeout(timer);
    },
  };
}
