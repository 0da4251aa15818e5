/**
 * What a second instance adds, on one database that both reach over a network (the KV Connect server
 * of the tests), while Telegram takes its time. Run: `deno task bench:instances [--latency 50]
 * [--round-trip 0] [--customers 200] [--at-once 50] [--messages 6000] [--answered] [--runs 3]`.
 * Updates come to each instance in turn, as behind a balancer; with `--answered` every other message
 * is an answer, and Telegram brings those of one group one after the other, however many listen.
 */
import { parseArgs } from "node:util";
import { KV_TOKEN } from "../support/kv_connect.ts";
import { freePort } from "../support/port.ts";
import { percentile } from "./bare_telegram.ts";
import { BotProcess, DatabaseProcess, endAll, TelegramProcess, usageOf } from "./processes.ts";
import { middle } from "./results.ts";
import type { Figures } from "./run.ts";

/** What is carried, and how far away everything is. */
interface Wanted {
  latencyMs: number;
  roundTripMs: number;
  customers: number;
  atOnce: number;
  messages: number;
  isAnswered: boolean;
}

/** A closed loop of messages to a desk that knows everybody, worked by so many instances. */
async function carry(instances: number, wanted: Wanted): Promise<Figures> {
  const { latencyMs, roundTripMs, customers, atOnce, messages, isAnswered } = wanted;
  await using database = new DatabaseProcess(roundTripMs);
  await using telegram = new TelegramProcess();
  const hookPorts = Array.from({ length: instances }, freePort);
  const desk = await telegram.ask("open", { customers, latencyMs: 0, hookPorts });
  const kvPath = await database.url;
  const env = {
    PUBLIC_URL: `http://127.0.0.1:${hookPorts[0]}`,
    DENO_KV_ACCESS_TOKEN: KV_TOKEN,
  };
  const bots = hookPorts.map((webhookPort) => new BotProcess({ desk, kvPath, webhookPort, env }));
  await using ending = new AsyncDisposableStack();
  for (const bot of bots) ending.use(bot);
  const load = { mix: "text", atOnce } as const;
  await telegram.ask("load", { ...load, messages: customers, isAnswered: false });
  await telegram.ask("rest");
  await telegram.ask("slow", latencyMs);
  const look = async () => ({
    ...await database.asked(),
    botsMs: await processorMsOf(bots),
    othersMs: await processorMsOf([telegram, database]),
  });
  const before = await look();
  const held = await telegram.ask("load", { ...load, messages, isAnswered });
  const after = await look();
  const each = (name: keyof typeof before) => (after[name] - before[name]) / messages;
  const { seconds, waitsMs, answerWaitsMs, lost, repeated, outOfOrder, misplaced } = held;
  return {
    "messages a second": messages / seconds,
    "p50 ms": percentile(waitsMs, 0.5),
    "p95 ms": percentile(waitsMs, 0.95),
    "p99 ms": percentile(waitsMs, 0.99),
    "longest ms": Math.max(...waitsMs),
    ...(isAnswered ? { "p50 of answers ms": percentile(answerWaitsMs, 0.5) } : {}),
    "reads a message": each("reads"),
    "commits a message": each("commits"),
    "of these in vain": each("conflicts"),
    "processor of the bots, ms a message": each("botsMs"),
    "processor of Telegram and database, ms a message": each("othersMs"),
    "processors busy": (each("botsMs") + each("othersMs")) * messages / 1000 / seconds,
    "lost": lost,
    "repeated": repeated,
    "out of order or misplaced": outOfOrder + misplaced,
  };
}

/** The processor time that processes have used so far. */
async function processorMsOf(processes: { pid: number }[]): Promise<number> {
  const usages = await Promise.all(processes.map(({ pid }) => usageOf(pid)));
  return usages.reduce((sum, { processorMs }) => sum + processorMs, 0);
}

/** The middle of each figure over all runs. */
function middles(runs: Figures[]): Figures {
  const names = Object.keys(runs[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, middle(runs.map((run) => run[name]!))]));
}

/** Shows figures side by side, each by its first three digits. */
function show(one: Figures, two: Figures): void {
  const short = (value: number) => Number(value.toPrecision(3));
  const rows = Object.keys(one).map((name) =>
    [name, { one: short(one[name]!), two: short(two[name]!) }] as const
  );
  console.table(Object.fromEntries(rows));
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      latency: { type: "string", default: "50" },
      "round-trip": { type: "string", default: "0" },
      customers: { type: "string", default: "200" },
      "at-once": { type: "string", default: "50" },
      messages: { type: "string", default: "6000" },
      answered: { type: "boolean", default: false },
      runs: { type: "string", default: "3" },
    },
  });
  const wanted: Wanted = {
    latencyMs: Number(values.latency),
    roundTripMs: Number(values["round-trip"]),
    customers: Number(values.customers),
    atOnce: Number(values["at-once"]),
    messages: Number(values.messages),
    isAnswered: values.answered,
  };
  const runs: { one: Figures; two: Figures }[] = [];
  try {
    for (let run = 0; run < Number(values.runs); run++) {
      runs.push({ one: await carry(1, wanted), two: await carry(2, wanted) });
    }
  } finally {
    endAll();
  }
  show(middles(runs.map(({ one }) => one)), middles(runs.map(({ two }) => two)));
  const perSecond = (figures: Figures) => figures["messages a second"]!;
  const ratios = runs.map(({ one, two }) => perSecond(two) / perSecond(one));
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  console.log(
    `two beside one: ${middle(ratios).toFixed(2)} × (${least.toFixed(2)}–${most.toFixed(2)})`,
  );
}
