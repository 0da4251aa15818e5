/**
 * The whole bot, joined: what comes in is accepted into the outbox, what lies in the outbox goes
 * out. Everything of the outside world is an argument.
 */
import type { Bot } from "grammy";
import type { Config } from "./config.ts";
import { type Alarm, createAlarm } from "./kv/alarm.ts";
import type { Touched } from "./kv/change_writer.ts";
import { type Gate, Outbox } from "./kv/outbox.ts";
import { sealWith } from "./kv/seal.ts";
import { Store } from "./kv/store.ts";
import { laneName } from "./conversation/lane.ts";
import type { Log } from "./log.ts";
import { Background } from "./jobs/background.ts";
import { Pace } from "./jobs/pace.ts";
import { onCrowd } from "./decisions/customer.ts";
import { onExpired } from "./privacy/erasure.ts";
import { Replies } from "./replies/replies.ts";
import { Retention } from "./privacy/retention.ts";
import { Standing } from "./health/status_board.ts";
import type { Mode } from "./health/status.ts";
import { beginsSilently } from "./jobs/task.ts";
import { personOf } from "./desk/team.ts";
import { adminCommands } from "./telegram/commands/admin.ts";
import { addHandlers, createBot } from "./telegram/receiving/bot.ts";
import { Commands } from "./telegram/commands/commands.ts";
import { Connection } from "./telegram/receiving/connection.ts";
import { DeskWatch } from "./telegram/desk/desk_watch.ts";
import { createDeliver } from "./telegram/deliver.ts";
import { FailedList } from "./telegram/commands/failed.ts";
import { guardCommands } from "./telegram/commands/guard.ts";
import { giveAnswer, inline } from "./telegram/receiving/inline.ts";
import { Intake } from "./telegram/receiving/intake.ts";
import { Team } from "./telegram/desk/membership.ts";
import { Menus } from "./telegram/desk/menus.ts";
import { Presses } from "./telegram/commands/presses.ts";
import { privateCommands } from "./telegram/commands/private.ts";
import { Ranks } from "./telegram/desk/rank.ts";
import { ReplyDesk } from "./telegram/commands/replies.ts";
import { Setup } from "./telegram/desk/setup.ts";
import { threadCommands } from "./telegram/commands/thread.ts";
import { Walk } from "./telegram/desk/trial.ts";
import { WEBHOOK_PATH } from "./telegram/receiving/registration.ts";
import { VERSION } from "./version.ts";
import { createWeb, type Handler } from "./web/web.ts";
import { wishOf } from "./jobs/pace.ts";

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
  mode?: Mode;
}

/** A running bot. */
export interface App {
  bot: Bot;
  /** Answers HTTP requests: the webhook, `/health` and the page. */
  handler: Handler;
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

/** How much of the outbox is counted for `/health`. */
const COUNTED_JOBS = 1000;

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
  const pace = new Pace(config.pace === "telegram");

