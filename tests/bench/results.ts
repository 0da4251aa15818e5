/** What a bench has measured, as it is kept, and what is read out of it. */
import { type Case, nameOf } from "./cases.ts";
import type { Figures, Side } from "./run.ts";
import type { Costs } from "./scale.ts";

/** One case with all its runs; those at the same place in both lists followed one another. */
export interface Measured {
  case: Case;
  runs: { floor: Figures[]; durable?: Figures[]; balcao: Figures[] };
}

/** A whole bench. */
export interface Results {
  /** The version of Deno. */
  deno: string;
  /** How many processors there were. */
  processors: number;
  cases: Measured[];
  costs?: Costs;
}

/** Where results are kept. */
export const RESULTS = new URL("results/", import.meta.url);

/** Those that the documentation shows. */
export const DOCUMENTED = new URL("documented.json", RESULTS);

/** Reads results that were kept. */
export async function readResults(file: URL): Promise<Results> {
  return JSON.parse(await Deno.readTextFile(file));
}

/** Keeps results, each figure by its first four digits. */
export async function keepResults(file: URL, results: Results): Promise<void> {
  const shorten = (_: string, value: unknown) =>
    typeof value === "number" ? Number(value.toPrecision(4)) : value;
  await Deno.mkdir(RESULTS, { recursive: true });
  await Deno.writeTextFile(file, `${JSON.stringify(results, shorten, 2)}\n`);
}

/** The middle one of several. */
export function middle(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1]!, sorted[sorted.length >> 1]!];
  return (low + high) / 2;
}

/** The middle of a figure over all runs of a side; `undefined` where it was not measured. */
export function figureOf({ runs }: Measured, side: Side, name: string): number | undefined {
  const values = (runs[side] ?? []).flatMap((figures) => figures[name] ?? []);
  return values.length === 0 ? undefined : middle(values);
}

/** How a figure of ours compares with a floor's, run by run. */
export interface Ratio {
  middle: number;
  least: number;
  most: number;
}

/** `undefined` where one of the two was not measured. */
export function ratioOf(
  { runs }: Measured,
  name: string,
  beside: "floor" | "durable" = "floor",
): Ratio | undefined {
  const ratios = runs.balcao.flatMap((own, index) => {
    const [ours, floor] = [own[name], runs[beside]?.[index]?.[name]];
    return ours === undefined || !floor ? [] : ours / floor;
  });
  if (ratios.length === 0) return undefined;
  return { middle: middle(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}

/**
 * How many were lost, repeated, out of order or shown to somebody else, in all runs of ours. Whose
 * answer is lost with a process that is killed has to be repeated.
 */
export function wrongIn({ case: { kind }, runs }: Measured): number {
  const names = ["lost", "outOfOrder", "misplaced", ...(kind === "kill" ? [] : ["repeated"])];
  return runs.balcao.flatMap((figures) => names.map((name) => figures[name] ?? 0))
    .reduce((sum, count) => sum + count, 0);
}

/** The case of that name. */
export function measuredOf({ cases }: Results, name: string): Measured | undefined {
  return cases.find((each) => nameOf(each.case) === name);
}
