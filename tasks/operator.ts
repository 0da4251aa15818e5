/** What the operator's tasks share: their settings, and how they end and tell what went wrong. */
import { type Config, type Listen, readEnvironment } from "../src/config.ts";
import { loadEnvFile } from "../src/environment/env_file.ts";
import { sentenceOf } from "../src/texts/problem_sentence.ts";
import { BackupProblem } from "../src/kv/backup_file.ts";
import { NewerRecord } from "../src/kv/records.ts";

/** Why a task cannot be done: a sentence for the operator that says what to do. */
export class Refusal extends Error {
  override name = "Refusal";
}

/** How a task is called: by which command, and what is given with it. */
export interface Call {
  command: string;
  args: string[];
}

/** What is done for the operator; resolves with whether all of it is well. */
export type Task = (call: Call) => Promise<boolean>;

/** Does a task and ends the program: 0 if it resolves with `true`, else 1. */
export async function run(task: Task, call: Call): Promise<never> {
  try {
    Deno.exit(await task(call) ? 0 : 1);
  } catch (error) {
    console.error(wordsOf(error) ?? error);
    Deno.exit(1);
  }
}

/** Aborted when the operator stops the program, which then has to end by itself. */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  const stop = () => stopping.abort(new Refusal("Stopped before it was done."));
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  for (const signal of signals) Deno.addSignalListener(signal, stop);
  return stopping.signal;
}

/**
 * The settings of the environment and of `.env`. Rejects with a `Refusal` that names all that is
 * wrong with them.
 */
export async function readConfig(): Promise<Config> {
  return (await readWhole()).config;
}

/** The same, with where the bot's HTTP side listens. */
export async function readWhole(): Promise<{ config: Config; listen: Listen }> {
  try {
    await loadEnvFile(Deno.env);
  } catch (error) {
    throw new Refusal(`.env cannot be read: ${(error as Error).message}.`, { cause: error });
  }
  const { config, listen, problems } = readEnvironment((name) => Deno.env.get(name));
  if (!config) throw new Refusal(problems.map(sentenceOf).join("\n"));
  return { config, listen };
}

/** Errors that are to be expected, as the operator reads them; `undefined` for our own bugs. */
function wordsOf(error: unknown): string | undefined {
  if (error instanceof Refusal || error instanceof BackupProblem) return error.message;
  if (error instanceof NewerRecord) return `${error.message}.`;
  if (isLocked(error)) {
    return "The database is in use by another process: stop the bot and other tasks, then run this " +
      "again.";
  }
  // The operating system's own errors, a full disk say, have a code.
  return error instanceof Error && "code" in error ? `${error.message}.` : undefined;
}

/** Whether another process has the database's file (https://www.sqlite.org/rescode.html#busy). */
export function isLocked(error: unknown): boolean {
  return error instanceof Error && error.message.includes("database is locked");
}
