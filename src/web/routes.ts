/** What the bot serves over HTTP: the webhook, its health, and a page for whoever runs it. */
import type { Log } from "../log.ts";
import { askedFor } from "./asked_for.ts";
import { healthOf } from "./health.ts";
import { contentPolicy, type PageOptions, Pages } from "./pages.ts";
import { TOKEN_PATH } from "./token_door.ts";
import type { Webhook } from "./webhook.ts";

/** What the HTTP side needs to know and do. */
export interface WebOptions extends PageOptions {
  /** Absent while there is no configuration: then nothing is received. */
  webhook?: Webhook;
  log: Log;
}

/** Answers a request that came `from` there. Never throws. */
export type HttpHandler = (request: Request, from?: Deno.Addr) => Promise<Response>;

/** No answer of ours is for caches, frames, indexes, or other sites. */
const HEADERS = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": contentPolicy("'none'"),
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  // With "no-referrer" browsers say of our own form that it comes from nowhere: "Origin: null".
  "Referrer-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "X-Robots-Tag": "noindex, nofollow",
};

/** The HTTP side. */
export function createWeb(options: WebOptions): HttpHandler {
  const { webhook, status, log } = options;
  const pages = new Pages(options);

  async function answer(request: Request, from: Deno.Addr | undefined): Promise<Response> {
    const { pathname, searchParams } = askedFor(request);
    if (webhook && request.method === "POST" && pathname === webhook.path) {
      return await webhook.answer(request);
    }
    if (request.method === "POST" && pathname === TOKEN_PATH) {
      return await pages.submit(request, from);
    }
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (isRead && pathname === "/health") {
      const health = healthOf(await status(false));
      return Response.json(health, { status: health.ok ? 200 : 503 });
    }
    // Whoever was refused a token is at the address of the form.
    if (isRead && (pathname === "/" || pathname === TOKEN_PATH)) {
      return await pages.show(request, from, searchParams.get("code"));
    }
    return new Response("Not found\n", { status: 404 });
  }

  return async (request, from) => {
    let response: Response;
    try {
      response = await answer(request, from);
    } catch (error) {
      log.error("request failed", { error });
      response = new Response("Internal error\n", { status: 500 });
    }
    for (const [name, value] of Object.entries(HEADERS)) {
      if (!response.headers.has(name)) response.headers.set(name, value);
    }
    if (request.method !== "HEAD") return response;
    await response.body?.cancel();
    return new Response(null, response);
  };
}
