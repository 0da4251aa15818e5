/**
 * What the operator decides: the environment, read once, checked whole. Everything but the token
 * has a default or is learned from Telegram.
 */
import { createHmac } from "node:crypto";
import type { Problem, Surroundings } from "./health/problem.ts";
import { type Language, LANGUAGE_TAGS } from "./words/language.ts";
import { LogLevel } from "./log.ts";
import { CODE_DIGITS } from "./secret.ts";
import { defined } from "./values/defined.ts";

/** The configuration of one running bot, complete and valid. */
export interface Config {
  botToken: string;
  /** The bot's own user ID: the digits before the colon of its token. */
  botId: number;
  /** The desks' channels, in their order; none while they have to be claimed. */
  channels: readonly ChannelName[];
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

/** A channel as the operator names it: by its numeric ID, or its public name. */
export type ChannelName = number | `@${string}`;

/** Where the HTTP side listens; known even when nothing else is. */
export interface Listen {
  hostname: string;
  port: number;
}

/**
 * What the environment says: a configuration, or everything that is wrong with it. Where to listen,
 * how to speak to people, and how much to log is known in any case.
 */
export type Environment =
  & {
    listen: Listen;
    locale: Language;
    timeZone: string;
    logLevel: LogLevel;
    surroundings: Surroundings;
  }
  & ({ config: Config; problems: [] } | { config: null; problems: Problem[] });

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

/** Where the database is unless the operator says so. */
export const DEFAULT_KV_PATH = "./data/balcao.sqlite3";

const DEFAULT_TIME_ZONE = "America/Sao_Paulo";

/** Telegram's own Bot API server (https://core.telegram.org/bots/api#making-requests). */
export const TELEGRAM_API_ROOT = "https://api.telegram.org";

/** Tells the value of a variable; `undefined` if it is not set. */
type Get = (name: string) => string | undefined;

/**
 * Reads the environment through `get`, usually `Deno.env.get`. Never throws: whatever is missing or
 * malformed is named, all at once, in `problems`. `isKept` is whether a token that is given to the
 * program can be kept in its folder.
 */
export function readEnvironment(get: Get, { isKept = true } = {}): Environment {
  const problems: Problem[] = [];
  const { value, integer, choice, url } = variables(get, problems);
  const [deploy, surroundings] = [readDeploy(get), surroundingsOf(get, isKept)];
  const listen = {
    hostname: value("HOST") ?? "0.0.0.0",
    port: integer("PORT", 8000, 0, 65535),
  };
  const timeZone = value("TIME_ZONE") ?? DEFAULT_TIME_ZONE;
  if (!isTimeZone(timeZone)) {
    problems.push({ because: "not a time zone", ...presentable(timeZone) });
  }
  const channels = value("CHANNEL_ID")?.split(",").map((each) => each.trim()).filter(Boolean) ?? [];
  problems.push(...problemsOfChannels(channels));
  const botToken = value("BOT_TOKEN");
  problems.push(...problemsOfToken(botToken, surroundings));
  const secret = value("WEBHOOK_SECRET");
  if (secret !== undefined && !/^[\w-]{1,256}$/.test(secret)) {
    problems.push({ because: "not a secret" });
  }
  const publicUrl = url("PUBLIC_URL");
  const apiRoot = url("TELEGRAM_API_ROOT") ?? TELEGRAM_API_ROOT;
  if (publicUrl?.startsWith("http://") && apiRoot === TELEGRAM_API_ROOT) {
    problems.push({ because: "not https" });
  }
  if (publicUrl !== undefined && new URL(publicUrl).pathname !== "/") {
    problems.push({ because: "address with path" });
  }
  const kvPath = value("KV_PATH");
  const choices = {
    locale: choice<Language>("LOCALE", "pt-BR", LANGUAGE_TAGS),
    retentionDays: integer("RETENTION_DAYS", 90, 1, 3650),
    pace: choice("PACE", "telegram", ["telegram", "off"] as const),
    albumQuietMs: integer("ALBUM_QUIET_MS", 1000, 0, 10_000),
    logLevel: choice<LogLevel>("LOG_LEVEL", "info", ["debug", "info", "warn", "error"]),
  };
  const always = {
    listen,
    locale: choices.locale,
    timeZone: isTimeZone(timeZone) ? timeZone : DEFAULT_TIME_ZONE,
    logLevel: choices.logLevel,
    surroundings,
  };

  // Nobody has to mend anything about a preview: it is not the desk.
  if (deploy && !deploy.isProduction) {
    return { ...always, config: null, problems: [{ because: "preview" }] };
  }
  if (problems.length > 0 || botToken === undefined) return { ...always, config: null, problems };
  const webhookUrl = publicUrl ?? deploy?.url;
  return {
    ...always,
    problems: [],
    config: {
      botToken,
      botId: Number(botToken.split(":")[0]),
      channels: [...new Set(channels.map(toChannel))],
      apiRoot,
      ...defined({ publicUrl: webhookUrl }),
      webhookSecret: secret ?? derive(botToken, "webhook"),
      claimCode: derive(botToken, "claim").slice(0, CODE_DIGITS),
      fingerprintKey: derive(botToken, "fingerprint"),
      ...defined({ kvPath: kvPath ?? (deploy ? undefined : DEFAULT_KV_PATH) }),
      timeZone,
      ...choices,
    },
  };
}

function problemsOfChannels(channels: readonly string[]): Problem[] {
  return channels.filter((channel) => !/^(-100\d+|@\w{4,32})$/.test(channel)).map((channel) => ({
    because: "not a channel",
    ...presentable(channel),
  }));
}

/**
 * Whether nothing is missing but a token that can be pasted on the page: on somebody's own machine.
 * Anywhere else the page may be the whole world's, or what is written down there does not last.
 */
export function lacksOnlyToken({ problems, surroundings }: Environment): boolean {
  const [problem, ...others] = problems;
  if (problem === undefined || others.length > 0 || surroundings !== "machine") return false;
  return problem.because === "no token" || problem.because === "not a token";
}

function problemsOfToken(token: string | undefined, surroundings: Surroundings): Problem[] {
  if (token === undefined) return [{ because: "no token", surroundings }];
  return /^\d+:[\w-]+$/.test(token) ? [] : [{ because: "not a token" }];
}

/** Reads variables of a kind through `get`; what is malformed is added to the problems. */
function variables(get: Get, problems: Problem[]) {
  /** The trimmed value; an empty one counts as not set. */
  const value = (name: string) => get(name)?.trim() || undefined;

  function integer(name: string, fallback: number, least: number, most: number): number {
    const text = value(name);
    if (text === undefined) return fallback;
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    problems.push({ because: "not a whole number", name, least, most, ...presentable(text) });
    return fallback;
  }
  function choice<T extends string>(name: string, fallback: T, choices: readonly T[]): T {
    const text = value(name);
    if (text === undefined) return fallback;
    const chosen = choices.find((each) => each.toLowerCase() === text.toLowerCase());
    if (chosen) return chosen;
    problems.push({ because: "not a choice", name, choices, ...presentable(text) });
    return fallback;
  }
  function url(name: string): string | undefined {
    const text = value(name);
    if (text === undefined) return undefined;
    if (/^https?:\/\/[^/\s]/.test(text) && URL.canParse(text)) return text.replace(/\/+$/, "");
    problems.push({ because: "not an address", name, ...presentable(text) });
    return undefined;
  }
  return { value, integer, choice, url };
}

/** A value as a problem may show it: what looks like a secret in the wrong line is not repeated. */
function presentable(text: string): { given?: string } {
  const looksSecret = /\d+:[\w-]{10,}|:\/\/[^/]*@/.test(text) || text.length > 60;
  return looksSecret ? {} : { given: text };
}

/** Hex of HMAC-SHA-256 with the token as key: a secret only who has the token can name. */
function derive(botToken: string, message: string): string {
  return createHmac("sha256", botToken).update(message).digest("hex");
}

function toChannel(text: string): ChannelName {
  return text.startsWith("@") ? `@${text.slice(1)}` : Number(text);
}

function isTimeZone(name: string): boolean {
  // A formatter knows former names too, and takes a start ten times as long to make.
  if (Intl.supportedValuesOf("timeZone").includes(name)) return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * The image sets `container`, as container managers do by custom
 * (https://systemd.io/CONTAINER_INTERFACE/). A service often may not write in its own folder.
 */
function surroundingsOf(get: Get, isKept: boolean): Surroundings {
  if (get("DENO_DEPLOY")) return "deploy";
  if (get("container")) return "container";
  return get("PUBLIC_URL")?.trim() || !isKept ? "server" : "machine";
}

/**
 * What Deno Deploy says about where we run, or `null` anywhere else
 * (https://docs.deno.com/deploy/reference/env_vars_and_contexts/).
 */
function readDeploy(get: Get): { isProduction: boolean; url?: string } | null {
  if (!get("DENO_DEPLOY")) return null;
  const isProduction = get("DENO_TIMELINE") === "production";
  const app = get("DENO_DEPLOY_APP_SLUG");
  const organisation = get("DENO_DEPLOY_ORG_SLUG");
  if (!isProduction || !app || !organisation) return { isProduction };
  return { isProduction, url: `https://${app}.${organisation}.deno.net` };
}
