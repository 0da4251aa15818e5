/**
 * The whole bot, joined in the order in which one part needs another: what is kept, the line to
 * Telegram with the desks at its end, how the bot appears there, the way out, the way in, and what is
 * told of all that. Everything of the outside world is an argument.
 */
import type { Bot } from "grammy";
import type { Config } from "./config.ts";
import { type Lane, NO_DESK } from "./conversation/lane.ts";
import { type Alarm, createAlarm } from "./kv/alarm.ts";
import { isSaid } from "./values/try_again.ts";
import { type Database, serveDatabase } from "./kv/database.ts";
import { ChatPauses } from "./kv/chat_pauses.ts";
import { Outbox } from "./kv/outbox.ts";
import { pacedGate } from "./kv/paced_gate.ts";
import { Upkeep } from "./kv/upkeep.ts";
import { Background, type Later } from "./jobs/background.ts";
import type { Log } from "./log.ts";
import { Pace } from "./jobs/pace.ts";
import { Replies } from "./replies/replies.ts";
import type { Mode } from "./health/status.ts";
import { StatusBoard } from "./health/status_board.ts";
import type { Commands } from "./telegram/commands/commands.ts";
import { createDeliver } from "./telegram/deliver.ts";
import { createLine, type Line } from "./telegram/line.ts";
import type { Intake } from "./telegram/receiving/intake.ts";
import { createReceiving } from "./telegram/receiving/receiving.ts";
import { type Appearance, appearanceOf } from "./telegram/desk/appearance.ts";
import { WEBHOOK_PATH } from "./telegram/receiving/registration.ts";
import { SECOND_MS } from "./time/duration.ts";
import { steadyClock } from "./time/steady.ts";
import { setRealTimer, type SetTimer } from "./time/timer.ts";
import { VERSION } from "./version.ts";
import { Roots } from "./telegram/sending/roots.ts";
import { Webhook } from "./web/webhook.ts";
import { createWeb, type HttpHandler } from "./web/routes.ts";

/** How long what is under way may take at the end, if nothing else is said. */
const GRACE_MS = 4 * SECOND_MS;

/** What the bot needs of the world. */
export interface AppOptions {
  config: Config;
  kv: Deno.Kv;
  fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Milliseconds that only go forward, from any beginning; by default `now`, but for its way back. */
  steady?: () => number;
  /**
   * Timers that go by `now`. By default the runtime's; but where `alarm` is somebody's own, time is
   * theirs, too: without their timers no instance is taken for dead before its leases end.
   */
  setTimer?: SetTimer;
  /**
   * Whether no other instance works on this database as long as this one does, so that whatever
   * leases others hold there are the dead's, and what was read stays as it is. By default it may.
   */
  isAlone?: boolean;
  /** From 0 to 1; spreads retries. */
  random?: () => number;
  log: Log;
  /** What wakes lanes; by default timers of this process. */
  alarm?: Alarm;
  /** How the bot calls itself in `/health`; by default how it gets its updates. */
  mode?: Mode;
}

