/** Receives updates from Telegram: checks the secret first, answers 200 once they are accepted. */
import type { Update } from "grammy/types";
import type { Call } from "../message/webhook_answer.ts";
import type { Log } from "../log.ts";
import { isSameSecret } from "../secret.ts";

/**
 * Takes an update. Resolves once it is accepted, with the call it leaves to be made, if it leaves
 * one; rejects if it was not accepted.
 */
export type ReceiveUpdate = (update: Update) => Promise<Call | undefined>;

/** No update comes near this size. */
const MAX_BODY_BYTES = 1024 * 1024;

/** The header in which Telegram sends `secret_token` (Bot API, setWebhook). */
const SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token";

/**
 * 401 before anything else is looked at, 413 over 1 MiB, 400 if it is not an update; 200 when it is
 * accepted, 500 when it is not: then Telegram brings it again.
 *
 * A call that the update leaves is made by the response, which saves a request (Bot API, "Making
 * requests when getting updates"). How it ends is not told: a refusal is in no log and is not
 * repeated. So only calls go this way for which nothing more could be done if they failed. If the
 * response is lost, Telegram brings the update again, and the call is made then.
 */
export async function receiveUpdate(
  request: Request,
  { secret, receive, log }: {
    secret: string;
    receive: ReceiveUpdate;
    log: Log;
  },
): Promise<Response> {
  if (!isSameSecret(request.headers.get(SECRET_HEADER) ?? "", secret)) {
    return new Response("Unauthorized\n", { status: 401 });
  }
  const body = await readBody(request);
  if (body === null) return new Response("Too large\n", { status: 413 });
  const update = toUpdate(body);
  if (!update) return new Response("Not an update\n", { status: 400 });
  try {
    const call = await receive(update);
    return call ? Response.json(call) : new Response(null, { status: 200 });
  } catch (error) {
    log.error("update not accepted", { updateId: update.update_id, error });
    return new Response("Not accepted, please repeat\n", { status: 500 });
  }
}

/** The body, or `null` as soon as it is too large, whatever its headers say. */
async function readBody(request: Request): Promise<string | null> {
  if (Number(request.headers.get("Content-Length") ?? 0) > MAX_BODY_BYTES) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return await new Blob(chunks as BlobPart[]).text();
}

function toUpdate(body: string): Update | null {
  try {
    const value: unknown = JSON.parse(body);
    const id = (value as Partial<Update> | null)?.update_id;
    return typeof value === "object" && Number.isSafeInteger(id) ? value as Update : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
