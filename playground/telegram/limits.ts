/**
 * How much a bot may do: about one message a second into a chat, 20 a minute into a group, 30 a
 * second overall (https://core.telegram.org/bots/faq, "My bot is hitting limits"). Telegram does
 * not publish exact numbers; channels, edits and albums are counted as cautious bots count them.
 *
 * Nothing proves whether pins, unpins, deletions, reactions and bans count like messages. Most bots
 * assume that they do not; `strict` counts them all, so that a bot can be tried with either answer.
 */
import type { Clock } from "./clock.ts";
import { tooManyRequests } from "./error.ts";

/** `strict` counts everything that changes a chat, `telegram` only messages and edits. */
export type LimitsMode = "telegram" | "strict";

/** Short bursts into one chat pass; how long they may be is nowhere said. */
const BURST = 3;
const PER_CHAT_MS = 1000;
const PER_GROUP = { count: 20, windowMs: 60_000 };
const OVERALL = { count: 30, windowMs: 1000 };
/** Seen by adolfousier/opencrabs, pull request 1216. */
const CHAT_ACTIONS = { count: 20, windowMs: 5000 };
/** Client.cpp of tdlib/telegram-bot-api, process_set_webhook_query. */
const WEBHOOKS = { count: 1, windowMs: 1000 };

const MESSAGES = /^(send(?!ChatAction)|copy|forward|editMessage|stopMessageLiveLocation|stopPoll)/i;
const CHANGES =
  /^(pin|unpin|deleteMessage|setMessageReaction|ban|unban|approve|decline|leaveChat)/i;

interface Window {
  key: string;
  count: number;
  windowMs: number;
}

/** The counters of one simulated Telegram. */
export class Limits {
  readonly #clock: Clock;
  readonly #counted: (method: string) => boolean;
  readonly #sent = new Map<string, number[]>();
  /** When each chat's burst will be used up to the last message. */
  readonly #freeAtMs = new Map<string, number>();

  readonly #burst: number;

  /** @param burst how many messages go into a chat at once */
  constructor(clock: Clock, mode: LimitsMode, burst = BURST) {
    this.#clock = clock;
    this.#burst = burst;
    this.#counted = (method) =>
      MESSAGES.test(method) || (mode === "strict" && CHANGES.test(method));
  }

  /** Counts a call, or refuses it with 429. */
  take(botId: number, method: string, payload: Record<string, unknown>): void {
    if (method === "sendChatAction") {
      const key = `actions ${botId} ${payload.chat_id}`;
      this.#takeFrom([{ key, ...CHAT_ACTIONS }], 1, 0);
    } else if (method === "setWebhook" && payload.url !== "") {
      this.#takeFrom([{ key: `webhook ${botId}`, ...WEBHOOKS }], 1, 0);
    } else if (this.#counted(method)) {
      this.#takeMessages(botId, String(payload.chat_id), countOf(payload));
    }
  }

  #takeMessages(botId: number, chat: string, count: number): void {
    const now = this.#clock.now();
    const isGroup = chat.startsWith("-") || chat.startsWith("@");
    const windows = [{ key: `${botId}`, ...OVERALL }];
    if (isGroup) windows.push({ key: `${botId} ${chat}`, ...PER_GROUP });
    const freeAtMs = Math.max(now, this.#freeAtMs.get(`${botId} ${chat}`) ?? 0);
    this.#takeFrom(windows, count, freeAtMs - (this.#burst - 1) * PER_CHAT_MS - now);
    this.#freeAtMs.set(`${botId} ${chat}`, freeAtMs + PER_CHAT_MS);
  }

  #takeFrom(windows: Window[], count: number, waitMs: number): void {
    const now = this.#clock.now();
    const waits = [waitMs];
    for (const { key, windowMs, count: most } of windows) {
      const recent = (this.#sent.get(key) ?? []).filter((atMs) => atMs > now - windowMs);
      this.#sent.set(key, recent);
      const excess = recent.length + Math.min(count, most) - most;
      if (excess > 0) waits.push((recent[excess - 1] ?? now) + windowMs - now);
    }
    const longestMs = Math.max(...waits);
    if (longestMs > 0) throw tooManyRequests(Math.ceil(longestMs / 1000));
    for (const { key } of windows) {
      for (let i = 0; i < count; i++) this.#sent.get(key)?.push(now);
    }
  }
}

/** Albums and several copies or deletions at once count as many. */
function countOf({ media, message_ids: ids }: Record<string, unknown>): number {
  if (Array.isArray(media)) return media.length;
  return Array.isArray(ids) ? ids.length : 1;
}
