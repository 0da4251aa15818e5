/**
 * Tells many stories: `deno task simulate --seeds 10000 [--from n] [--deeds n]`. One story with
 * everything that happens in it: `deno task simulate --seeds 1 --from n --trace`.
 */
import { parseArgs } from "node:util";
import { failureOf } from "./ending.ts";
import { simulate } from "./simulation.ts";

const PROGRESS_MS = 5000;

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1000" },
    from: { type: "string", default: "1" },
    deeds: { type: "string" },
    trace: { type: "boolean", default: false },
  },
});
const [count, from] = [Number(values.seeds), Number(values.from)];
const deeds = values.deeds === undefined ? {} : { deeds: Number(values.deeds) };
const beganMs = performance.now();
let saidMs = beganMs;
const failed: number[] = [];

for (let seed = from; seed < from + count; seed++) {
  const ending = await simulate(seed, deeds);
  if (values.trace) console.log(ending.trace.join("\n"));
  if (ending.broken.length > 0) {
    failed.push(seed);
    console.log(values.trace ? ending.broken.join("\n") : failureOf(ending));
  }
  if (performance.now() - saidMs < PROGRESS_MS) continue;
  saidMs = performance.now();
  const done = seed - from + 1;
  const perSecond = (done / (saidMs - beganMs) * 1000).toFixed(1);
  console.log(`${done} of ${count} stories, ${perSecond} a second, ${failed.length} failed`);
}

console.log(
  failed.length === 0
    ? `${count} stories, no promise broken`
    : `${failed.length} of ${count} stories broke a promise: ${failed.join(" ")}`,
);
Deno.exit(failed.length === 0 ? 0 : 1);
