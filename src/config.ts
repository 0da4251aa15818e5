/**
 * What the operator decides: the environment, read once, checked whole. Everything but the token
 * has a default or is learned from Telegram.
 */
import { createHmac } from "node:crypto";

/** The languages we speak to people. */
export type Language = "pt-BR" | "en" | "es";

/** What is written to the log: the named level and all above it. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** The settings of one running bot, complete and valid. */
export interface Config {
  botToken: string;
  /** The bot's own user ID: the digits before the colon of its token. */
  botId: number;
  /** The desk's channel, by numeric ID or public name; absent while it has to be claimed. */
  channel?: number | `@${string}`;
  /** Where the Bot API is served, without a trailing slash. */
  apiRoot: string;
  /** Where Telegram reaches us, without a trailing slash; absent: long polling. */
  publicUrl?: string;
  webhookSecret: string;
  /** Who knows it may claim the desk: only who runs the bot does. */
  claimCode: string;
  /** Under which the fingerprints of messages are taken. */
  fingerprintKey: string;
  /** A path, `:memory:` or a KV Connect URL; absent: what the platform attached. */
  kvPath?: string;
  /** The team's language, and that of customers whose language we do not speak. */
  locale: Language;
  timeZone: string;
  retentionDays: number;
  pace: "telegram" | "off";
  albumQuietMs: number;
  logLevel: LogLevel;
}

/** Where the HTTP side listens; known even when nothing else is. */
export interface Listen {
  hostname: string;
  port: number;
}

/** What reading the environment gives: settings, or everything that is wrong with them. */
export type Settings =
  & { listen: Listen }
  & ({ config: Config; problems: [] } | { config: null; problems: string[] });

/** The variables we look at, apart from those Deno Deploy sets by itself. */
export const VARIABLES = [
  "BOT_TOKEN",
  "CHANNEL_ID",
  "TELEGRAM_API_ROOT",
  "PUBLIC_URL",
  "WEBHOOK_SECRET",
  "PORT",
  "HOST",
  "KV_PATH",
  "LOCALE",
  "TIME_ZONE",
  "RETENTION_DAYS",
  "PACE",
  "ALBUM_QUIET_MS",
  "LOG_LEVEL",
] as const;

/** How long the code is that claims a desk. */
const CLAIM_DIGITS = 16;

/** Telegram's own Bot API server (https://core.telegram.org/bots/api#making-requests). */
const TELEGRAM_API_ROOT = "https://api.telegram.org";

/**
 * Reads the settings through `get`, usually `Deno.env.get`. Never throws: whatever is missing or
 * malformed is named, all at once, in `problems`, each with what to do about it.
 */
