/** What only the operator is told of the bot, in words; and how the terminal is told it. */
import type { Check } from "../health/checklist.ts";
import type { Language } from "../words/language.ts";
import { publicly } from "../health/problem.ts";
import { type Status, unlistedProblems } from "../health/status.ts";
import { say } from "../texts/texts.ts";
import { type Health, healthOf, toSentence } from "./health.ts";
import { defined } from "../values/defined.ts";

/** One item of the checklist, in words. */
export interface Item {
  /** Of which of several desks it is. */
  desk?: string;
  state: Check["state"];
  name: string;
  /** What is wrong and what to do, or what may be said of something good. */
  says?: string;
}

/** The answer of `GET /?code=…` to whoever accepts JSON rather than a page. */
export interface Details extends Health {
  version: string;
  /** When the process was started (ISO 8601). */
  since: string;
  checklist: Item[];
  /** What is in the way besides what the checklist says. */
  besides: string[];
}

/** An item in a language. */
export function itemOf(check: Check, language: Language): Item {
  const says = saidOf(check, language);
  return {
    state: check.state,
    name: say({ text: "check-name", name: check.name }, language),
    ...defined({ desk: check.desk, says }),
  };
}

function saidOf(check: Check, language: Language): string | undefined {
  if (check.state === "unknown") return undefined;
  if (check.state === "good") {
    return check.detail && say({ text: "check-detail", detail: check.detail }, language);
  }
  return say({ text: "problem", problem: publicly(check.problem) }, language);
}

/** A status with all its details, in English, as the operator's tasks and the log are. */
export function detailsOf(status: Status, version: string): Details {
  return {
    ...healthOf(status),
    version,
    since: new Date(status.sinceMs).toISOString(),
    checklist: status.checks.map((check) => itemOf(check, "en")),
    besides: unlistedProblems(status).map(toSentence),
  };
}
