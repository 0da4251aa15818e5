/** How the bot is: what its page and monitors are told. Facts only; the words are in texts/. */
import { type Check, problemsIn } from "./checklist.ts";
import type { Problem } from "./problem.ts";

/** How updates reach the bot; `setup`: not at all yet, because the program lacks something. */
export type Mode = "webhook" | "polling" | "playground" | "setup";

/** How the bot is at a moment. */
export interface Status {
  mode: Mode;
  /** When this process was started. */
  sinceMs: number;
  /** Whether the database can be read, and takes what is written. */
  isDatabaseWell: boolean;
  /** Whether Telegram answered when it was last asked. */
  isTelegramAnswering: boolean;
  /** Whether there is a desk, however it is. */
  isDeskKnown: boolean;
  /** Whether the desk is known and nothing stands in its way. */
  isDeskReady: boolean;
  /** Jobs that wait in the outbox. */
  waiting: number;
  /** Jobs that were given up and are kept for the operator. */
  failed: number;
  /** The age of the job that has waited longest. */
  oldestWaitingMs: number;
  /** What is in the way. */
  problems: Problem[];
  /** The checklist, as far as it can be told. */
  checks: Check[];
  /** The link that claims the desk, while nobody has. Not for everybody's eyes. */
  claimLink?: string;
}

/** What a status comes to, for whoever looks at it. */
export type Stage = "open" | "starting" | "setup" | "trouble" | "preview";

/** What is broken, also where there has never been a desk; anything else is only not done yet. */
const BROKEN: readonly Problem["because"][] = [
  "database not opened",
  "database not read",
  "not written",
  "file gone",
  "file replaced",
  "nameless",
  "silent",
  "webhook refused",
  "no webhook",
  "refused",
  "not delivered",
  "trouble",
  "start failed",
];
/** What passes by itself in a moment. */
const PASSING: readonly Problem["because"][] = ["starting", "not looked at"];

/** What a status comes to. */
export function stageOf({ problems, isDeskKnown }: Status): Stage {
  const reasons = problems.map(({ because }) => because);
  if (reasons.length === 0) return "open";
  if (reasons.includes("preview")) return "preview";
  if (reasons.every((because) => PASSING.includes(because))) return "starting";
  const isBroken = isDeskKnown || reasons.some((because) => BROKEN.includes(because));
  return isBroken ? "trouble" : "setup";
}

/** What is in the way and not said by the checklist. */
export function unlistedProblems({ problems, checks }: Status): Problem[] {
  const listed = new Set(problemsIn(checks).map((problem) => JSON.stringify(problem)));
  return problems.filter((problem) => !listed.has(JSON.stringify(problem)));
}

/** The status of a program that has no bot to run yet. */
export function statusWithoutBot(problems: Problem[], sinceMs: number): Status {
  return {
    mode: "setup",
    sinceMs,
    isDatabaseWell: false,
    isTelegramAnswering: false,
    isDeskKnown: false,
    isDeskReady: false,
    waiting: 0,
    failed: 0,
    oldestWaitingMs: 0,
    problems,
    checks: [],
  };
}
