/** Leaving a chat that is none of the desk's: the bot works for its desk only. */
import type { Api } from "grammy";
import type { Chat } from "grammy/types";
import type { Config } from "../../config.ts";
import type { Job } from "../../jobs/job.ts";
import type { Later } from "../../jobs/background.ts";
import type { LeaveTask } from "../../jobs/task.ts";
import type { Log } from "../../log.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Reader } from "../../jobs/reader.ts";
import { say } from "../../texts/texts.ts";
import { HOUR_MS, MINUTE_MS } from "../../time/duration.ts";
import { type Answer, answerOf } from "../api.ts";
import { classify, type Failure } from "../classify.ts";

/** How long leaving is tried. The outbox would list what it gives up, which nobody could read. */
const LEAVING_PATIENCE_MS = 12 * HOUR_MS;

/** How often Telegram is asked at a time whose a chat is. */
const MOST_TRIES = 3;

/** The desk, as far as it tells whose a chat is. */
export interface OwnDesk {
  readonly desk: { channelId: number };
  /** Whether there is a desk, however it is. */
  readonly isKnown: boolean;
  /** Whether it is said which channel the desk's is. */
  readonly isNamed: boolean;
  /** Who has claimed the bot; `null`: nobody. */
  readonly claim: { ownerId: number } | null;
  /** Whether a chat is the desk's channel or group, as far as either is known. */
  isOurs(chat: Pick<Chat, "id">): boolean;
  /** Takes from memory which desk it is, if that is known. */
  recallIfKnown(): Promise<void>;
  /** Looks at the desk because something about it has changed. */
  lookAgain(): Promise<void>;
}

/** What leaving needs of the world. It needs no desk. */
export interface LeaveOptions {
  api: Api;
  watch: OwnDesk;
  config: Pick<Config, "locale">;
  /** Has go on in the background what no job has to wait for. */
  later: Later;
  now: () => number;
  log: Log;
}

/** Says why, leaves, and has it known that the chat was left: a step at a time. */
export async function leave(
  options: LeaveOptions,
  job: Job & { task: LeaveTask },
  read: Reader,
  hasTime: () => boolean,
): Promise<Outcome> {
  const { api, watch, config, later, now, log } = options;
  const { task } = job;
  const { chatId } = task;
  const pausedUntilMs = await read.pausedUntilMs(chatId);
  if (pausedUntilMs > now()) return { kind: "wait", untilMs: pausedUntilMs };
  await watch.recallIfKnown();
  if (watch.isOurs({ id: chatId })) return { kind: "sent" };
  // While the desk is not known, any group may yet turn out to be the one of its channel.
  if (watch.isNamed && !watch.isKnown) {
    return { kind: "wait", untilMs: now() + MINUTE_MS, waitsFor: "desk" };
  }
  const call = <T>(make: () => Promise<T>): Promise<Answer<T>> =>
    hasTime()
      ? answerOf(make())
      : Promise.resolve({ failure: { description: "there was no time left for the call" } });
  if (task.isSaid) {
    const { failure } = await call(() => api.leaveChat(chatId));
    if (failure && !isOut(failure)) return notLeft(options, job, failure);
    log.info("left a chat that is none of the desk's", { chatId });
    return { kind: "sent" };
  }
  const ask = () => call(() => api.getChat(chatId));
  let found = await ask();
  for (let tries = 1; tries < MOST_TRIES && isPassing(found.failure); tries++) found = await ask();
  if (found.failure && isOut(found.failure)) return { kind: "sent" };
  if (found.failure) return notLeft(options, job, found.failure);
  if (isLinkedTo(found.result, watch)) {
    later(watch.lookAgain());
    return { kind: "sent" };
  }
  const language = task.private?.wording.language ?? config.locale;
  const isClaimable = watch.claim === null && !watch.isNamed;
  const { failure } = await call(() =>
    api.sendMessage(chatId, say({ text: isClaimable ? "not-here-yet" : "not-here" }, language))
  );
  // Where nothing may be said, the bot leaves without a word.
  const isWorthRepeating = isPassing(failure) && job.attempts < MOST_TRIES;
  const isPaused = failure && classify(failure).kind === "pause";
  if (isPaused || isWorthRepeating) return notLeft(options, job, failure!);
  return { kind: "go on", task: { ...task, isSaid: true } };
}

/** Whether a chat is the desk's, or has been linked to its channel. */
function isLinkedTo(chat: Awaited<ReturnType<Api["getChat"]>>, watch: OwnDesk): boolean {
  const isLinked = watch.isKnown && "linked_chat_id" in chat &&
    chat.linked_chat_id === watch.desk.channelId;
  return isLinked || watch.isOurs(chat);
}

/** Whether a refusal says that the bot is not in the chat, or that there is no such chat. */
function isOut(failure: Failure): boolean {
  return failure.code === 403 || classify(failure).kind === "no chat";
}

function isPassing(failure: Failure | undefined): boolean {
  return failure !== undefined && classify(failure).kind === "passing";
}

function notLeft(
  { now, log }: LeaveOptions,
  job: Job & { task: LeaveTask },
  failure: Failure,
): Outcome {
  const { chatId } = job.task;
  const verdict = classify(failure);
  switch (verdict.kind) {
    case "pause": {
      const untilMs = now() + Math.ceil(verdict.retryAfterS * 1000);
      return { kind: "wait", untilMs, decide: () => ({ pauses: [{ chatId, untilMs }] }) };
    }
    case "migrated":
      return { kind: "go on", task: { ...job.task, chatId: verdict.chatId } };
    default:
      if ((job.failedForMs ?? 0) < LEAVING_PATIENCE_MS) {
        return { kind: "retry", error: failure.description };
      }
      log.error("could not leave a chat", { chatId, reason: failure.description });
      return { kind: "sent" };
  }
}
