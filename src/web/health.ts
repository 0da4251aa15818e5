/** How the bot is, for monitors and for the status page. Facts and sentences, no names, no IDs. */

/** The answer of `GET /health`. */
export interface Health {
  ok: boolean;
  mode: "webhook" | "polling" | "playground" | "setup";
  /** Whether the database can be read. */
  kv: boolean;
  /** Whether Telegram answered when it was last asked. */
  telegram: boolean;
  /** Whether the desk is found and nothing stands in its way. */
  desk: boolean;
  /** Jobs that wait in the outbox. */
  waiting: number;
  /** Jobs that were given up and are kept for the operator. */
  failed: number;
  /** The age of the job that has waited longest, in seconds. */
  oldest_waiting_s: number;
  /** What the operator has to do, a sentence each. */
  problems: string[];
}

/** 200 if all is well, else 503. */
export function healthResponse(health: Health): Response {
  return Response.json(health, {
    status: health.ok ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}
