/** What Telegram says when it refuses a call: a code, a sentence, sometimes a parameter. */
import type { ResponseParameters } from "grammy/types";

/** A refusal, thrown by whatever answers a call and turned into the body of the answer. */
export class BotApiError extends Error {
  constructor(
    readonly errorCode: number,
    readonly description: string,
    readonly parameters?: ResponseParameters,
  ) {
    super(description);
    this.name = "BotApiError";
  }
}

/** 400: the call cannot be done as it is. */
export function badRequest(text: string, parameters?: ResponseParameters): BotApiError {
  return new BotApiError(400, `Bad Request: ${text}`, parameters);
}

/** 403: the bot may not, and trying again will not help. */
export function forbidden(text: string): BotApiError {
  return new BotApiError(403, `Forbidden: ${text}`);
}

/** 409: two ways of receiving updates exclude one another. */
export function conflict(text: string): BotApiError {
  return new BotApiError(409, `Conflict: ${text}`);
}

/** 429: wait that many seconds, then repeat the call. */
export function tooManyRequests(retryAfterS: number): BotApiError {
  return new BotApiError(429, `Too Many Requests: retry after ${retryAfterS}`, {
    retry_after: retryAfterS,
  });
}