/** A running bot. */
export interface App {
  bot: Bot;
  /** Answers HTTP requests: the webhook, `/health` and the page. */
  handler: HttpHandler;
  /** Takes in what Telegram brings, for whoever has read the request already. */
  webhook: Webhook;
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

/** Joins the bot; nothing is sent or received before `start`. */
export function createApp(options: AppOptions): App {
  const base = createBase(options);
  const line = layLine(base);
  const appearance = createAppearance(base, line);
  const replay = (update: unknown) => intake.replay(update);
  const outbox = createOutbox(base, line, appearance, replay);
  const intake = createIntake(base, line, appearance);
  const start = createStart(base, line, { ...appearance, outbox, intake });
  let firstStart: Promise<boolean> | undefined;
  const statusBoard = createStatusBoard(base, line, { start, firstStart: () => firstStart });
  const { config, background, replies, log } = base;
  const webhook = new Webhook({
    path: WEBHOOK_PATH,
    secret: config.webhookSecret,
    receive: (update) => intake.receive(update),
    log,
  });
  return {
    bot: line.bot,
    handler: createHandler(base, { webhook, statusBoard }),
    webhook,
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
    close: async (graceMs = GRACE_MS) => {
      const timer = setTimeout(() => line.calls.abort(), graceMs);
      intake.parking.stop();
      await Promise.all([replies.close(), outbox.close(), line.connection.stop()]);
      clearTimeout(timer);
    },
  };
}

/** What every part stands on: what is given, what is kept, and what is being done. */
interface Base extends Required<AppOptions>, Database {
  background: Background;
  later: Later;
  pace: Pace;
  replies: Replies;
}

function createBase(options: AppOptions): Base {
  const { config, now, log, steady = steadyClock(now), isAlone = false } = options;
  const { fingerprintKey } = config;
  const givesSigns = options.setTimer !== undefined || options.alarm === undefined;
  const database = serveDatabase({ ...options, steady, givesSigns, isAlone });
  const background = new Background(log);
  const later = background.track;
  return {
    random: Math.random,
    alarm: createAlarm(setRealTimer, now),
    mode: config.publicUrl === undefined ? "polling" : "webhook",
    setTimer: setRealTimer,
    ...options,
    ...database,
    steady,
    isAlone,
    background,
    later,
    pace: new Pace(config.pace === "telegram"),
    replies: new Replies(database.store.replies, { fingerprintKey, track: later, log }),
  };
}

/** The line to Telegram, counted for the pace; what waited goes out when the desk is repaired. */
function layLine({ condition, store, ledger, pace, steady, ...base }: Base): Line {
  return createLine({
    ...base,
    memory: store.bot,
    onCall: ({ chatId, count }) => pace.made(chatId, count, steady()),
    onReady: async () => {
      pace.release();
      await ledger.wake("desk");
    },
    databaseProblem: () => condition.problem,
  });
}

/** What people see of the bot beside its conversations. */
function createAppearance(base: Base, line: Line): Appearance {
  const { store, ledger } = base;
  const { bot: { api }, connection } = line;
  return appearanceOf({
    ...base,
    ...line,
    api,
    memory: store.bot,
    checksOf: (served) => connection.checksOf(served),
    lists: store.desks,
    reader: (deskId) => ledger.reader(deskId),
    record: (deskId, decide) => ledger.record(deskId, decide),
  });
}

/** The way out: jobs are worked at the pace Telegram allows. */
function createOutbox(
  base: Base,
  line: Line,
  { menus, setup }: Appearance,
  replay: (update: unknown) => Promise<void>,
): Outbox {
  const { config, store, ledger, later, pace, replies, now, steady, log } = base;
  const { bot: { api }, desks } = line;
  const deskOf = (lane: Lane) => desks.ofLane(lane).watch.desk;
  const isLeft = (lane: Lane) => !desks.serves(lane);
  const paced = { pace, ledger, deskOf, isLeft, later, now, steady };
  const pauses = new ChatPauses(paced);
  const lists = store.desks;
  const work = createDeliver(
    {
      api,
      desks,
      reader: (deskId) => ledger.reader(deskId),
      pauses,
      roots: new Roots(now),
      menus,
      replies,
      lists,
      replay,
      config,
      later,
      now,
      log,
    },
    loadsCommands(base, line, setup),
  );
  const kindsIn = (lane: Lane, most: number) => store.lanes.kinds(lane, most);
  const outbox = new Outbox({ ...base, work, gate: pacedGate({ ...paced, kindsIn }) });
  ledger.workedBy(outbox);
  return outbox;
}

/** What is asked of the bot, loaded with the first of it: a start that need not wait for that is sooner. */
function loadsCommands(
  { config, fetch, store, ledger, later, replies }: Base,
  { desks, botUsername }: Line,
  setup: Appearance["setup"],
): () => Promise<Commands> {
  let loading: Promise<Commands> | undefined;
  const load = async () => {
    const { createCommands } = await import("./telegram/commands/handlers.ts");
    return createCommands({
      replies,
      failed: {
        list: (deskId) => store.failed.list(deskId),
        retry: (deskId, which) => ledger.retryFailed(deskId, which),
        dismiss: (deskId, which) => store.failed.dismiss(deskId, which),
      },
      showSetup: (userId, language, shown) => setup.showAnew(userId, language, shown),
      desks,
      lists: store.desks,
      lead: (userId, language) => setup.lead(userId, language),
      reader: (deskId) => ledger.reader(deskId),
      fetch,
      config,
      botUsername,
      later,
    });
  };
  return () => loading ??= load();
}

/** The way in: what comes is accepted into the outbox. */
function createIntake(base: Base, line: Line, appearance: Appearance): Intake {
  const { ledger: records, store: { parked, failed: failures } } = base;
  const countOpen = (deskId: number) => base.store.desks.open(deskId, 0);
  return createReceiving({ ...base, ...line, ...appearance, records, parked, countOpen, failures });
}

/** What is done at each start, and every minute or so. */
function createStart(
  { condition, store, ledger, later, replies, now, log }: Base,
  { connection, me, desks }: Line,
  { menus, profile, outbox, intake }: Pick<Appearance, "menus" | "profile"> & {
    outbox: Outbox;
    intake: Intake;
  },
): () => Promise<boolean> {
  const upkeep = new Upkeep({ store, ledger, now, log });
  return async () => {
    condition.look(() => store.tryToWrite());
    const isReady = await connection.start((update) => intake.receiveFetched(update));
    if (condition.isOfFile) later(store.fillLog());
    later(intake.parking.resume());
    if (me()) later(profile.keep());
    if (!isReady) {
      later(outbox.sweep(undefined, ({ deskId }) => deskId === NO_DESK));
      return false;
    }
    later(desks.name());
    later(menus.keep(desks.known.map(({ watch }) => watch.desk)));
    later(upkeep.expire());
    later(upkeep.lookAtRoots());
    for (const { watch } of desks.known) replies.follow(watch.desk.channelId);
    try {
      await outbox.sweep();
    } catch (error) {
      if (!isSaid(error)) log.error("sweep failed by our own fault", { error });
    }
    return true;
  };
}

/** What monitors and the page are told. */
function createStatusBoard(
  { mode, condition, store, now, log }: Base,
  { connection, desks, known }: Line,
  { start, firstStart }: {
    start: () => Promise<boolean>;
    firstStart: () => Promise<boolean> | undefined;
  },
): StatusBoard {
  return new StatusBoard({
    mode,
    known,
    counts: (most) => {
      const counts = store.counts(most);
      condition.look(() => store.tryToWrite());
      return counts;
    },
    firstLook: () => firstStart()?.then(() => connection.looked),
    lookAgain: async () => {
      await start();
      // A look that others have begun may be over sooner, or have seen less.
      await desks.lookAgain();
      await connection.askAgain();
    },
    now,
    log,
  });
}

function createHandler(
  { config, now, log }: Base,
  { webhook, statusBoard }: { webhook: Webhook; statusBoard: StatusBoard },
): HttpHandler {
  return createWeb({
    webhook,
    status: (isAnew) => statusBoard.status(isAnew),
    code: config.claimCode,
    locale: config.locale,
    timeZone: config.timeZone,
    version: VERSION,
    now,
    log,
  });
}
