/**
 * Conversations in which nobody has written for as long as their desk keeps them are erased, also
 * those of desks that the bot has left. They are looked through once a day, a part at a time, so that
 * no look takes long; of several instances that look at the same time, each is erased by one.
 */
import type { PersonalRecords } from "./records.ts";
import type { ConversationId } from "../conversation/conversation.ts";
import { isExpired } from "./erasure.ts";
import type { Log } from "../log.ts";
import type { Settings } from "../settings/settings.ts";
import { DAY_MS } from "../time/duration.ts";
import { defined } from "../values/defined.ts";

/** How far the conversations have been looked through, also those of desks that the bot has left. */
export interface RetentionLook {
  /** The last that was looked at; absent: none yet. */
  last?: ConversationId;
  /** When it is to begin anew; absent: it is not through. */
  againMs?: number;
}

/** What looking needs. */
export interface RetentionOptions {
  memory: {
    recall(name: "retention"): Promise<RetentionLook | null>;
    remember(name: "retention", look: RetentionLook): Promise<void>;
  };
  lists: Pick<PersonalRecords, "conversations">;
  settings: (deskId: number) => Promise<Settings>;
  /** Has a conversation erased, if it still is as old. */
  expire: (which: ConversationId) => Promise<void>;
  now: () => number;
  log: Log;
}

/** How many conversations are looked at in one go, and how many of them erased. */
const LOOKED_AT_MOST = 1000;
const ERASED_AT_MOST = 20;

/** Looks for old conversations. */
export class Retention {
  /** As was last read, so that the database is not asked every minute. */
  #look: RetentionLook | undefined;

  constructor(private readonly options: RetentionOptions) {}

  /** Goes on looking, if it is time. To be called every minute or so. */
  async sweep(): Promise<void> {
    const { memory, lists, settings, expire, now, log } = this.options;
    if (this.#isResting()) return;
    this.#look = await memory.recall("retention") ?? {};
    if (this.#isResting()) return;
    const { last: after } = this.#look.againMs === undefined ? this.#look : {};
    const page = { ...defined({ after }), most: LOOKED_AT_MOST };
    const conversations = await lists.conversations(page);
    let looked = 0, erased = 0;
    let last: ConversationId | undefined;
    const decided = new Map<number, Settings>();
    for (const { deskId, conversation } of conversations) {
      looked++;
      last = { deskId, customerId: conversation.customer.id };
      const ofDesk = decided.get(deskId) ?? await settings(deskId);
      decided.set(deskId, ofDesk);
      if (!isExpired(conversation, ofDesk, now())) continue;
      await expire(last);
      erased++;
      if (erased === ERASED_AT_MOST) break;
    }
    if (erased > 0) log.info("old conversations are erased", { count: erased });
    const isThrough = looked < LOOKED_AT_MOST && looked === conversations.length;
    await this.#remember(isThrough || !last ? { againMs: now() + DAY_MS } : { last });
  }

  #isResting(): boolean {
    return (this.#look?.againMs ?? -Infinity) > this.options.now();
  }

  async #remember(look: RetentionLook): Promise<void> {
    this.#look = look;
    await this.options.memory.remember("retention", look);
  }
}
