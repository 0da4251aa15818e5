/**
 * How fast the bot may speak: it keeps itself under Telegram's limits, so that being refused with
 * "too many requests" is the exception. Lanes ask for their next call and are given a time; each
 * has one such time at most, so that all take turns and one flooding customer delays only
 * themselves. The limits are those of https://core.telegram.org/bots/faq, "My bot is hitting
 * limits", with a margin for the way to Telegram.
 */
import type { Desk } from "../desk/desk.ts";
import { type Job, targetOf } from "./job.ts";
import { laneName } from "../conversation/lane.ts";
import type { Task } from "./task.ts";
import { isMessage, sizeOf } from "./task_traits.ts";
import { MINUTE_MS } from "../time/duration.ts";

/** About one message a second into a chat; short bursts pass. */
const CHAT_BURST = 2;
const CHAT_MS = 1000;
/** A group takes 20 messages a minute from a bot; of channels the same is assumed. */
const GROUP_MOST = 20;
const GROUP_WINDOW_MS = 61_000;
/** At most 30 calls in any second, which touches three of these slices. */
const OVERALL_SLICE_MS = 500;
const OVERALL_MOST = 10;
/** Calls as they are really made, late ones included: at most these in any second. */
const MADE_WINDOW_MS = 1100;
const MADE_MOST = 28;
/** A time that was given and not used is given up. */
const UNUSED_MS = 30_000;
/** What is not urgent waits no longer than this for a gap. */
const GAP_PATIENCE_MS = 15 * MINUTE_MS;

/** A call somebody wants to make. */
export interface WantedCall {
  /** Who asks: has one time given at most. */
  lane: string;
  chatId: number;
  /** How many messages it sends; without any it counts only among all calls. */
  count: number;
  /** People's messages go before the bot's own words, which wait for a gap. */
  isUrgent: boolean;
  /** Since when it waits. */
  sinceMs: number;
}

interface ChatPace {
  /** When the burst will be used up to the last message. */
  freeAtMs: number;
  /** The times given for the last messages, in order. */
  given: number[];
}

/** A time that was given to a lane. */
interface GivenTime {
  chatId: number;
  count: number;
  atMs: number;
  isUsed: boolean;
}

/** The pace of one bot, in one process. */
export class Pace {
  readonly #isOn: boolean;
  readonly #chats = new Map<number, ChatPace>();
  readonly #slices = new Map<number, number>();
  readonly #given = new Map<string, GivenTime>();
  /** When the last calls were made. */
  readonly #lately: number[] = [];
  readonly #heldUntilMs = new Map<number, number>();

  /** @param isOn whether limits are kept; what Telegram asks for is always obeyed */
  constructor(isOn: boolean) {
    this.#isOn = isOn;
  }

