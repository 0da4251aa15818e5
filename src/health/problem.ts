/** What keeps a desk from working, as facts; the words are in texts/. */
import type { CheckProblem } from "./checklist.ts";

/** Something that somebody has to do, or that passes by itself. */
export type Problem = CheckProblem | VariableProblem | StartProblem;

/**
 * What kind of place the program runs in, as far as that says where its variables are set: Deno
 * Deploy, a container, a server (with a public address, or with a folder that the program may not write), or
 * somebody's own machine.
 */
export type Surroundings = "deploy" | "container" | "server" | "machine";

/**
 * A variable of the environment is missing or malformed. `given` is its value, for whoever runs the
 * program; absent where it may be a secret.
 */
export type VariableProblem =
  | { because: "no token"; surroundings: Surroundings }
  | { because: "not a token" }
  | { because: "not a whole number"; name: string; least: number; most: number; given?: string }
  | { because: "not a choice"; name: string; choices: readonly string[]; given?: string }
  | { because: "not an address"; name: string; given?: string }
  | { because: "not a channel"; given?: string }
  | { because: "not a time zone"; given?: string }
  | { because: "not a secret" }
  | { because: "not https" }
  | { because: "address with path" };

/** The program itself cannot do its work yet. */
export type StartProblem =
  /** Deno Deploy serves previews and branches too; only its production timeline is the desk. */
  | { because: "preview" }
  | { because: "starting" }
  /** Deno Deploy has no database attached. */
  | { because: "no database" }
  | { because: "database not opened" }
  | { because: "database not read" }
  | { because: "not looked at" }
  /** Telegram does not say who the bot is. */
  | { because: "nameless"; description: string }
  | { because: "webhook refused"; description: string }
  | { because: "silent" }
  /** Something else; the log says what. */
  | { because: "start failed" };

/** A problem as anybody may read it: without the values of variables. */
export function publicly(problem: Problem): Problem {
  if (!("given" in problem)) return problem;
  const { given: _given, ...rest } = problem;
  return rest;
}
