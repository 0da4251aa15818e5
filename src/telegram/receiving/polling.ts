/** Long polling: brings updates to the bot where Telegram cannot reach us. */
import type { Api } from "grammy";
import { isSaid } from "../../values/try_again.ts";
import { classify } from "../classify.ts";
import type { Log } from "../../log.ts";
import { answerOf, signalFor } from "../api.ts";
import { UPDATE_TYPES } from "../updates.ts";
import { chatIdIn, updateIdOf } from "../wire/update.ts";

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
  handle: (value: unknown) => Promise<void>;
  signal: AbortSignal;
  log: Log;
}): Polling {
  let refusal: string | undefined;
  let lastReason: string | undefined;
  let offset = 0;

  async function run(): Promise<void> {
    await answerOf(api.deleteWebhook());
    while (!signal.aborted) {
      try {
        await goOn();
      } catch (error) {
        // Whatever it is, nobody but this loop brings updates.
        log.error("polling failed by our own fault", { error });
        await pause(PAUSE_MS);
      }
    }
  }

  /** Asks once more, and handles what comes. */
  async function goOn(): Promise<void> {
    const asked = { offset, timeout: LONG_POLL_S, allowed_updates: UPDATE_TYPES };
    const answer = await answerOf(api.getUpdates(asked, signalFor(signal)));
    if (signal.aborted) return;
    if (answer.failure) {
      const verdict = classify(answer.failure);
      const { code, description: reason } = answer.failure;
      if (reason !== lastReason) log.warn("polling failed", { reason });
      lastReason = reason;
      refusal = verdict.kind === "passing" || verdict.kind === "pause" ? undefined : reason;
      // A webhook was set meanwhile, or the call that should have taken it away was lost.
      if (code === 409 && /webhook/i.test(reason)) await answerOf(api.deleteWebhook());
      return await pause(verdict.kind === "pause" ? verdict.retryAfterS * 1000 : PAUSE_MS);
    }
    refusal = lastReason = undefined;
    const fetched = numbered(answer.result, offset);
    const failed = await handleAll(fetched);
    offset = failed[0] ?? (fetched.at(-1)?.updateId ?? offset - 1) + 1;
    if (failed.length > 0) await pause(PAUSE_MS);
  }

  /** Handles a batch; the IDs of updates that have to come again, in order. */
  async function handleAll(updates: Fetched[]): Promise<number[]> {
    const failed: number[] = [];
    const chats = Map.groupBy(updates, ({ value, updateId }) => chatIdIn(value) ?? updateId);
    await Promise.all([...chats.values()].map(async (ofChat) => {
      for (const { updateId, value } of ofChat) {
        try {
          await handle(value);
        } catch (error) {
          if (!isSaid(error)) log.error("update not accepted", { updateId, error });
          failed.push(updateId);
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

/** Something that was fetched as an update, and the ID by which it is confirmed. */
interface Fetched {
  updateId: number;
  value: unknown;
}

/**
 * Gives what was fetched its IDs. One that has none, which no Telegram would send, has that behind
 * the one before it, as they follow each other (Bot API, Update): so that it does not come for ever.
 */
function numbered(values: readonly unknown[], offset: number): Fetched[] {
  let next = offset;
  return values.map((value) => {
    const known = updateIdOf(value);
    const updateId = known ?? next;
    next = updateId + 1;
    return {
      updateId,
      value: known === undefined ? { ...Object(value), update_id: updateId } : value,
    };
  });
}
