/** How the bot is, for monitors: facts and sentences, no names, no IDs. */
import { type Problem, publicly } from "../health/problem.ts";
import { sentenceOf } from "../texts/problem_sentence.ts";
import type { Mode, Status } from "../health/status.ts";

/** The answer of `GET /health`. */
export interface Health {
  ok: boolean;
  mode: Mode;
  /** Whether the database can be read, and takes what is written. */
  kv: boolean;
  /** Whether Telegram answered when it was last asked. */
  telegram: boolean;
  /** Whether the desk is found and nothing stands in its way. */
  desk: boolean;
  /** Jobs that wait in the outbox. */
  waiting: number;
  /** Jobs that were given up and are kept for the operator. */
  failed: number;
  /** The age of the job that has waited longest, in seconds. */
  oldest_waiting_s: number;
  /** What the operator has to do, a sentence each. */
  problems: string[];
}

/** A status as monitors are told it. */
export function healthOf(status: Status): Health {
  const { mode, waiting, failed, problems } = status;
  return {
    ok: problems.length === 0,
    mode,
    kv: status.isDatabaseWell,
    telegram: status.isTelegramAnswering,
    desk: status.isDeskReady,
    waiting,
    failed,
    oldest_waiting_s: Math.floor(status.oldestWaitingMs / 1000),
    problems: problems.map(toSentence),
  };
}

/** A problem as anybody may read it. */
export function toSentence(problem: Problem): string {
  return sentenceOf(publicly(problem));
}
