/** Answers of the Bot API server as bodies and over HTTP. */
import type { ApiError, ApiSuccess } from "grammy/types";
import { BotApiError, tooManyRequests } from "./error.ts";
import type { Fault } from "./faults.ts";

/** What a call is answered that is not executed because of a fault. */
export function failureOf(fault: Fault): ApiError | undefined {
  switch (fault.kind) {
    case "429":
      return toError(tooManyRequests(fault.retryAfterS));
    case "502":
      return toError(new BotApiError(502, "Bad Gateway"));
    case "500":
      return toError(new BotApiError(500, "Internal Server Error"));
    case "error":
      return toError(new BotApiError(fault.errorCode, fault.description, fault.parameters));
    case "lost request":
    case "lost answer":
    case "hang":
    case "odd answer":
    case "half done":
    case "delay":
      return undefined;
  }
}

/** A refusal as the body of an answer. */
export function toError({ errorCode, description, parameters }: BotApiError): ApiError {
  const error: ApiError = { ok: false, error_code: errorCode, description };
  return parameters === undefined ? error : { ...error, parameters };
}

/** An answer over HTTP. */
export function toResponse(answer: ApiSuccess<unknown> | ApiError): Response {
  if (answer.ok) return Response.json(answer);
  const headers = new Headers();
  const retryAfterS = answer.parameters?.retry_after;
  if (retryAfterS !== undefined) headers.set("retry-after", String(retryAfterS));
  return Response.json(answer, { status: answer.error_code, headers });
}

/** A body that ends before its announced length: the nearest a handler gets to hanging up. */
export function brokenConnection(): Response {
  const nothing = new ReadableStream({ start: (body) => body.close() });
  return new Response(nothing, { headers: { "content-length": "1" } });
}

/** A body that may be anything. */
export function oddAnswer(body: string): Response {
  return new Response(body, { headers: { "content-type": "application/json" } });
}

/** The page of a proxy that cannot reach the server. */
export function badGateway(): Response {
  const page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
  return new Response(page, { status: 502, headers: { "content-type": "text/html" } });
}
