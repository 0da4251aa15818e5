/** The bot that runs, as its own page tells of it. */
import type { Config, Listen } from "../src/config.ts";
import type { Details } from "../src/web/details.ts";
import type { Health } from "../src/web/health.ts";

/** How long the bot may take: it asks Telegram before it answers. */
const PAGE_PATIENCE_MS = 15_000;

/** Where bots were looked for. */
export interface Answered {
  /** What ours tells, and where; absent: none of them is ours. */
  details?: Details & { address: string };
  /** Where another bot answers. */
  others: string[];
  /** Where nobody does. */
  silent: string[];
}

/**
 * Asks the bot how it is: on this machine, then at its public address. The code is shown to nobody
 * but a bot of this program.
 */
export async function askRunningBot(
  { publicUrl, claimCode }: Config,
  listen: Listen,
): Promise<Answered> {
  const answered: Answered = { others: [], silent: [] };
  for (const address of [localAddress(listen), ...publicUrl === undefined ? [] : [publicUrl]]) {
    const health = await readJson<Health>(`${address}/health`);
    if (health?.oldest_waiting_s === undefined) {
      answered.silent.push(address);
      continue;
    }
    const details = await readJson<Details>(`${address}/?code=${claimCode}`);
    if (details?.checklist) return { ...answered, details: { ...details, address } };
    answered.others.push(address);
  }
  return answered;
}

/** Where a program that listens so is reached on this machine. */
function localAddress({ hostname, port }: Listen): string {
  const isEverywhere = hostname === "0.0.0.0" || hostname === "::";
  const host = isEverywhere ? "127.0.0.1" : hostname.includes(":") ? `[${hostname}]` : hostname;
  return `http://${host}:${port}`;
}

/** The JSON at an address; `null` if there is none, or nobody answers. */
async function readJson<T>(url: string): Promise<Partial<T> & T | null> {
  try {
    const response = await fetch(url, {
      headers: { Accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(PAGE_PATIENCE_MS),
    });
    return await response.json();
  } catch {
    return null;
  }
}
