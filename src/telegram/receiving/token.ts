/** Whether a token is a bot's, by Telegram's word. */
import type { Config } from "../../config.ts";
import type { TokenRefusal } from "../../texts/notices/page.ts";
import { answerOf } from "../api.ts";
import { guardAnswers } from "../wire/answer.ts";
import { createBot } from "./bot.ts";

/** How long Telegram may take: somebody waits at the page. */
const PATIENCE_MS = 15_000;
/** What Telegram answers to a token that is none of its own, or that it cannot even read as one. */
const UNKNOWN_CODES = [401, 404];

/** Asks whose token it is (Bot API, getMe); why it cannot be taken, or `undefined` if it can. */
export async function doubtOfToken(
  config: Config,
  fetch: typeof globalThis.fetch,
): Promise<TokenRefusal | undefined> {
  const bot = createBot({ config, fetch, signal: AbortSignal.timeout(PATIENCE_MS) });
  guardAnswers(bot.api);
  const { failure } = await answerOf(bot.api.getMe());
  if (failure === undefined) return undefined;
  return UNKNOWN_CODES.includes(failure.code ?? 0) ? "unknown" : "unanswered";
}
