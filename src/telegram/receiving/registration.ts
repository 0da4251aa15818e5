/** Registering our webhook with Telegram, and what is kept of that. */
import { createHash } from "node:crypto";
import type { Api } from "grammy";
import type { Environment } from "../../config.ts";
import { ProblemError, sentenceOf } from "../../texts/problem_sentence.ts";
import { answerOf } from "../api.ts";
import { guardAnswers } from "../wire/answer.ts";
import { createBot } from "./bot.ts";
import { UPDATE_TYPES } from "../updates.ts";

/** Where Telegram delivers updates, below the public URL. */
export const WEBHOOK_PATH = "/telegram";

/** What was last registered, as it is kept; the secret as a digest. */
export interface Registration {
  url: string;
  secretDigest: string;
  updateTypes: string;
}

/** That there is no webhook, as it is kept where updates are asked for. */
export const NO_WEBHOOK: Registration = { url: "", secretDigest: "", updateTypes: "" };

/** What has to be registered. */
export function wantedRegistration(publicUrl: string, secret: string): Registration {
  return {
    url: publicUrl + WEBHOOK_PATH,
    secretDigest: createHash("sha256").update(secret).digest("hex"),
    updateTypes: UPDATE_TYPES.join(" "),
  };
}

/** Whether two registrations are the same. */
export function isSameRegistration(a: Registration, b: Registration): boolean {
  return a.url === b.url && a.secretDigest === b.secretDigest && a.updateTypes === b.updateTypes;
}

/**
 * Registers the webhook (Bot API, setWebhook). Throws a `ProblemError` with Telegram's words if it
 * refuses.
 */
export async function registerWebhook(
  api: Api,
  { url, secret }: { url: string; secret: string },
): Promise<void> {
  const answer = await answerOf(api.setWebhook(url, {
    secret_token: secret,
    allowed_updates: UPDATE_TYPES,
  }));
  if (answer.failure) {
    const { description } = answer.failure;
    throw new ProblemError({ because: "webhook refused", description });
  }
}

/** How often registering alone is tried, how long after a failure, and how long it may take. */
const TRIES = 3;
const AGAIN_MS = 1000;
const REGISTERING_PATIENCE_MS = 45_000;

/**
 * Registers the webhook and does nothing else, for a deployment that is about to begin. Where there
 * is none to register, for lack of production, of an address, or of a token yet, that is no failure:
 * the program itself says on its page what is missing.
 */
export async function registerOnly(
  { config, problems }: Pick<Environment, "config" | "problems">,
  fetch: typeof globalThis.fetch,
): Promise<{ isDone: boolean; sentence: string }> {
  if (!config) {
    const isToCome = problems.every(({ because }) =>
      because === "preview" || because === "no token"
    );
    const why = problems.map(sentenceOf).join(" ");
    return { isDone: isToCome, sentence: `No webhook is registered. ${why}` };
  }
  const { publicUrl, webhookSecret: secret } = config;
  if (publicUrl === undefined) {
    return {
      isDone: true,
      sentence: "No webhook is registered: without PUBLIC_URL the bot asks Telegram for updates.",
    };
  }
  const bot = createBot({ config, fetch, signal: AbortSignal.timeout(REGISTERING_PATIENCE_MS) });
  guardAnswers(bot.api);
  for (let tries = 1;; tries++) {
    try {
      const url = publicUrl + WEBHOOK_PATH;
      await registerWebhook(bot.api, { url, secret });
      return { isDone: true, sentence: `The webhook is registered: Telegram delivers to ${url}.` };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (tries === TRIES) {
        return { isDone: false, sentence: `No webhook is registered. ${error.message}` };
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}
