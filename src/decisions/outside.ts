/** The bot works for its desk only: wherever else somebody adds it, it leaves. */
import { laneOutside } from "../conversation/lane.ts";
import type { Change } from "../jobs/change.ts";
import type { Wording } from "../words/language.ts";

/** However many chats it is added to at once, after the first few it leaves one in so many milliseconds. */
const LEAVING_MS = 200;
const FIRST_FEW = 10;

/** When chats are left that the bot is added to, one after another. */
export class Departures {
  /** When the next would be left if the first few were not left at once. */
  #nextMs = -Infinity;

  /** @param steady a clock that only goes forward */
  constructor(private readonly now: () => number, private readonly steady: () => number) {}

  /** Somebody has added the bot to a chat that is not known to be the desk's. */
  onAdded(chatId: number, wording: Wording): Change {
    const nowMs = this.steady();
    const waitMs = Math.max(0, this.#nextMs - FIRST_FEW * LEAVING_MS - nowMs);
    const dueMs = this.now() + waitMs;
    this.#nextMs = Math.max(nowMs, this.#nextMs) + LEAVING_MS;
    const task = { kind: "leave", chatId, private: { wording } } as const;
    return { tasks: [{ lane: laneOutside(chatId), task, dueMs }] };
  }
}