export function readSettings(get: (name: string) => string | undefined): Settings {
  const problems: string[] = [];
  /** The trimmed value; an empty one counts as not set. */
  const value = (name: string) => get(name)?.trim() || undefined;

  function integer(name: string, fallback: number, least: number, most: number): number {
    const text = value(name);
    if (text === undefined) return fallback;
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    problems.push(`${name} must be a whole number from ${least} to ${most}, not ${shown(text)}.`);
    return fallback;
  }
  function choice<T extends string>(name: string, fallback: T, choices: readonly T[]): T {
    const text = value(name);
    if (text === undefined) return fallback;
    const chosen = choices.find((each) => each.toLowerCase() === text.toLowerCase());
    if (chosen) return chosen;
    problems.push(`${name} must be one of ${choices.join(", ")}, not ${shown(text)}.`);
    return fallback;
  }
  function url(name: string): string | undefined {
    const text = value(name);
    if (text === undefined) return undefined;
    if (/^https?:\/\/[^/\s]/.test(text) && URL.canParse(text)) return text.replace(/\/+$/, "");
    problems.push(`${name} must be a URL such as https://desk.example.com, not ${shown(text)}.`);
    return undefined;
  }

  const listen = {
    hostname: value("HOST") ?? "0.0.0.0",
    port: integer("PORT", 8000, 0, 65535),
  };
  const timeZone = value("TIME_ZONE") ?? "America/Sao_Paulo";
  if (!isTimeZone(timeZone)) {
    problems.push(`TIME_ZONE must be a name such as America/Sao_Paulo, not ${shown(timeZone)}.`);
  }
  const channel = value("CHANNEL_ID");
  if (channel !== undefined && !/^(-100\d+|@\w{4,32})$/.test(channel)) {
    problems.push(
      `CHANNEL_ID must be a channel's numeric ID (-100…) or its @username, not ${shown(channel)}.`,
    );
  }
  const botToken = value("BOT_TOKEN");
  if (botToken === undefined) {
    problems.push("BOT_TOKEN is missing: ask @BotFather for a bot and set its token.");
  } else if (!/^\d+:[\w-]+$/.test(botToken)) {
    problems.push("BOT_TOKEN is not a bot's token: it has the form 123456:ABC-DEF…");
  }
  const secret = value("WEBHOOK_SECRET");
  if (secret !== undefined && !/^[\w-]{1,256}$/.test(secret)) {
    problems.push("WEBHOOK_SECRET may have 1 to 256 letters, digits, _ and - only.");
  }
  const publicUrl = url("PUBLIC_URL");
  const apiRoot = url("TELEGRAM_API_ROOT") ?? TELEGRAM_API_ROOT;
  if (publicUrl?.startsWith("http://") && apiRoot === TELEGRAM_API_ROOT) {
    problems.push("PUBLIC_URL must start with https://: Telegram delivers to nothing else.");
  }
  if (publicUrl !== undefined && new URL(publicUrl).pathname !== "/") {
    problems.push("PUBLIC_URL must have no path: updates are received at /telegram.");
  }
  const kvPath = value("KV_PATH");
  const choices = {
    locale: choice<Language>("LOCALE", "pt-BR", ["pt-BR", "en", "es"]),
    retentionDays: integer("RETENTION_DAYS", 90, 1, 3650),
    pace: choice("PACE", "telegram", ["telegram", "off"] as const),
    albumQuietMs: integer("ALBUM_QUIET_MS", 1000, 0, 10_000),
    logLevel: choice<LogLevel>("LOG_LEVEL", "info", ["debug", "info", "warn", "error"]),
  };

  const deploy = readDeploy(get);
  if (deploy && !deploy.isProduction) {
    problems.push("This is a preview or a branch: only the production timeline serves the desk.");
  }
  if (problems.length > 0 || botToken === undefined) return { listen, config: null, problems };
  const webhookUrl = publicUrl ?? deploy?.url;
  return {
    listen,
    problems: [],
    config: {
      botToken,
      botId: Number(botToken.split(":")[0]),
      ...(channel === undefined ? {} : { channel: toChannel(channel) }),
      apiRoot,
      ...(webhookUrl === undefined ? {} : { publicUrl: webhookUrl }),
      webhookSecret: secret ?? derive(botToken, "webhook"),
      claimCode: derive(botToken, "claim").slice(0, CLAIM_DIGITS),
      fingerprintKey: derive(botToken, "fingerprint"),
      ...(kvPath !== undefined ? { kvPath } : deploy ? {} : { kvPath: "./data/balcao.sqlite3" }),
      timeZone,
      ...choices,
    },
  };
}

/** A value as a problem may show it: what looks like a secret in the wrong line is not repeated. */
function shown(text: string): string {
  const looksSecret = /\d+:[\w-]{10,}|:\/\/[^/]*@/.test(text) || text.length > 60;
  return looksSecret ? "what it is now" : `"${text}"`;
}

/** Hex of HMAC-SHA-256 with the token as key: a secret only who has the token can name. */
function derive(botToken: string, message: string): string {
  return createHmac("sha256", botToken).update(message).digest("hex");
}

function toChannel(text: string): number | `@${string}` {
  return text.startsWith("@") ? `@${text.slice(1)}` : Number(text);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * What Deno Deploy says about where we run, or `null` anywhere else
 * (https://docs.deno.com/deploy/reference/env_vars_and_contexts/).
 */
function readDeploy(
  get: (name: string) => string | undefined,
): { isProduction: boolean; url?: string } | null {
  if (!get("DENO_DEPLOY")) return null;
  const isProduction = get("DENO_TIMELINE") === "production";
  const app = get("DENO_DEPLOY_APP_SLUG");
  const organisation = get("DENO_DEPLOY_ORG_SLUG");
  if (!isProduction || !app || !organisation) return { isProduction };
  return { isProduction, url: `https://${app}.${organisation}.deno.net` };
}