  /** When the call may be made: now or earlier, or the time to ask again. */
  ask(wanted: WantedCall, nowMs: number): number {
    const heldUntilMs = this.#heldUntilMs.get(wanted.chatId) ?? 0;
    if (heldUntilMs > nowMs) return heldUntilMs;
    if (!this.#isOn) return nowMs;
    const given = this.#given.get(wanted.lane);
    const isStanding = given?.chatId === wanted.chatId && !given.isUsed &&
      given.atMs > nowMs - UNUSED_MS;
    if (isStanding) return given.atMs;

    this.#forget(nowMs);
    const atMs = this.#earliest(wanted, nowMs);
    const isPatient = !wanted.isUrgent && nowMs - wanted.sinceMs < GAP_PATIENCE_MS;
    if (isPatient && atMs > nowMs) return atMs;
    this.#take(wanted, atMs);
    return atMs;
  }

  /**
   * The lane's call is about to be made, perhaps later than the time it was given for. Returns
   * when: now, or a little later if too many others are late as well.
   */
  use(lane: string, nowMs: number): number {
    if (!this.#isOn) return nowMs;
    while (this.#lately[0] !== undefined && this.#lately[0] <= nowMs - MADE_WINDOW_MS) {
      this.#lately.shift();
    }
    const given = this.#given.get(lane);
    if (this.#lately.length >= MADE_MOST) {
      const laterMs = this.#lately[0]! + MADE_WINDOW_MS;
      if (given) given.atMs = Math.max(given.atMs, laterMs);
      return laterMs;
    }
    this.#lately.push(nowMs);
    if (!given) return nowMs;
    given.isUsed = true;
    if (given.atMs >= nowMs) return nowMs;
    if (given.count === 0) {
      given.atMs = nowMs;
      return nowMs;
    }
    const chat = this.#chat(given.chatId);
    chat.given = chat.given.map((atMs) => atMs === given.atMs ? nowMs : atMs)
      .sort((a, b) => a - b);
    chat.freeAtMs = Math.max(chat.freeAtMs, nowMs + CHAT_MS);
    given.atMs = nowMs;
    return nowMs;
  }

  /** Nothing was sent after all: the time is free for others. */
  giveBack(lane: string): void {
    const given = this.#given.get(lane);
    if (!given) return;
    this.#given.delete(lane);
    const chat = this.#chat(given.chatId);
    if (given.count > 0) chat.freeAtMs -= CHAT_MS;
    for (let each = 0; each < given.count; each++) {
      const at = chat.given.indexOf(given.atMs);
      if (at >= 0) chat.given.splice(at, 1);
    }
  }

  /** Nothing goes to the chat until then. */
  hold(chatId: number, untilMs: number): void {
    this.#heldUntilMs.set(chatId, Math.max(untilMs, this.#heldUntilMs.get(chatId) ?? 0));
  }

  /** What was held may go again. */
  release(): void {
    this.#heldUntilMs.clear();
  }

  #earliest({ chatId, count }: WantedCall, nowMs: number): number {
    const { freeAtMs, given } = this.#chat(chatId);
    let atMs = count === 0 ? nowMs : Math.max(nowMs, freeAtMs - (CHAT_BURST - 1) * CHAT_MS);
    const excess = given.length + Math.min(count, GROUP_MOST) - GROUP_MOST;
    if (isShared(chatId) && count > 0 && excess > 0) {
      atMs = Math.max(atMs, given[excess - 1]! + GROUP_WINDOW_MS);
    }
    while ((this.#slices.get(sliceOf(atMs)) ?? 0) >= OVERALL_MOST) {
      atMs = (sliceOf(atMs) + 1) * OVERALL_SLICE_MS;
    }
    return atMs;
  }

  #take({ lane, chatId, count }: WantedCall, atMs: number): void {
    const chat = this.#chat(chatId);
    if (count > 0) chat.freeAtMs = Math.max(chat.freeAtMs, atMs) + CHAT_MS;
    if (isShared(chatId)) {
      for (let each = 0; each < count; each++) chat.given.push(atMs);
      chat.given.splice(0, chat.given.length - GROUP_MOST);
    }
    this.#slices.set(sliceOf(atMs), (this.#slices.get(sliceOf(atMs)) ?? 0) + 1);
    this.#given.set(lane, { chatId, count, atMs, isUsed: false });
  }

  #chat(chatId: number): ChatPace {
    let chat = this.#chats.get(chatId);
    if (!chat) this.#chats.set(chatId, chat = { freeAtMs: 0, given: [] });
    return chat;
  }

  /** Forgets what no longer bounds anything, so that memory does not grow with the customers. */
  #forget(nowMs: number): void {
    for (const slice of this.#slices.keys()) {
      if (slice < sliceOf(nowMs)) this.#slices.delete(slice);
    }
    for (const [chatId, untilMs] of this.#heldUntilMs) {
      if (untilMs <= nowMs) this.#heldUntilMs.delete(chatId);
    }
    if (this.#chats.size < 1000) return;
    for (const [chatId, { freeAtMs, given }] of this.#chats) {
      const isPast = freeAtMs < nowMs && (given.at(-1) ?? 0) < nowMs - GROUP_WINDOW_MS;
      if (isPast) this.#chats.delete(chatId);
    }
    for (const [lane, { atMs }] of this.#given) {
      if (atMs < nowMs - UNUSED_MS) this.#given.delete(lane);
    }
  }
}

function sliceOf(atMs: number): number {
  return Math.floor(atMs / OVERALL_SLICE_MS);
}

/** Groups and channels have negative IDs (Bot API, Chat). */
function isShared(chatId: number): boolean {
  return chatId < 0;
}

/** The call a lane's next job wants to make; a task of the kind `followedBy` is behind it, if any. */
export function wantedCallOf(
  job: Job,
  followedBy: Task["kind"] | undefined,
  desk: () => Desk,
): WantedCall {
  const { lane, task } = job;
  return {
    lane: laneName(lane),
    chatId: targetOf(job, desk),
    count: sizeOf(task),
    isUrgent: isUrgent(task) || (followedBy !== undefined && isMessage(followedBy)),
    sinceMs: job.acceptedMs,
  };
}

/** Whether somebody waits for it: people's messages, their cards, and answers to what they ask. */
function isUrgent(task: Task): boolean {
  return isMessage(task.kind) || task.kind === "card" ||
    (task.kind === "notice" && task.chatId !== undefined);
}
