/**
 * How much a bot may send: about one message a second into a chat, 20 a minute into a group, 30 a
 * second overall (https://core.telegram.org/bots/faq, "My bot is hitting limits"). Telegram does
 * not publish exact numbers; channels, edits and albums are counted as cautious bots count them.
 */
import type { Clock } from "./clock.ts";
import { tooManyRequests } from "./error.ts";

/** Short bursts into one chat pass. */
const BURST = 3;
const PER_CHAT_MS = 1000;
const PER_GROUP = { count: 20, windowMs: 60_000 };
const OVERALL = { count: 30, windowMs: 1000 };

const COUNTED = /^(send(?!ChatAction)|copy|forward|editMessage|stopMessageLiveLocation|stopPoll)/i;

/** The counters of one simulated Telegram. */
export class Limits {
  readonly #clock: Clock;
  readonly #sent = new Map<string, number[]>();
  /** When each chat's burst will be used up to the last message. */
  readonly #freeAtMs = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a call, or refuses it with 429. */
  take(botId: number, method: string, payload: Record<string, unknown>): void {
    if (!COUNTED.test(method)) return;
    const now = this.#clock.now();
    const chat = String(payload.chat_id);
    const count = countOf(payload);
    const isGroup = chat.startsWith("-") || chat.startsWith("@");
    const windows = [{ key: `${botId}`, ...OVERALL }];
    if (isGroup) windows.push({ key: `${botId} ${chat}`, ...PER_GROUP });

    const freeAtMs = Math.max(now, this.#freeAtMs.get(`${botId} ${chat}`) ?? 0);
    const waits = [freeAtMs - (BURST - 1) * PER_CHAT_MS - now];
    for (const { key, windowMs, count: most } of windows) {
      const recent = (this.#sent.get(key) ?? []).filter((atMs) => atMs > now - windowMs);
      this.#sent.set(key, recent);
      const excess = recent.length + Math.min(count, most) - most;
      if (excess > 0) waits.push((recent[excess - 1] ?? now) + windowMs - now);
    }
    const waitMs = Math.max(...waits);
    if (waitMs > 0) throw tooManyRequests(Math.ceil(waitMs / 1000));

    this.#freeAtMs.set(`${botId} ${chat}`, freeAtMs + PER_CHAT_MS);
    for (const { key } of windows) {
      for (let i = 0; i < count; i++) this.#sent.get(key)?.push(now);
    }
  }
}

/** Albums and several copies at once count as many. */
function countOf({ media, message_ids: ids }: Record<string, unknown>): number {
  if (Array.isArray(media)) return media.length;
  return Array.isArray(ids) ? ids.length : 1;
}
