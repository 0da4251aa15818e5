/** What the bot serves over HTTP: the webhook, its health, and a page for whoever runs it. */
import type { Language } from "../words/language.ts";
import type { Log } from "../log.ts";
import type { Status } from "../health/status.ts";
import { Access, type Viewer } from "./access.ts";
import { askedFor } from "./asked_for.ts";
import { detailsOf } from "./details.ts";
import { healthOf } from "./health.ts";
import { preferredLanguage } from "./language.ts";
import { writePage } from "./page.ts";
import { drawQrCode } from "../chart/qr_code.ts";
import { STYLE_SOURCE } from "./style.ts";
import { type ReceiveUpdate, Webhook } from "./webhook.ts";
import { defined } from "../values/defined.ts";

/** What the HTTP side needs to know and do. */
export interface WebOptions {
  /** Absent while there is no configuration: then nothing is received. */
  webhook?: { secret: string; path: string; receive: ReceiveUpdate };
  /** How the bot is; looked at anew if it is the operator who asks. */
  status: (isAnew: boolean) => Promise<Status>;
  /** Opens what is not for everybody. */
  code: string;
  /** The language of readers who speak none of ours. */
  locale: Language;
  timeZone: string;
  version: string;
  now: () => number;
  log: Log;
}

/** Answers a request that came `from` there. Never throws. */
export type HttpHandler = (request: Request, from?: Deno.Addr) => Promise<Response>;

/** No answer of ours is for caches, frames, indexes, or other sites. */
const HEADERS = {
  "Cache-Control": "no-store",
  "Content-Security-Policy":
    `default-src 'none'; style-src ${STYLE_SOURCE}; img-src data:; base-uri 'none'; ` +
    "form-action 'none'; frame-ancestors 'none'",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "X-Robots-Tag": "noindex, nofollow",
};

const STATUS_CODES: Partial<Record<Viewer, number>> = { "mistaken": 403, "too often": 429 };

/** The HTTP side. */
export function createWeb(options: WebOptions): HttpHandler {
  const { webhook, status, code, now, log } = options;
  const received = webhook && new Webhook({ ...webhook, log });
  const access = new Access({ code, now });

  async function answer(request: Request, from: Deno.Addr | undefined): Promise<Response> {
    const { pathname, searchParams } = askedFor(request);
    if (received && request.method === "POST" && pathname === webhook.path) {
      return await received.answer(request);
    }
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (isRead && pathname === "/health") {
      const health = healthOf(await status(false));
      return Response.json(health, { status: health.ok ? 200 : 503 });
    }
    if (isRead && pathname === "/") return await page(request, searchParams.get("code"), from);
    return new Response("Not found\n", { status: 404 });
  }

  async function page(
    request: Request,
    given: string | null,
    from: Deno.Addr | undefined,
  ): Promise<Response> {
    const { locale, timeZone, version } = options;
    const viewer = access.viewerOf(given, request, from);
    const isOperator = viewer === "operator";
    const seen = await status(isOperator);
    if (isOperator && request.headers.get("Accept") === "application/json") {
      return Response.json(detailsOf(seen, version));
    }
    const link = isOperator ? seen.claimLink : undefined;
    const claim = link === undefined ? undefined : { link, picture: await drawQrCode(link) };
    const html = writePage({
      status: seen,
      viewer,
      ...defined({ code: isOperator ? code : undefined, claim }),
      language: preferredLanguage(request.headers.get("Accept-Language"), locale),
      timeZone,
      version,
      nowMs: now(),
    });
    return new Response(html, {
      status: STATUS_CODES[viewer] ?? 200,
      headers: { "Content-Type": "text/html; charset=utf-8", "Vary": "Accept-Language" },
    });
  }

  return async (request, from) => {
    let response: Response;
    try {
      response = await answer(request, from);
    } catch (error) {
      log.error("request failed", { error });
      response = new Response("Internal error\n", { status: 500 });
    }
    for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
    if (request.method !== "HEAD") return response;
    await response.body?.cancel();
    return new Response(null, response);
  };
}
