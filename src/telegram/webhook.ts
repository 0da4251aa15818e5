/** Registers our webhook with Telegram, when what is registered differs from what should be. */
import { createHash } from "node:crypto";
import type { Api } from "grammy";
import { answerOf } from "./api.ts";
import { UPDATE_TYPES } from "./updates.ts";

/** Where Telegram delivers updates, below the public URL. */
export const WEBHOOK_PATH = "/telegram";

/** What was last registered, as it is kept; the secret as a digest. */
export interface Registration {
  url: string;
  secretDigest: string;
  updateTypes: string;
}

/**
 * Registers the webhook (Bot API, setWebhook), unless `known` says that Telegram has it already.
 * Returns what is registered now. Throws with Telegram's words if it refuses.
 */
export async function registerWebhook(
  api: Api,
  { publicUrl, secret, known }: { publicUrl: string; secret: string; known: Registration | null },
): Promise<Registration> {
  const wanted: Registration = {
    url: publicUrl + WEBHOOK_PATH,
    secretDigest: createHash("sha256").update(secret).digest("hex"),
    updateTypes: UPDATE_TYPES.join(" "),
  };
  const isSame = known !== null && known.url === wanted.url &&
    known.secretDigest === wanted.secretDigest && known.updateTypes === wanted.updateTypes;
  if (isSame) {
    // Somebody may have taken the webhook away, by polling with the same token, say.
    const info = await answerOf(api.getWebhookInfo());
    if (!info.failure && info.result.url === wanted.url) return wanted;
  }
  const answer = await answerOf(api.setWebhook(wanted.url, {
    secret_token: secret,
    allowed_updates: UPDATE_TYPES,
  }));
  if (answer.failure) {
    throw new Error(
      `Cannot register the webhook ${wanted.url}: Telegram says "${answer.failure.description}"`,
    );
  }
  return wanted;
}
