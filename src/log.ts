/** The log: one JSON line an event, with IDs and numbers; never a token, never a person's words. */

/** What an event may tell. An `error` is reduced to its name and message, secrets struck out. */
export interface LogFacts extends Partial<Record<FactName, string | number | boolean>> {
  error?: unknown;
}

/** The facts there are. Whoever adds one has thought about whether it may be read by anyone. */
type FactName =
  | "lane"
  | "task"
  | "attempts"
  | "updateId"
  | "chatId"
  | "customerId"
  | "userId"
  | "method"
  | "status"
  | "reason"
  | "problem"
  | "url"
  | "mode"
  | "port"
  | "waitMs"
  | "count";

/** Writes events. The event is a few plain words, always the same for the same thing. */
export type Log = Record<LogLevel, (event: string, facts?: LogFacts) => void>;

const LEVELS: LogLevel[] = ["debug", "info", "warn", "error"];

/** A log from `level` up. `secrets` are struck out wherever they appear. */
export function createLog({ level, secrets, now, write }: {
  level: LogLevel;
  secrets: string[];
  now: () => number;
  write: (line: string) => void;
}): Log {
  const least = LEVELS.indexOf(level);
  const entry = (of: LogLevel) => (event: string, facts: LogFacts = {}) => {
    if (LEVELS.indexOf(of) < least) return;
    const { error, ...rest } = facts;
    const line = JSON.stringify({
      at: new Date(now()).toISOString(),
      level: of,
      event,
      ...rest,
      ...(error === undefined ? {} : { error: describe(error) }),
    });
    write(secrets.reduce((text, secret) => text.replaceAll(secret, "<secret>"), line));
  };
  return { debug: entry("debug"), info: entry("info"), warn: entry("warn"), error: entry("error") };
}

/** A log that is not read. */
export const silentLog: Log = createLog({
  level: "error",
  secrets: [],
  now: () => 0,
  write: () => {},
});

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** What is written to the log: the named level and all above it. */
export type LogLevel = "debug" | "info" | "warn" | "error";
