/** What the bot serves over HTTP: the webhook, its health, and a page for whoever runs it. */
import type { Log } from "../log.ts";
import { type Health, healthResponse } from "./health.ts";
import { statusPage } from "./page.ts";
import { type Receive, receiveUpdate } from "./webhook.ts";

/** What the HTTP side needs to know and do. */
export interface WebOptions {
  /** Absent while there is no configuration: then nothing is received. */
  webhook?: { secret: string; path: string; receive: Receive };
  health: () => Promise<Health>;
  log: Log;
}

/** Answers a request. Never throws. */
export function createWeb({ webhook, health, log }: WebOptions): (r: Request) => Promise<Response> {
  return async (request) => {
    const { pathname } = new URL(request.url);
    try {
      if (webhook && request.method === "POST" && pathname === webhook.path) {
        return await receiveUpdate(request, { ...webhook, log });
      }
      const isRead = request.method === "GET" || request.method === "HEAD";
      if (isRead && pathname === "/health") return healthResponse(await health());
      if (isRead && pathname === "/") return statusPage(await health());
      return new Response("Not found\n", { status: 404 });
    } catch (error) {
      log.error("request failed", { error });
      return new Response("Internal error\n", { status: 500 });
    }
  };
}
