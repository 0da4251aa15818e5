/** Long polling: brings updates to the bot where Telegram cannot reach us. */
import type { Api } from "grammy";
import type { Update } from "grammy/types";
import { MAX_FAULTS } from "../../jobs/backoff.ts";
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

/** What polling needs. */
export interface PollingOptions {
  /** Takes in what was fetched; rejects if it was not accepted. */
  handle: (value: unknown) => Promise<void>;
  /** Whether there was no webhook when updates were last asked for. */
  isClear: boolean;
  /** Called when a webhook that there may have been is taken away. */
  onClear: () => void;
  signal: AbortSignal;
  log: Log;
}

/** What polling tells of itself. */
export interface Polling {
  /** What Telegram answered to the last request instead of updates, if it did. */
  refusal(): string | undefined;
  /** Resolves once the updates that waited were asked for and taken in, as far as that went. */
  caughtUp: Promise<void>;
  /** Resolves when no update is being handled any more. */
  stopped: Promise<void>;
}

/**
 * Fetches updates until `signal` is aborted. An update is confirmed, by the next offset, only when
 * `handle` has accepted it; if it could not be accepted, Telegram brings it again. Updates of one
 * chat are handled one after another, those of different chats side by side, as a webhook would
 * (Bot API, getUpdates).
 */
export function poll(api: Api, options: PollingOptions): Polling {
  const { signal, log } = options;
  let refusal: string | undefined;
  let lastReason: string | undefined;
  let offset = 0;
  /** How often in a row nothing came but what has no ID. */
  let inVain = 0;
  /** Until then only what waits is asked for: whoever waits for that knows soon that it is all. */
  let isCaughtUp = false;
  const catchingUp = Promise.withResolvers<void>();
  const catchUp = () => {
    isCaughtUp = true;
    catchingUp.resolve();
  };

  async function run(): Promise<void> {
    // One that was set since is refused for, and taken away then.
    if (!options.isClear && !(await answerOf(api.deleteWebhook())).failure) options.onClear();
    while (!signal.aborted) {
      try {
        await goOn();
      } catch (error) {
        // Whatever it is, nobody but this loop brings updates.
        log.error("polling failed by our own fault", { error });
        catchUp();
        await pause(PAUSE_MS, signal);
      }
    }
    catchUp();
  }

  /** Asks once more, and handles what comes. */
  async function goOn(): Promise<void> {
    const timeout = isCaughtUp ? LONG_POLL_S : 0;
    const asked = { offset, timeout, allowed_updates: UPDATE_TYPES };
    const answer = await answerOf(api.getUpdates(asked, signalFor(signal)));
    if (signal.aborted) return;
    if (answer.failure) {
      catchUp();
      const verdict = classify(answer.failure);
      const { code, description: reason } = answer.failure;
      if (reason !== lastReason) log.warn("polling failed", { reason });
      lastReason = reason;
      refusal = verdict.kind === "passing" || verdict.kind === "pause" ? undefined : reason;
      // A webhook was set meanwhile, or the call that should have taken it away was lost.
      if (code === 409 && /webhook/i.test(reason)) await answerOf(api.deleteWebhook());
      const isTold = verdict.kind === "pause";
      return await pause(isTold ? verdict.retryAfterS * 1000 : PAUSE_MS, signal);
    }
    refusal = lastReason = undefined;
    const updates = answer.result.filter((value) => updateIdOf(value) !== undefined);
    const failed = await handleAll(updates, options);
    const last = updates.at(-1)?.update_id;
    inVain = last === undefined && answer.result.length > 0 ? inVain + 1 : 0;
    if (inVain > 0) log.error("update without an ID", { count: answer.result.length });
    offset = failed[0] ?? (last ?? offset - 1) + 1;
    // One without an ID, which no Telegram sends, is confirmed by the ID that it must have had: they
    // follow each other (Bot API, Update).
    if (inVain >= MAX_FAULTS) offset += answer.result.length;
    catchUp();
    if (failed.length > 0 || inVain > 0) await pause(PAUSE_MS, signal);
  }

  return { refusal: () => refusal, caughtUp: catchingUp.promise, stopped: run() };
}

/** Handles a batch; the IDs of updates that have to come again, in order. */
async function handleAll(
  updates: Update[],
  { handle, log }: Pick<PollingOptions, "handle" | "log">,
): Promise<number[]> {
  const failed: number[] = [];
  const chats = Map.groupBy(updates, (update) => chatIdIn(update) ?? update.update_id);
  await Promise.all([...chats.values()].map(async (ofChat) => {
    for (const update of ofChat) {
      try {
        await handle(update);
      } catch (error) {
        const { update_id: updateId } = update;
        if (!isSaid(error)) log.error("update not accepted", { updateId, error });
        failed.push(updateId);
        // What follows in this chat must not overtake it.
        return;
      }
    }
  }));
  return failed.sort((a, b) => a - b);
}

/** Resolves after a while, or as soon as `signal` is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
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