  const bot = createBot({ config, fetch: options.fetch, signal: calls.signal });
  const botUsername = () => bot.botInfo.username;
  const background = new Background(log);
  const later = background.track;
  const watch = new DeskWatch({
    api: bot.api,
    config,
    memory: store.bot,
    me: () => bot.botInfo,
    now,
    log,
    onReady: async () => {
      pace.release();
      await outbox.sweep("desk");
    },
  });
  const connection = new Connection({
    bot,
    config,
    memory: store.bot,
    watch,
    receive: async (update) => {
      const call = await intake.receive(update);
      if (call) later(giveAnswer(call, { api: bot.api, log }));
    },
    now,
    log,
  });
  const desk = () => watch.desk;
  const team = new Team({ api: bot.api, desk, now });
  const { fingerprintKey } = config;
  const replies = new Replies(store.replies, { fingerprintKey, track: later, log });
  const replyDesk = new ReplyDesk({ fetch: options.fetch, replies, config });
  const ranks = new Ranks({ api: bot.api, desk, team });
  const failedList = new FailedList({
    config,
    failed: {
      list: (deskId) => store.listFailed(deskId),
      retry: async (deskId, which) => begin(await store.retryFailed(deskId, which)),
      dismiss: (deskId, which) => store.dismissFailed(deskId, which),
    },
  });
  const commands = new Commands({
    ranks,
    handlers: {
      ...threadCommands(ranks),
      ...privateCommands,
      ...adminCommands({ failedList }),
      ...guardCommands,
      ...replyDesk.handlers,
      setup: (_delivery, { given }) => {
        if (given.from) later(setup.show(given.from));
        return Promise.resolve({ kind: "sent" });
      },
    },
    presses: new Presses({ ranks, failedList, replyDesk }),
    botUsername,
  });
  const walk = new Walk({ api: bot.api, desk, config, memory: store.bot, now });
  const setup: Setup = new Setup({
    api: bot.api,
    config,
    memory: store.bot,
    watch,
    walk,
    checks: () => connection.checks,
    lookAgain: () => watch.lookAgain(),
    isAdmin: async (user) => {
      const answer = await ranks.has("admin", personOf(user), store.reader(desk().channelId));
      return !answer.failure && answer.result;
    },
    botUsername,
    log,
  });
  watch.follow(() => later(setup.renew()));
  const retention = new Retention({
    memory: store.bot,
    lists: store.desks,
    settings: (deskId) => store.reader(deskId).settings(),
    expire: async (which) => {
      begin(await store.record(which.deskId, (read) => onExpired(read, which, now())));
    },
    now,
    log,
  });
  const menus = new Menus({ api: bot.api, locale: config.locale, memory: store.bot, now, log });
  const intake = new Intake({ bot, connection, failures: store, desk, log });
  addHandlers(bot, {
    setup: setup.composer(later),
    recallDesk: () => watch.recall(),
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
    }, { leave: (update, call) => intake.leave(update, call), later }),
    accept: async (update, decide) => {
      begin(await store.accept(watch.desk.channelId, update.update_id, decide));
    },
    circumstances: () => {
      const { albumQuietMs, retentionDays, fingerprintKey, botId } = config;
      return {
        desk: watch.desk,
        nowMs: now(),
        albumQuietMs,
        retentionDays,
        fingerprintKey,
        botId,
        botUsername: botUsername(),
      };
    },
    refresh: () => watch.refresh(),
    linked: () => watch.linked,
    isOurs: async (place) => {
      const read = store.reader(watch.desk.channelId);
      return await read.customerByRoot(place) !== null || await read.counterpart(place) !== null;
    },
    onDeskChanged: () => later(watch.lookAgain()),
    onMigrated: (groupId) => later(watch.migrate(groupId)),
    onMember: (member) => later(menus.renew(watch.desk, member)),
  });

  const gate: Gate = {
    admit({ job, followedBy }) {
      return beginsSilently(job.task)
        ? now()
        : pace.ask(wishOf(job, followedBy, watch.desk), now());
    },
    pass: (lane) => pace.use(laneName(lane), now()),
    turnedBack: (lane) => pace.giveBack(laneName(lane)),
    crowded(lane) {
      later(
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
      desk: { watch, team, ranks },
      pauses: {
        hold: (chatId, untilMs) => pace.hold(chatId, untilMs),
        pause: (chatId, untilMs) => {
          pace.hold(chatId, untilMs);
          // The job's own commit says so too, but is refused if the job has changed meanwhile.
          const pauses = [{ chatId, untilMs }];
          later(store.record(watch.desk.channelId, () => ({ pauses })).then(begin));
        },
      },
      menus,
      replies,
      lists: store.desks,
      config,
      later,
      now,
      log,
    }, commands),
    alarm: options.alarm ?? createAlarm(kv, { botId: config.botId, now, log }),
    gate,
    background,
    now,
    random,
    log,
  });

  function begin(lanes: Touched[]): void {
    for (const lane of lanes) outbox.drain(lane);
  }

  async function start(): Promise<boolean> {
    const isReady = await connection.start();
    if (!isReady) return false;
    later(menus.keep(watch.desk));
    later(retention.sweep());
    replies.follow(watch.desk.channelId);
    try {
      await outbox.sweep();
    } catch (error) {
      log.error("sweep failed", { error });
    }
    return true;
  }

  let firstStart: Promise<boolean> | undefined;
  const standing = new Standing({
    mode: options.mode ?? (config.publicUrl === undefined ? "polling" : "webhook"),
    known: () => {
      const { problems, checks, claimLink, isAnswering } = connection;
      return {
        isTelegramAnswering: isAnswering,
        isDeskKnown: watch.isKnown,
        isDeskReady: watch.isReady,
        problems,
        checks: [...checks, walk.check],
        ...(claimLink === undefined ? {} : { claimLink }),
      };
    },
    counts: () => store.counts(COUNTED_JOBS),
    firstLook: () => firstStart,
    lookAgain: async () => {
      await start();
      // A look that others have begun may be over sooner, or have seen less.
      await watch.lookAgain();
      await connection.askAgain();
    },
    now,
    log,
  });

  return {
    bot,
    handler: createWeb({
      webhook: {
        secret: config.webhookSecret,
        path: WEBHOOK_PATH,
        receive: (update) => intake.receive(update),
      },
      status: (isAnew) => standing.status(isAnew),
      code: config.claimCode,
      isPublic: config.publicUrl !== undefined,
      locale: config.locale,
      timeZone: config.timeZone,
      version: VERSION,
      now,
      log,
    }),
    start: () => {
      const starting = start();
      firstStart ??= starting;
      return starting;
    },
    drain: async () => {
      await outbox.sweep();
      await background.settled();
    },
    settled: () => background.settled(),
    close: async (graceMs = 4000) => {
      const timer = setTimeout(() => calls.abort(), graceMs);
      await Promise.all([replies.close(), outbox.close(), connection.stop()]);
      clearTimeout(timer);
    },
  };
}
