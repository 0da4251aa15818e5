/** The bot's calls to Telegram, and the one reading of what goes wrong with them. */
import { type Api, GrammyError, HttpError } from "grammy";
import { defined } from "../values/defined.ts";
import type { Failure } from "./classify.ts";

/** A call is given up after this long: its answer is lost then. */
export const CALL_TIMEOUT_S = 30;

/** How a call ended: with Telegram's result, or with what went wrong. */
export type Answer<T> = { result: T; failure?: undefined } | { failure: Failure };

/** Awaits a call. What Telegram or the network did is an answer; anything else is our own bug. */
export async function answerOf<T>(call: Promise<T>): Promise<Answer<T>> {
  try {
    return { result: await call };
  } catch (error) {
    if (error instanceof GrammyError) {
      const { retry_after, migrate_to_chat_id } = error.parameters;
      return {
        failure: {
          code: error.error_code,
          description: error.description,
          ...defined({ retryAfterS: retry_after, migrateToChatId: migrate_to_chat_id }),
        },
      };
    }
    if (error instanceof HttpError) return { failure: { description: sayCause(error.error) } };
    throw error;
  }
}

/** What happened on the way, without the address that was called: it holds the token. */
function sayCause(cause: unknown): string {
  if (cause instanceof SyntaxError) return "the answer was not JSON";
  if (cause instanceof DOMException) return `the call was given up (${cause.name})`;
  if (cause instanceof TypeError) return "the connection failed";
  return "the call was not answered";
}

/** A signal as grammY's calls take it: their types name a polyfill's, the platform's own works. */
export function signalFor(signal: AbortSignal): NonNullable<Parameters<Api["getMe"]>[0]> {
  return signal as unknown as NonNullable<Parameters<Api["getMe"]>[0]>;
}

/**
 * A `fetch` that never sends a call a second time by itself. Deno repeats a POST, unasked and
 * unseen, when a kept-alive connection closes without an answer; a body that can be read only once
 * cannot be repeated, and connections are still reused. Whether to repeat is for the outbox to
 * decide, which knows what a repeat means.
 */
export function unrepeated(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return (input, init) => {
    const { body } = init ?? {};
    if (typeof body !== "string") return fetch(input, init);
    return fetch(input, { ...init, body: once(new TextEncoder().encode(body)) });
  };
}

function once(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start: (body) => {
      body.enqueue(bytes);
      body.close();
    },
  });
}
