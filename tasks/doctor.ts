/**
 * Prints the checklist of the desk, and what to do about what is missing: `deno task doctor`. A bot
 * that runs is asked itself; of one that does not, the database and Telegram are. Ends with 1 if
 * something is missing.
 */
import type { Check } from "../src/health/checklist.ts";
import { sayDuration } from "../src/time/duration.ts";
import type { Item } from "../src/web/details.ts";
import { examine } from "./examination.ts";
import { type Call, readWhole, Refusal, run } from "./operator.ts";
import { askRunningBot } from "./running_bot.ts";

const SIGNS: Record<Check["state"], string> = {
  good: "✅",
  warning: "⚠️",
  bad: "❌",
  unknown: "▫️",
};

/** Examines the desk. */
export async function doctor({ command, args }: Call): Promise<boolean> {
  if (args.length > 0) throw new Refusal(`Usage: ${command}`);
  const { config, listen } = await readWhole();
  const { details, others, silent } = await askRunningBot(config, listen);
  for (const address of others) {
    console.log(`Another bot answers at ${address}: choose another PORT for one of them.`);
  }
  if (details) {
    const { address, version, since } = details;
    console.log(`The bot answers at ${address}. It is version ${version} and runs since ${since}.`);
    console.log(`Its page with all details: ${address}/?code=${config.claimCode}\n`);
    const { waiting, failed, oldest_waiting_s: oldestS } = details;
    return tell(details, { waiting, failed, oldestWaitingMs: oldestS * 1000 });
  }
  const where = [...others, ...silent].join(" nor at ");
  console.log(`The bot does not answer at ${where}. This is what its database and Telegram say:\n`);
  const { counts, claimLink, ...found } = await examine(config);
  const oldestWaitingMs = Date.now() - (counts?.oldestMs ?? Date.now());
  const isWell = tell(found, counts && { ...counts, oldestWaitingMs });
  if (claimLink) console.log(`Who opens this link owns the desk: ${claimLink}`);
  return isWell;
}

/** Prints what was found; whether nothing is missing. */
function tell(
  { checklist, besides }: { checklist: Item[]; besides: string[] },
  counts?: { waiting: number; failed: number; oldestWaitingMs: number },
): boolean {
  for (const { state, name, says } of checklist) {
    console.log(`${SIGNS[state]} ${name}${says === undefined ? "" : `: ${says}`}`);
  }
  for (const sentence of besides) console.log(`${SIGNS.bad} ${sentence}`);
  if (counts) {
    const { waiting, failed, oldestWaitingMs } = counts;
    const since = waiting > 0 ? `, the oldest for ${sayDuration(oldestWaitingMs)}` : "";
    const list = failed > 0 ? " (/failed lists them)" : "";
    console.log(`\nMessages waiting: ${waiting}${since}. Given up: ${failed}${list}.`);
  }
  const missing = checklist.filter(({ state }) => state === "bad").length + besides.length;
  console.log(`\n${missing === 0 ? "Nothing is missing." : `Missing: ${missing}.`}`);
  return missing === 0;
}

if (import.meta.main) await run(doctor, { command: "deno task doctor", args: Deno.args });
