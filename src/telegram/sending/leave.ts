/** Leaving a chat that is none of the desks': the bot works for its desks only. */
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
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../../time/duration.ts";
import { isWithin } from "../../time/elapsed.ts";
import { type Answer, answerOf } from "../api.ts";
import { classify, type Failure } from "../classify.ts";
import { REMEMBERED_MS } from "../desk/look_times.ts";

/** How long leaving is tried. The outbox would list what it gives up, which nobody could read. */
const LEAVING_PATIENCE_MS = 12 * HOUR_MS;

/** How often Telegram is asked at a time whose a chat is. */
const MOST_TRIES = 3;

/** How old an answer may be by which a chat is left. */
const FRESH_MS = 5 * SECOND_MS;

/** The desks, as far as they tell whose a chat is. */
export interface OwnDesks {
  /** Whether one is known. */
  readonly isKnown: boolean;
  /** Whether it is said which channels the desks' are. */
  readonly isNamed: boolean;
  /** Who has claimed the bot; `null`: nobody. */
  readonly claim: { ownerId: number } | null;
  /** Those that are known. */
  readonly known: readonly { watch: { desk: { channelId: number } } }[];
  /** Whether a chat is the channel or the group of one, as far as they are known. */
  isOurs(chat: Pick<Chat, "id">): boolean;
  /** Takes from memory which desks there are. */
  refresh(): Promise<void>;
  /** Looks at the desks because something about one has changed. */
  lookAgain(): Promise<void>;
}

/** What leaving needs of the world. It needs no desk. */
export interface LeaveOptions {
  api: Api;
  desks: OwnDesks;
  config: Pick<Config, "locale">;
  /** Has go on in the background what no job has to wait for. */
  later: Later;
  now: () => number;
  log: Log;
}

/**
 * Says why, leaves, and has it known that the chat was left: a step at a time, and each only if the
 * chat is none of the desks' just then.
 */
export async function leave(
  options: LeaveOptions,
  job: Job & { task: LeaveTask },
  read: Reader,
  hasTime: () => boolean,
): Promise<Outcome> {
  const { api, desks, config, later, now } = options;
  const { task } = job;
  const { chatId } = task;
  const pausedUntilMs = await read.pausedUntilMs(chatId);
  if (pausedUntilMs > now()) return { kind: "wait", untilMs: pausedUntilMs };
  // Another instance may have been told that it is a desk's.
  if (!desks.isOurs({ id: chatId })) await desks.refresh();
  if (desks.isOurs({ id: chatId })) return { kind: "sent" };
  // While the desk is not known, any group may yet turn out to be the one of its channel.
  if (desks.isNamed && !desks.isKnown) {
    return { kind: "wait", untilMs: now() + MINUTE_MS, waitsFor: "desk" };
  }
  if (await wasOurs(chatId, desks, read)) return { kind: "sent" };
  const first = beforeAsking(job, now());
  if (first) return first;
  const call = <T>(make: () => Promise<T>): Promise<Answer<T>> =>
    hasTime()
      ? answerOf(make())
      : Promise.resolve({ failure: { description: "there was no time left for the call" } });
  const ask = () => call(() => api.getChat(chatId));
  let found = await ask();
  for (let tries = 1; tries < MOST_TRIES && isPassing(found.failure); tries++) found = await ask();
  if (found.failure && isOut(found.failure)) {
    return task.isSaid ? left(options, chatId) : { kind: "sent" };
  }
  if (found.failure) return notLeft(options, job, found.failure);
  if (isLinkedTo(found.result, desks)) {
    later(desks.lookAgain());
    return { kind: "sent" };
  }
  if (task.isSaid) {
    const { failure } = await call(() => api.leaveChat(chatId));
    return failure && !isOut(failure) ? notLeft(options, job, failure) : left(options, chatId);
  }
  const language = task.private?.wording.language ?? config.locale;
  const isClaimable = desks.claim === null && !desks.isNamed;
  const { failure } = await call(() =>
    api.sendMessage(chatId, say({ text: isClaimable ? "not-here-yet" : "not-here" }, language))
  );
  // Where nothing may be said, the bot leaves without a word.
  const isWorthRepeating = isPassing(failure) && job.attempts < MOST_TRIES;
  const isPaused = failure && classify(failure).kind === "pause";
  if (isPaused || isWorthRepeating) return notLeft(options, job, failure!);
  return { kind: "go on", task: { ...task, isSaid: true } };
}

/**
 * What comes before Telegram is asked whose a chat is; `undefined`: nothing. Its servers remember for a
 * minute what they have told, and the chat may have become a desk's since. So it is noted first that
 * they are asked, and who finds that they were a while ago waits until they have forgotten.
 */
function beforeAsking({ task }: { task: LeaveTask }, nowMs: number): Outcome | undefined {
  const { askedMs } = task;
  if (isWithin(FRESH_MS, askedMs, nowMs)) return undefined;
  if (askedMs !== undefined && isWithin(REMEMBERED_MS, askedMs, nowMs)) {
    return { kind: "wait", untilMs: askedMs + REMEMBERED_MS };
  }
  return { kind: "go on", task: { ...task, askedMs: nowMs } };
}

/**
 * Whether a chat was a desk's group. It is not left: what was written there is copied from there, and
 * where copies stand that are there is asked there.
 */
async function wasOurs(chatId: number, { known }: OwnDesks, read: Reader): Promise<boolean> {
  for (const { watch: { desk: { channelId } } } of known) {
    if (await read.at(channelId).hasThreadsIn(chatId)) return true;
  }
  return false;
}

/** Whether a chat is a desk's, or has been linked to the channel of one. */
function isLinkedTo(chat: Awaited<ReturnType<Api["getChat"]>>, desks: OwnDesks): boolean {
  const linkedId = "linked_chat_id" in chat ? chat.linked_chat_id : undefined;
  return desks.isOurs(chat) || (linkedId !== undefined && desks.isOurs({ id: linkedId }));
}

/** Whether a refusal says that the bot is not in the chat, or that there is no such chat. */
function isOut(failure: Failure): boolean {
  return failure.code === 403 || classify(failure).kind === "no chat";
}

function isPassing(failure: Failure | undefined): boolean {
  return failure !== undefined && classify(failure).kind === "passing";
}

function left({ log }: LeaveOptions, chatId: number): Outcome {
  log.info("left a chat that is none of the desk's", { chatId });
  return { kind: "sent" };
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
