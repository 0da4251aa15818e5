/** The tables that the documentation shows of what was measured. */
import { nameOf } from "./cases.ts";
import { figureOf, type Measured, type Ratio, ratioOf, type Results, wrongIn } from "./results.ts";
import { type Cost, CUSTOMERS_A_DAY, dayOf, type Work } from "./scale.ts";
import type { Side } from "./run.ts";

/** A table of cells, the first row its head. */
export type Rows = string[][];

const RATE_HEAD = ["messages a second", "floor", "Balcão", "ratio"];
const DURABLE_HEAD = ["beside a floor with a database", "floor", "with one", "Balcão", "ratio"];
const WAIT_HEAD = ["wait p50 / p95 / p99, ms", "floor", "Balcão", "p50", "p95"];
const PROCESSOR_HEAD = ["processor, s per 1,000", "floor", "Balcão", "ratio", "peak memory"];

/** What is said beside the figures: with what they were taken, and what they rest on. */
export function circumstances({ deno, processors, cases }: Results): string {
  const carried = cases.flatMap((each) => figureOf(each, "floor", "telegramPerSecond") ?? []);
  const wrong = cases.map(wrongIn).reduce((sum, count) => sum + count, 0);
  const most = Math.max(...cases.map(({ runs }) => runs.balcao.length));
  return [
    `Deno ${deno} on ${processors} processors that others used as well; up to ${most} alternating runs,`,
    "the middle of them, of ratios with the least and the most.",
    `The simulated Telegram could have carried ${rounded(Math.min(...carried))} to`,
    `${rounded(Math.max(...carried))} messages a second with a processor of its own.`,
    `Of the messages ${wrong === 0 ? "none" : wrong} were lost, repeated, out of order or shown to`,
    "somebody else.",
  ].join(" ");
}

/** Streams in a closed loop: how much is carried. */
export function rateRows({ cases }: Results): Rows {
  const closed = cases.filter((each) => isStream(each, false));
  return [RATE_HEAD, ...closed.map((each) => [nameOf(each.case), ...pair(each, "perSecond")])];
}

/** What a database alone costs: the floor, the floor with one, and ours. */
export function durableRows({ cases }: Results): Rows {
  const measured = cases.filter(({ runs }) => runs.durable !== undefined);
  const rowsOf = (words: string, name: string) =>
    measured.map((each) => [
      `${words}: ${nameOf(each.case)}`,
      ...(["floor", "durable", "balcao"] as const).map((side) =>
        number(figureOf(each, side, name))
      ),
      times(ratioOf(each, name, "durable")),
    ]);
  return [
    DURABLE_HEAD,
    ...rowsOf("a second", "perSecond"),
    ...rowsOf("ms of processor per 1,000", "processorMsPer1000"),
  ];
}

/** Streams: what people wait. */
export function waitRows({ cases }: Results): Rows {
  const streams = cases.filter((each) => each.case.kind === "stream");
  const waits = (each: Measured, side: Side) =>
    ["p50Ms", "p95Ms", "p99Ms"].map((name) => number(figureOf(each, side, name))).join(" / ");
  return [
    WAIT_HEAD,
    ...streams.map((each) => [
      nameOf(each.case),
      waits(each, "floor"),
      waits(each, "balcao"),
      times(ratioOf(each, "p50Ms")),
      times(ratioOf(each, "p95Ms")),
    ]),
  ];
}

/** Streams: what the machine does for it. */
export function processorRows({ cases }: Results): Rows {
  const streams = cases.filter((each) => each.case.kind === "stream");
  const name = "processorMsPer1000";
  const seconds = (each: Measured, side: Side) => {
    const ms = figureOf(each, side, name);
    return ms === undefined ? "–" : (ms / 1000).toFixed(2);
  };
  return [
    PROCESSOR_HEAD,
    ...streams.map((each) => [
      nameOf(each.case),
      seconds(each, "floor"),
      seconds(each, "balcao"),
      times(ratioOf(each, name)),
      `${number(figureOf(each, "floor", "peakMiB"))} / ` +
      `${number(figureOf(each, "balcao", "peakMiB"))} MiB`,
    ]),
  ];
}

