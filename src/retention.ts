/**
 * Conversations in which nobody has written for as long as the desk keeps them are erased. They are
 * looked through once a day, a part at a time, so that no look takes long; of several instances that
 * look at the same time, each conversation is erased by one.
 */
import type { Desk } from "./desk.ts";
import type { DeskLists } from "./desk_lists.ts";
import { isExpired } from "./erasure.ts";
import type { Log } from "./log.ts";
import { keepDays, type Settings } from "./settings.ts";

/** How far the conversations of a desk have been looked through. */
export interface Look {
  deskId: number;
  /** The last customer that was looked at; absent: none yet. */
  after?: number;
  /** When it is to begin anew; absent: it is not through. */
  againMs?: number;
}

/** What looking needs. */
export interface RetentionOptions {
  memory: {
    recall(name: "retention"): Promise<Look | null>;
    remember(name: "retention", look: Look): Promise<void>;
  };
  lists: Pick<DeskLists, "conversations">;
  settings: (desk: Desk) => Promise<Settings>;
  /** Has a conversation erased, if it still is as old. */
  expire: (desk: Desk, customerId: number) => Promise<void>;
  now: () => number;
  log: Log;
}

const DAY_MS = 24 * 60 * 60_000;
/** How many conversations are looked at in one go, and how many of them erased. */
const LOOKED_AT_MOST = 1000;
const ERASED_AT_MOST = 20;

/** Looks for old conversations. */
export class Retention {
  /** As was last read, so that the database is not asked every minute. */
  #look: Look | undefined;

  constructor(private readonly options: RetentionOptions) {}

  /** Goes on looking, if it is time. To be called every minute or so. */
  async sweep(desk: Desk): Promise<void> {
    const { memory, lists, settings, expire, now, log } = this.options;
    const { channelId: deskId } = desk;
    if (this.#isResting(deskId)) return;
    this.#look = await memory.recall("retention") ?? { deskId };
    if (this.#isResting(deskId)) return;
    const { after } = this.#look.deskId === deskId && this.#look.againMs === undefined
      ? this.#look
      : {};
    const decided = await settings(desk);
    if (keepDays(decided) === null) {
      return await this.#remember({ deskId, againMs: now() + DAY_MS });
    }

    const page = { ...(after === undefined ? {} : { after }), most: LOOKED_AT_MOST };
    const conversations = await lists.conversations(deskId, page);
    let looked = 0, erased = 0;
    for (const conversation of conversations) {
      looked++;
      if (!isExpired(conversation, decided, now())) continue;
      await expire(desk, conversation.customer.id);
      erased++;
      if (erased === ERASED_AT_MOST) break;
    }
    if (erased > 0) log.info("old conversations are erased", { count: erased });
    const last = conversations[looked - 1];
    const isThrough = looked < LOOKED_AT_MOST && looked === conversations.length;
    await this.#remember(
      isThrough || !last
        ? { deskId, againMs: now() + DAY_MS }
        : { deskId, after: last.customer.id },
    );
  }

  #isResting(deskId: number): boolean {
    const { againMs = -Infinity, deskId: of } = this.#look ?? {};
    return of === deskId && againMs > this.options.now();
  }

  async #remember(look: Look): Promise<void> {
    this.#look = look;
    await this.options.memory.remember("retention", look);
  }
}
