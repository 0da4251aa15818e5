/** One run of a case by one of the two bots. */
import { AT_ONCE, type Case, type KillCase, type StartCase, type StreamCase } from "./cases.ts";
import { BotProcess, bytesIn, TelegramProcess, type Usage, usageOf } from "./processes.ts";
import { percentile } from "./bare_telegram.ts";
import type { Arrivals, Load } from "./crowd.ts";
import type { Held, Opened } from "./wire.ts";
import { freePort } from "../support/port.ts";

/** The bare bot, in memory or with what it owes in a database; or ours. */
export type Side = "floor" | "durable" | "balcao";

/**
 * What one run came to, in figures by name. Times are in milliseconds, waits with Telegram's own.
 * `telegramPerSecond` is what the simulated Telegram could have carried with a core of its own.
 */
export type Figures = Record<string, number>;

/** How long a bot that is to be killed works before. */
const BEFORE_KILL_MS = 1500;
/** More than are written before. */
const ENDLESS = 1_000_000;
/** How often memory is looked at while a stream lasts. */
const SAMPLE_MS = 2000;

/** A desk in a Telegram of its own, and what a bot for it is run with. */
interface Scene {
  telegram: TelegramProcess;
  /** Begins the bot. */
  begin: () => BotProcess;
  kvPath: string | undefined;
}

/** Runs it once, ours with Deno's `flags`. The database's file, if there is one, lies in `folder`. */
export async function run(
  each: Case,
  side: Side,
  folder: string,
  flags: string[] = [],
): Promise<Figures> {
  await using telegram = new TelegramProcess();
  const { customers, latencyMs, transport, store } = each;
  const desk: Opened = await telegram.ask("open", { customers, latencyMs });
  const kvPath = store === "memory" ? ":memory:" : `${folder}/${crypto.randomUUID()}.sqlite3`;
  const port = transport === "webhook" ? { webhookPort: freePort() } : {};
  const isFloor = side !== "balcao";
  const options = {
    desk,
    isFloor,
    ...port,
    ...(side === "floor" ? {} : { kvPath }),
    ...(isFloor ? {} : { flags }),
  };
  const scene: Scene = {
    telegram,
    begin: () => new BotProcess(options),
    kvPath: side === "balcao" && store === "file" ? kvPath : undefined,
  };
  const figures = await RUNS[each.kind](scene, each as never);
  const violations = await telegram.ask("violations");
  if (violations.length > 0) throw new Error(`${side}: ${violations[0]}`);
  return figures;
}

const RUNS = { stream, start, kill } satisfies Record<Case["kind"], unknown>;

/** First everybody meets the desk, then the stream is measured. */
async function stream(scene: Scene, each: StreamCase): Promise<Figures> {
  const { telegram } = scene;
  await using bot = scene.begin();
  const meeting = { messages: each.customers, mix: "text", isAnswered: false } as const;
  const warmUp: Load = { ...meeting, atOnce: Math.min(AT_ONCE, each.customers) };
  if (!each.isFirst) await telegram.ask("load", warmUp);
  await telegram.ask("rest");
  const kept = scene.kvPath && bytesIn(scene.kvPath);
  const before = await usages(bot, telegram);
  const memory = sampled(async () => (await usageOf(bot.pid)).residentMiB);
  const held = await telegram.ask("load", {
    messages: each.messages,
    mix: each.mix,
    isAnswered: !each.isFirst,
    ...(each.ratePerS === undefined
      ? { atOnce: Math.min(AT_ONCE, each.customers) }
      : { ratePerS: each.ratePerS }),
  });
  const after = await usages(bot, telegram);
  const residents = [...await memory.end(), after.bot.residentMiB];
  await telegram.ask("rest");
  const more = scene.kvPath && bytesIn(scene.kvPath);
  // A profile is written at the end alone.
  await bot.stop();
  return {
    ...figuresOf(held),
    processorMsPer1000: used(before.bot, after.bot) / held.messages * 1000,
    peakMiB: after.bot.peakMiB,
    halfwayMiB: residents[residents.length >> 1]!,
    endMiB: after.bot.residentMiB,
    callsPerMessage: held.calls / held.messages,
    groupCallsPerMessage: held.groupCalls / held.messages,
    telegramPerSecond: held.messages * 1000 /
      (after.telegram.mainThreadMs - before.telegram.mainThreadMs),
    ...(kept && more
      ? {
        bytesPerMessage: (more.bytes - kept.bytes) / held.messages,
        recordsPerMessage: (more.records - kept.records) / held.messages,
      }
      : {}),
  };
}

/** A desk that is known, whose bot begins while a message waits. The floor knows none. */
async function start(scene: Scene, _: StartCase): Promise<Figures> {
  const { telegram } = scene;
  if (scene.kvPath !== undefined) {
    await using first = scene.begin();
    await telegram.ask("load", { messages: 1, mix: "text", isAnswered: true });
    await telegram.ask("rest");
    await first.stop();
  }
  const greeting = telegram.ask("greet");
  const beganMs = Date.now();
  await using _bot = scene.begin();
  const { acceptedMs, arrivedMs, callsBefore } = await greeting;
  return {
    readyMs: acceptedMs - beganMs,
    arrivedMs: arrivedMs - beganMs,
    callsBeforeReady: callsBefore,
  };
}

/** Killed in the midst of a stream and begun anew: until all that was written has arrived. */
async function kill(scene: Scene, { customers }: KillCase): Promise<Figures> {
  const { telegram } = scene;
  const talk = { mix: "text", isAnswered: true, atOnce: customers } as const;
  let loading: Promise<Held>;
  {
    await using _first = scene.begin();
    await telegram.ask("load", { ...talk, messages: customers, isAnswered: false });
    loading = telegram.ask("load", { ...talk, messages: ENDLESS });
    await new Promise((resolve) => setTimeout(resolve, BEFORE_KILL_MS));
  }
  await telegram.ask("hold");
  const beganMs = Date.now();
  await using _second = scene.begin();
  const { lost, repeated, outOfOrder, misplaced } = await loading;
  return { flowsAgainMs: Date.now() - beganMs, lost, repeated, outOfOrder, misplaced };
}

/** Takes a figure every so often, until the end. */
function sampled(take: () => Promise<number>): { end: () => Promise<number[]> } {
  const samples: Promise<number>[] = [];
  const timer = setInterval(() => samples.push(take()), SAMPLE_MS);
  return {
    end: () => {
      clearInterval(timer);
      return Promise.all(samples);
    },
  };
}

async function usages(bot: BotProcess, telegram: TelegramProcess) {
  const [ofBot, ofTelegram] = await Promise.all([usageOf(bot.pid), usageOf(telegram.pid)]);
  return { bot: ofBot, telegram: ofTelegram };
}

function used(before: Usage, after: Usage): number {
  return after.processorMs - before.processorMs;
}

function figuresOf(arrivals: Arrivals): Figures {
  const { messages, seconds, waitsMs, albumWaitsMs, lost, repeated, outOfOrder, misplaced } =
    arrivals;
  return {
    perSecond: messages / seconds,
    p50Ms: percentile(waitsMs, 0.5),
    p95Ms: percentile(waitsMs, 0.95),
    p99Ms: percentile(waitsMs, 0.99),
    ...(albumWaitsMs.length > 0 ? { albumP50Ms: percentile(albumWaitsMs, 0.5) } : {}),
    lost,
    repeated,
    outOfOrder,
    misplaced,
  };
}
