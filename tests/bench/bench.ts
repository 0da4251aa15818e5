/**
 * Measures the real program beside the least a bot can do, on a simulated Telegram, each a process
 * of its own, by turns. Run: `deno task bench [--quick | --all] [--runs 3] [--list] [--docs]`; one
 * case or some: `[--only "start webhook"] [--transport webhook|polling] [--store file|memory]
 * [--loop closed|open] [--latency 60] [--customers 1000] [--mix text|real] [--messages 100000]`, and
 * `[--profile FOLDER]` for what ours does with its time, as `deno run --cpu-prof` writes it.
 */
import { parseArgs } from "node:util";
import { makePages } from "../program/docs.ts";
import { allCases, type Case, CASES, nameOf, QUICK_CASES } from "./cases.ts";
import { countCosts } from "./costs.ts";
import {
  DOCUMENTED,
  figureOf,
  keepResults,
  type Measured,
  ratioOf,
  readResults,
  RESULTS,
  type Results,
} from "./results.ts";
import { endAll } from "./processes.ts";
import { run, type Side } from "./run.ts";

const options = {
  quick: { type: "boolean", default: false },
  all: { type: "boolean", default: false },
  list: { type: "boolean", default: false },
  docs: { type: "boolean", default: false },
  runs: { type: "string" },
  only: { type: "string", default: "" },
  transport: { type: "string" },
  store: { type: "string" },
  loop: { type: "string" },
  latency: { type: "string" },
  customers: { type: "string" },
  mix: { type: "string" },
  messages: { type: "string" },
  profile: { type: "string" },
} as const;

type Options = ReturnType<typeof read>;

function read(args: string[]) {
  return parseArgs({ args, options }).values;
}

/** The cases that were asked for. */
function casesOf(chosen: Options): Case[] {
  const { quick, all, only, messages } = chosen;
  const isChosen = (each: Case) => {
    const loop = each.kind !== "stream" ? undefined : each.ratePerS ? "open" : "closed";
    const mix = each.kind === "stream" ? each.mix : undefined;
    const { transport, store, latencyMs, customers } = each;
    const wanted: [string | undefined, unknown][] = [
      [chosen.transport, transport],
      [chosen.store, store],
      [chosen.loop, loop],
      [chosen.latency, String(latencyMs)],
      [chosen.customers, String(customers)],
      [chosen.mix, mix],
    ];
    return nameOf(each).includes(only) &&
      wanted.every(([wish, value]) => wish === undefined || wish === value);
  };
  const cases = (all ? allCases() : quick ? QUICK_CASES : CASES).filter(isChosen);
  if (messages === undefined) return cases;
  return cases.map((each) =>
    each.kind === "stream" ? { ...each, messages: Number(messages) } : each
  );
}

/** Who is measured. */
function sidesOf(each: Case): Side[] {
  // What the floor keeps in memory alone is gone with the process.
  if (each.kind === "kill") return ["balcao"];
  const isBesideDurable = each.kind === "stream" && each.isBesideDurable;
  return isBesideDurable ? ["floor", "durable", "balcao"] : ["floor", "balcao"];
}

/** Measures a case by turns: whatever else the machine does concerns both. */
async function measure(
  each: Case,
  runs: number,
  folder: string,
  flags: string[],
): Promise<Measured> {
  const measured: Measured = { case: each, runs: { floor: [], balcao: [] } };
  for (let number = 0; number < runs; number++) {
    for (const side of sidesOf(each)) {
      (measured.runs[side] ??= []).push(await run(each, side, folder, flags));
    }
  }
  return measured;
}

function print(measured: Measured): void {
  const sides = sidesOf(measured.case);
  console.log(`\n${nameOf(measured.case)}: ${sides.join(", ")}, the last beside the first`);
  for (const name of Object.keys(measured.runs.balcao[0] ?? {})) {
    const shown = sides.map((side) => {
      const value = figureOf(measured, side, name);
      return (value === undefined ? "–" : String(Number(value.toPrecision(4)))).padStart(10);
    });
    const ratio = ratioOf(measured, name);
    const times = ratio === undefined
      ? ""
      : `${ratio.middle.toFixed(2)} × (${ratio.least.toFixed(2)}–${ratio.most.toFixed(2)})`;
    console.log(`  ${name.padEnd(22)}${shown.join("")}   ${times}`);
  }
}

/** What the documentation shows so far: what is not measured anew stays. */
async function documented(): Promise<Measured[]> {
  try {
    return (await readResults(DOCUMENTED)).cases;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** All of them, what was measured anew in the place of what was before, in the order of the cases. */
function inOrder(before: Measured[], anew: Measured[]): Measured[] {
  const byName = new Map([...before, ...anew].map((each) => [nameOf(each.case), each]));
  const places = CASES.map(nameOf);
  const placeOf = (each: Measured) => {
    const place = places.indexOf(nameOf(each.case));
    return place < 0 ? places.length : place;
  };
  return [...byName.values()].toSorted((a, b) => placeOf(a) - placeOf(b));
}

async function bench(chosen: Options): Promise<void> {
  const cases = casesOf(chosen);
  if (cases.length === 0) throw new Error("There is no such case: --list shows them all");
  if (chosen.list) return cases.forEach((each) => console.log(nameOf(each)));
  const runs = Number(chosen.runs ?? (chosen.quick ? 2 : 3));
  const before = chosen.docs ? await documented() : [];
  const results: Results = {
    deno: Deno.version.deno,
    processors: navigator.hardwareConcurrency,
    cases: [],
  };
  const file = chosen.docs
    ? DOCUMENTED
    : new URL(`${new Date().toISOString().replaceAll(":", "-")}.json`, RESULTS);
  const flags = chosen.profile === undefined
    ? []
    : ["--cpu-prof", `--cpu-prof-dir=${chosen.profile}`];
  const folder = await Deno.makeTempDir();
  const measuredAnew: Measured[] = [];
  try {
    console.log(`${cases.length} cases, ${runs} runs each`);
    for (const each of cases) {
      const measured = await measure(each, runs, folder, flags);
      print(measured);
      measuredAnew.push(measured);
      results.cases = inOrder(before, measuredAnew);
      await keepResults(file, results);
    }
    results.costs = await countCosts(folder);
    console.log("\nwhat a message costs", results.costs);
    await keepResults(file, results);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  console.log(`\nkept in ${file.pathname}`);
  if (!chosen.docs) return;
  for (const { file: page, after } of await makePages()) await Deno.writeTextFile(page, after);
}

if (import.meta.main) {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => {
      endAll();
      Deno.exit(1);
    });
  }
  await bench(read(Deno.args));
}
