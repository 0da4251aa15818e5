/** Long polling: brings updates to the bot where Telegram cannot reach us. */
import type { Api } from "grammy";
import type { Update } from "grammy/types";
import { classify } from "../classify.ts";
import type { Log } from "../../log.ts";
import { answerOf, signalFor } from "../api.ts";
import { UPDATE_TYPES } from "../updates.ts";

/** How long Telegram may hold a request open; a call is given up 10 s later. */
const LONG_POLL_S = 20;
/** How long to wait after a failure, unless Telegram says. */
const PAUSE_MS = 3000;

/** What polling tells of itself. */
export interface Polling {
  /** What Telegram answered to the last request instead of updates, if it did. */
  refusal(): string | undefined;
  /** Resolves when no update is being handled any more. */
  stopped: Promise<void>;
}

/**
 * Fetches updates until `signal` is aborted. An update is confirmed, by the next offset, only when
 * `handle` has accepted it; if it could not be accepted, Telegram brings it again. Updates of one
 * chat are handled one after another, those of different chats side by side, as a webhook would
 * (Bot API, getUpdates).
 */
export function poll(api: Api, { handle, signal, log }: {
  handle: (update: Update) => Promise<void>;
  signal: AbortSignal;
  log: Log;
}): Polling {
  let refusal: string | undefined;
  let lastReason: string | undefined;

  async function run(): Promise<void> {
    await answerOf(api.deleteWebhook());
    let offset = 0;
    while (!signal.aborted) {
      const answer = await answerOf(api.getUpdates({
        offset,
        timeout: LONG_POLL_S,
        allowed_updates: UPDATE_TYPES,
      }, signalFor(signal)));
      if (signal.aborted) return;
      if (answer.failure) {
        const verdict = classify(answer.failure);
        const { code, description: reason } = answer.failure;
        if (reason !== lastReason) log.warn("polling failed", { reason });
        lastReason = reason;
        refusal = verdict.kind === "passing" || verdict.kind === "pause" ? undefined : reason;
        // A webhook was set meanwhile, or the call that should have taken it away was lost.
        if (code === 409 && /webhook/i.test(reason)) await answerOf(api.deleteWebhook());
        await pause(verdict.kind === "pause" ? verdict.retryAfterS * 1000 : PAUSE_MS);
        continue;
      }
      refusal = lastReason = undefined;
      const failed = await handleAll(answer.result);
      offset = failed[0] ?? (answer.result.at(-1)?.update_id ?? offset - 1) + 1;
      if (failed.length > 0) await pause(PAUSE_MS);
    }
  }

  /** Handles a batch; the IDs of updates that have to come again, in order. */
  async function handleAll(updates: Update[]): Promise<number[]> {
    const failed: number[] = [];
    const chats = Map.groupBy(updates, orderedBy);
    await Promise.all([...chats.values()].map(async (ofChat) => {
      for (const update of ofChat) {
        try {
          await handle(update);
        } catch (error) {
          log.error("update not accepted", { updateId: update.update_id, error });
          failed.push(update.update_id);
          // What follows in this chat must not overtake it.
          return;
        }
      }
    }));
    return failed.sort((a, b) => a - b);
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener("abort", done);
    });
  }

  return { refusal: () => refusal, stopped: run() };
}

/** The chat whose order an update belongs to; the update itself if it belongs to none. */
function orderedBy(update: Update): number {
  const { update_id, ...content } = update;
  for (const value of Object.values(content)) {
    if (value && "chat" in value && value.chat) return value.chat.id;
  }
  return update_id;
}
