/** What must be true for updates to reach the bot, and for what is kept to stay. */
import type { WebhookInfo } from "grammy/types";
import { MINUTE_MS } from "../time/duration.ts";
import { badCheck, type Check, type CheckProblem, goodCheck, warningCheck } from "./checklist.ts";

/** How updates reach the bot, as far as it can tell. */
export interface ReceivingFacts {
  mode: "webhook" | "polling";
  /** What Telegram said when it was last asked for updates, if it refused. */
  refusal?: string | undefined;
  /** What Telegram says of the webhook; absent: not asked. */
  webhook?: WebhookInfo | undefined;
  /** The address that should be registered. */
  url?: string | undefined;
  /** When an update last came to this process. */
  heardMs?: number | undefined;
  isDurable: boolean;
  /** What is wrong with the database. */
  database?: CheckProblem | undefined;
  nowMs: number;
}

/** A failed delivery is of interest for this long. */
const LATELY_MS = 10 * MINUTE_MS;

/** The items about receiving, and about what is kept. */
export function receivingChecks(facts: ReceivingFacts): Check[] {
  const { heardMs, nowMs } = facts;
  return [
    updatesCheck(facts),
    heardMs === undefined
      ? { name: "heard", state: "unknown" }
      : { name: "heard", state: "good", detail: { kind: "ago", ms: nowMs - heardMs } },
    databaseCheck(facts),
  ];
}

function databaseCheck({ isDurable, database }: ReceivingFacts): Check {
  if (database) return badCheck("database", database);
  return isDurable ? goodCheck("database") : warningCheck("database", { because: "in memory" });
}

function updatesCheck(facts: ReceivingFacts): Check {
  const { mode, refusal, webhook, url, database, nowMs } = facts;
  if (refusal !== undefined) {
    return badCheck("updates", { because: "refused", description: refusal });
  }
  if (webhook && url !== undefined && webhook.url !== url) {
    return badCheck("updates", { because: "no webhook" });
  }
  const failedMs = (webhook?.last_error_date ?? 0) * 1000;
  const waiting = webhook?.pending_update_count ?? 0;
  if (waiting > 0 && nowMs - failedMs < LATELY_MS) {
    const description = webhook?.last_error_message ?? "";
    // An answer 500 is the bot's own: what it cannot accept yet comes again. A database that takes
    // nothing may keep it from answering in time.
    return database || / 500\b/.test(description)
      ? warningCheck("updates", { because: "not accepted", waiting })
      : badCheck("updates", { because: "not delivered", description, waiting });
  }
  return { name: "updates", state: "good", detail: { kind: "mode", mode } };
}
