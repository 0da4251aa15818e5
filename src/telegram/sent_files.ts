/**
 * Files that people have sent: fetched from the Bot API server, or read where a local one has put
 * them (https://core.telegram.org/bots/api#using-a-local-bot-api-server).
 */
import type { Api } from "grammy";
import { type Config, TELEGRAM_API_ROOT } from "../config.ts";
import type { MessageFile } from "../message/facts.ts";
import { answerOf } from "./api.ts";

/** A bot can fetch files up to this size (Bot API, getFile). */
const MAX_FILE_BYTES = 20_000_000;
const FETCH_TIMEOUT_MS = 30_000;
/** A path as a local server gives it: from the root of a disk. */
const FROM_ROOT = /^(?:\/|[a-z]:[\\/]|\\\\)/i;

/** What fetching files needs of the world. */
export interface SentFilesOptions {
  /** Its addresses hold the token and never go to the log. */
  fetch: typeof globalThis.fetch;
  config: Pick<Config, "apiRoot" | "botToken">;
}

/**
 * What a file says, or why that cannot be told: it could not be fetched; or the operator's own server
 * keeps it where the bot cannot read it.
 */
export type FileText = { text: string } | { because: "unread" | "elsewhere" };

/**
 * The text of a file. Paths hold the token where a local server keeps files by bot: neither they nor
 * what reading them says may be told.
 */
export async function textOfFile(
  api: Api,
  { fileId, sizeBytes = 0 }: MessageFile,
  { fetch, config: { apiRoot, botToken } }: SentFilesOptions,
): Promise<FileText> {
  if (sizeBytes > MAX_FILE_BYTES) return { because: "unread" };
  const file = await answerOf(api.getFile(fileId));
  const path = file.failure ? undefined : file.result.file_path;
  if (path === undefined) return { because: "unread" };
  const isOwnServer = apiRoot !== TELEGRAM_API_ROOT;
  const isOnDisk = FROM_ROOT.test(path);
  if (isOnDisk && !isOwnServer) return { because: "unread" };
  const onDisk = isOnDisk ? await textAt(path) : undefined;
  if (onDisk) return onDisk;
  try {
    const signal = AbortSignal.timeout(FETCH_TIMEOUT_MS);
    const address = `${apiRoot}/file/bot${botToken}/${path.replace(/^\//, "")}`;
    const response = await fetch(address, { signal });
    const text = await response.text();
    if (response.ok) return { text };
    // The server by itself hands out no files: that takes another one before it.
    return { because: isOwnServer && response.status === 404 ? "elsewhere" : "unread" };
  } catch {
    // What the error says may hold the address, and with it the token: it is passed on to nobody.
    return { because: isOnDisk ? "elsewhere" : "unread" };
  }
}

/** The text of a file on this machine; `undefined`: there is none, or the bot may not read it. */
async function textAt(path: string): Promise<FileText | undefined> {
  try {
    const { isFile, size } = await Deno.stat(path);
    if (!isFile || size > MAX_FILE_BYTES) return { because: "unread" };
    return { text: await Deno.readTextFile(path) };
  } catch {
    return undefined;
  }
}