/** Starts, and starts after a SIGKILL. */
export function startRows({ cases }: Results): Rows {
  const rows = cases.flatMap((each) => {
    const name = { stream: undefined, start: "readyMs", kill: "flowsAgainMs" }[each.case.kind];
    if (name === undefined) return [];
    const calls = number(figureOf(each, "balcao", "callsBeforeReady"));
    return [[nameOf(each.case), ...pair(each, name), calls]];
  });
  return [["until ready, or all flows again, ms", "floor", "Balcão", "ratio", "calls"], ...rows];
}

/** What one message costs. */
export function costRows({ costs }: Results): Rows {
  if (costs === undefined) throw new Error("What a message costs was not counted");
  const row = (words: string, name: keyof Cost) => [
    words,
    ...[costs.first, costs.message, costs.answer].map((cost) => number(cost[name])),
  ];
  return [
    ["of each", "first message", "message", "answer"],
    row("calls to Telegram", "calls"),
    row("of these into the group", "groupCalls"),
    row("commits", "commits"),
    row("reads", "reads"),
    row("read units of 4 KiB", "readUnits"),
    row("write units of 1 KiB", "writeUnits"),
    row("records that stay", "records"),
    row("bytes that stay", "bytes"),
  ];
}

/** What numbers of customers a day cost. */
export function scaleRows(results: Results): Rows {
  const { costs } = results;
  if (costs === undefined) throw new Error("What a message costs was not counted");
  const work = workOf(results);
  const days = CUSTOMERS_A_DAY.map((customers) => dayOf(customers, costs, work));
  const row = (words: string, cell: (day: typeof days[number]) => string) => [
    words,
    ...days.map(cell),
  ];
  return [
    row("customers a day", ({ customers }) => whole(customers)),
    row("messages and answers", ({ messages }) => whole(messages)),
    row("calls to Telegram", ({ calls }) => rounded(calls)),
    row("calls a second, busiest hour", ({ callsPerSecond }) => number(callsPerSecond)),
    row("desks", ({ desks }) => whole(desks)),
    row("bots", ({ bots }) => whole(bots)),
    row("KV read units", ({ readUnits }) => rounded(readUnits)),
    row("KV write units", ({ writeUnits }) => rounded(writeUnits)),
    row("database after 90 days", ({ keptBytes }) => bytes(keptBytes)),
    row("processor time", ({ processorS }) => duration(processorS)),
    row("memory", ({ memoryMiB }) => `${number(memoryMiB)} MiB`),
  ];
}

/** Of the stream that is most like a busy desk's: by webhook, with a file. */
function workOf({ cases }: Results): Work {
  const stream = cases.find((each) =>
    isStream(each, false) && each.case.transport === "webhook" && each.case.store === "file"
  );
  if (stream === undefined) throw new Error("No stream by webhook with a file was measured");
  return {
    processorMsPer1000: figureOf(stream, "balcao", "processorMsPer1000")!,
    peakMiB: figureOf(stream, "balcao", "peakMiB")!,
  };
}

function isStream({ case: each }: Measured, isOpen: boolean): boolean {
  return each.kind === "stream" && (each.ratePerS !== undefined) === isOpen;
}

/** A figure of both, and their ratio. */
function pair(each: Measured, name: string): [string, string, string] {
  return [
    number(figureOf(each, "floor", name)),
    number(figureOf(each, "balcao", name)),
    times(ratioOf(each, name)),
  ];
}

function times(ratio: Ratio | undefined): string {
  if (ratio === undefined) return "–";
  const { middle, least, most } = ratio;
  return `${middle.toFixed(2)} × (${least.toFixed(2)}–${most.toFixed(2)})`;
}

function number(value: number | undefined): string {
  if (value === undefined) return "–";
  if (value >= 100) return whole(value);
  return String(Number(value.toFixed(value < 10 ? 2 : 1)));
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** By its first two digits. */
function rounded(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString("en");
}

function bytes(value: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const unit = Math.min(units.length - 1, Math.floor(Math.log2(value) / 10));
  return `${Number((value / 1024 ** unit).toPrecision(2)).toLocaleString("en")} ${units[unit]}`;
}

function duration(seconds: number): string {
  if (seconds < 100) return `${number(seconds)} s`;
  return seconds < 6000 ? `${number(seconds / 60)} min` : `${number(seconds / 3600)} h`;
}
