/** A call by `fetch` whose body lies there as a text: nothing of it has to be streamed. */
import type { Carrier } from "./payload.ts";

/** A request, as far as the server looks at one. */
export interface Asking extends Carrier {
  url: string;
  body: Request["body"];
  /** Ends the wait for an answer; absent: nobody gives up. */
  signal?: AbortSignal;
}

/** The request of such a call; `undefined`: it takes one of the platform's. */
export function plainRequest(
  input: Parameters<typeof fetch>[0],
  { body, headers, signal }: RequestInit = {},
): Asking | undefined {
  if (typeof input !== "string" || typeof body !== "string") return undefined;
  const given = new Headers(headers);
  return {
    url: input,
    headers: given,
    body: null,
    ...(signal ? { signal } : {}),
    text: () => Promise.resolve(body),
    formData: () => new Response(body, { headers: given }).formData(),
  };
}
