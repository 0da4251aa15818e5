/**
 * How long it takes to count 200,000 events, and to draw the picture of a desk's numbers: the first,
 * for which the libraries are loaded, and the next ones; with the memory it takes. The picture of a
 * small shop's week is written where `--picture` says.
 * Run: `deno task bench:stats [--picture docs/stats.png]`.
 */
import { drawStats } from "../../src/chart/chart.ts";
import { type DeskEvent, type StatsDays, summarise } from "../../src/stats/stats.ts";
import { say, TEXTS } from "../../src/texts/texts.ts";
import { livelyEvents } from "../support/stats_events.ts";

const EVENTS = 200_000;
const PICTURES = 20;
/** A Wednesday, 18:04 in São Paulo. */
const NOW_MS = Date.UTC(2031, 2, 5, 21, 4);
const AGENTS = { 11: "Ana", 12: "Beatriz Conceição", 13: "João", 14: "Márcia Araújo" };
const agentIds = [...Object.keys(AGENTS).map(Number), 0];

const megabytes = () => Deno.memoryUsage().rss / 1e6;
const report = (what: string, ms: number) =>
  console.log(what.padEnd(28), ms.toFixed(0).padStart(6), megabytes().toFixed(0).padStart(7));

const count = (events: Iterable<DeskEvent>, days: StatsDays) =>
  summarise(events, { days, nowMs: NOW_MS, timeZone: "America/Sao_Paulo", waiting: 3 });

/** How long something takes, with what it gives. */
async function timed<T>(act: () => Promise<T>): Promise<[T, number]> {
  const beganMs = performance.now();
  const result = await act();
  return [result, performance.now() - beganMs];
}

const events = livelyEvents({
  seed: 2,
  nowMs: NOW_MS,
  days: 30,
  conversationsPerDay: 1000,
  agentIds,
}).take(EVENTS).toArray();
const week = await count(
  livelyEvents({ seed: 1, nowMs: NOW_MS, days: 7, conversationsPerDay: 18, agentIds }),
  7,
);
console.log(say({ text: "stats", stats: week, names: AGENTS }, "pt-BR"));

console.log("\nwhat                             ms  RSS MB");
report("before", 0);
const [month, countMs] = await timed(() => count(events, 30));
report(`${events.length} events counted`, countMs);
const wording = { language: "pt-BR", texts: TEXTS["pt-BR"], names: AGENTS } as const;
const [picture, firstMs] = await timed(() => drawStats(week, wording));
report("the first picture", firstMs);
const nextMs: number[] = [];
for (let number = 0; number < PICTURES; number++) {
  const [, ms] = await timed(() => drawStats(number % 2 === 0 ? month : week, wording));
  nextMs.push(ms);
}
nextMs.sort((a, b) => a - b);
report(`${PICTURES} more: the median`, nextMs[PICTURES / 2]!);
report(`${PICTURES} more: the slowest`, nextMs.at(-1)!);
console.log(`The picture of a week has ${(picture.length / 1000).toFixed(0)} kB.`);

const at = Deno.args.indexOf("--picture");
if (at >= 0) await Deno.writeFile(Deno.args[at + 1]!, picture);
