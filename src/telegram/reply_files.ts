/**
 * The files of canned replies, tried without bothering anybody: getFile knows which of them are the
 * bot's.
 */
import type { Api } from "grammy";
import { answerOf } from "./api.ts";

/** What is known of a file: it can be sent, Telegram refuses it, or that could not be told. */
export type FileState = "good" | "refused" | "unknown";

/** How many are tried at once. */
const AT_ONCE = 4;
/** No further file is tried after this long: a job has 45 seconds, and a call may take 30. */
const LONGEST_MS = 15_000;
/** After so many that could not be told, Telegram is left alone. */
const MOST_UNKNOWN = 4;

/** Refusals that say the ID is no file of this bot's. */
const REFUSED = /file[_ ]id|file identifier/i;

/**
 * Whether a file can be sent (Bot API, getFile). An ID that is none is `invalid file_id`; another
 * bot's can be read but not fetched: `wrong file_id or the file is temporarily unavailable`. What is
 * `too big` to be fetched is a file of the bot's (tdlib/telegram-bot-api, Client.cpp).
 */
export async function tryFile(api: Api, fileId: string): Promise<FileState> {
  const { failure } = await answerOf(api.getFile(fileId));
  if (!failure) return "good";
  if (failure.code !== 400) return "unknown";
  if (/too big/i.test(failure.description)) return "good";
  return REFUSED.test(failure.description) ? "refused" : "unknown";
}

/** Tries many files, a few at a time, for a while; what is left over is unknown. */
export async function tryFiles(
  api: Api,
  fileIds: string[],
  { longestMs = LONGEST_MS }: { longestMs?: number } = {},
): Promise<Map<string, FileState>> {
  const states = new Map<string, FileState>(fileIds.map((fileId) => [fileId, "unknown"]));
  const waiting = [...states.keys()];
  const signal = AbortSignal.timeout(longestMs);
  let unknown = 0;
  const tryOn = async () => {
    while (!signal.aborted && unknown < MOST_UNKNOWN) {
      const fileId = waiting.shift();
      if (fileId === undefined) return;
      const state = await tryFile(api, fileId);
      if (state === "unknown") unknown++;
      states.set(fileId, state);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, tryOn));
  return states;
}
