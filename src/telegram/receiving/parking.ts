/**
 * What comes before there is a desk, or before it can be told whose it is, is accepted like anything
 * else: it is parked, and played once that can be decided, each chat's in the order in which it came.
 * Left with Telegram it would hide what came later, the owner's claim above all: getUpdates returns
 * the earliest 100 only, and a webhook that fails is asked for some 80 chats' updates
 * (https://github.com/tdlib/telegram-bot-api, Client.cpp, WebhookActor.cpp).
 */
import type { Update } from "grammy/types";
import { claimedWith } from "../../desk/claim.ts";
import type { Later } from "../../jobs/background.ts";
import type { Parked } from "../../jobs/parked.ts";
import { defined } from "../../values/defined.ts";
import type { Desks } from "../desk/desks.ts";
import { NotReady } from "../updates.ts";
import { GivingUp, type GivingUpOptions, NotTold } from "./giving_up.ts";

/** What parking needs of the world. */
export interface ParkingOptions extends GivingUpOptions {
  desks: Desks;
  /** Has an update handled as if it came now. Throws `NotReady` if it has to go on waiting. */
  handle: (update: Update) => Promise<void>;
  later: Later;
}

/** Thrown for an update that would overtake others of its chat. */
class Behind extends NotReady {}

/** How much of a group waits: before a desk is known, it may be anybody's. */
const MOST_OF_GROUP = 1000;
/** How many chats are played side by side, and how much of each in one turn. */
const CHATS_AT_ONCE = 16;
const MOST_IN_A_TURN = 20;

/** Parks updates, and plays them. */
export class Parking {
  /** How those lie that are being played. */
  readonly #played = new WeakMap<Update, Parked>();
  /** The desks for which no customer's waits any more, and none will: whoever asks knows them. */
  #emptyFor: string | undefined;
  #playing: Promise<void> | undefined;
  #isAsked = false;
  #isStopping = false;
  /** Something waits for more than a desk. */
  #isStuck = false;
  readonly #givingUp: GivingUp;
  readonly #isFullTold = new Set<number>();
  /** When it was first seen that updates came before the clock was set back, by ID. */
  readonly #foundMs = new Map<number, number>();

  constructor(private readonly options: ParkingOptions) {
    this.#givingUp = new GivingUp(options);
  }

  /** How an update lies that is being played; `undefined`: it comes from Telegram. */
  playedFrom(update: Update): Parked | undefined {
    return this.#played.get(update);
  }

  /**
   * Since when an update waits that is being played. What came in what is the future by now came
   * before the clock was set back: it is counted from when that is first seen.
   */
  waitsSinceMs(update: Update): number | undefined {
    const { parkedMs } = this.#played.get(update) ?? {};
    if (parkedMs === undefined) return undefined;
    const nowMs = this.options.now();
    const sinceMs = this.#foundMs.get(update.update_id) ?? parkedMs;
    if (sinceMs <= nowMs) return sinceMs;
    this.#foundMs.set(update.update_id, nowMs);
    return nowMs;
  }

  /** Throws if an update comes from Telegram while others of its chat wait. */
  async keepOrder(update: Update): Promise<void> {
    const chatId = lineOf(update);
    if (chatId === undefined || this.#played.has(update)) return;
    // What comes from groups may have to wait at any time, and be parked by another instance.
    if (chatId > 0 && this.#isEmpty()) return;
    const { parked, later } = this.options;
    if (!this.#isEmpty()) later(this.play());
    if (await parked.isWaiting(chatId)) throw new Behind("Others of its chat wait");
  }

  /**
   * Has an update handled, or parks it if it has to wait. Rejects if neither could be done, or if it
   * is none that may wait.
   */
  async handleOrPark(update: Update): Promise<void> {
    const { parked, desks, handle } = this.options;
    let standing = desks.isKnown ? undefined : await parked.standing();
    while (true) {
      try {
        return await handle(update);
      } catch (error) {
        if (!(error instanceof NotReady)) throw error;
        // A query is not worth being brought again: others would wait behind it.
        if (update.inline_query) return;
        const chatId = mayWait(update) ? lineOf(update) : undefined;
        if (chatId === undefined) throw error;
        if (standing !== undefined) {
          const isBehind = error instanceof Behind;
          const most = chatId > 0 ? Infinity : MOST_OF_GROUP;
          const became = await parked.park(update, { chatId, standing, isBehind, most });
          if (became === "parked") return this.#goOn(chatId, isBehind);
          if (became === "too many") return this.#letGo(update, chatId);
        }
      }
      // What it was decided by has changed, or was not marked yet.
      standing = await parked.standing();
    }
  }

  /** Plays whatever can be played. Of several who ask, one does. */
  async play(): Promise<void> {
    if (!this.options.desks.isKnown) return;
    this.#isAsked = true;
    await (this.#playing ??= this.#playAll());
  }

  /** Plays what waits, and gives up what has for too long. To be called every minute or so. */
  async resume(): Promise<void> {
    const { desks } = this.options;
    await this.play();
    if (desks.isKnown && this.#isStuck) {
      await desks.lookAgain();
      await this.play();
    }
    await this.#givingUp.look(() => this.#isStopping);
  }

  /** Plays no more; what is being played is finished in the background. */
  stop(): void {
    this.#isStopping = true;
  }

  #isEmpty(): boolean {
    return this.#emptyFor === nameOf(this.options.desks);
  }

  /** Has an update that was parked played as soon as it can be, if that is not for the desk to be known. */
  #goOn(chatId: number, isBehind: boolean): void {
    const { desks, later } = this.options;
    if (!desks.isKnown) return;
    const groupId = chatId < 0 ? chatId : undefined;
    later(isBehind ? this.play() : desks.lookAgain(groupId).then(() => this.play()));
  }

  #letGo({ update_id: updateId }: Update, chatId: number): void {
    if (!this.#isFullTold.has(chatId)) {
      this.options.log.warn("too much waits of a group", { chatId, updateId });
    }
    this.#isFullTold.add(chatId);
  }

  async #playAll(): Promise<void> {
    try {
      while (this.#isAsked && !this.#isStopping && this.options.desks.isKnown) {
        this.#isAsked = this.#isStuck = false;
        await this.#pass();
      }
    } finally {
      this.#playing = undefined;
    }
  }

  /** Gives each chat a turn, and has another begun if that came to something. */
  async #pass(): Promise<void> {
    const { parked, desks } = this.options;
    const name = nameOf(desks);
    // While a desk is not written down, others may still find that there is none.
    const isKept = await desks.isKept();
    let isEmpty = true;
    const batch: Promise<number>[] = [];
    const endBatch = async () => {
      const counts = await Promise.all(batch.splice(0));
      if (counts.some((count) => count > 0)) this.#isAsked = true;
    };
    try {
      for await (const chatId of parked.chats()) {
        if (this.#isStopping) break;
        isEmpty = false;
        batch.push(this.#playChat(chatId));
        if (batch.length === CHATS_AT_ONCE) await endBatch();
      }
    } finally {
      // Whoever plays next must find nobody at it.
      await endBatch();
    }
    if (isEmpty) this.#foundMs.clear();
    if (isEmpty && isKept) this.#emptyFor = name;
  }

  /** Plays some of a chat's; resolves with how many. What fails is tried again at the next turn. */
  async #playChat(chatId: number): Promise<number> {
    const { parked, log } = this.options;
    let isTold = false;
    for (let count = 0; count < MOST_IN_A_TURN; count++) {
      if (this.#isStopping) return count;
      let next: Parked | null = null;
      try {
        next = await parked.next(chatId);
        if (!next) return count;
        const isPlayed = await this.#playOne(next, { isTold });
        isTold ||= !isPlayed;
      } catch (error) {
        // It stays where it is, and what follows in its chat behind it.
        if (error instanceof NotTold) return count;
        if (error instanceof NotReady) this.#isStuck = true;
        else {
          const which = defined({ updateId: next?.updateId });
          log.error("parked update not played", { chatId, ...which, error });
        }
        return count;
      }
    }
    return MOST_IN_A_TURN;
  }

  /** Resolves with whether it was played; else it is given up. */
  async #playOne(next: Parked, told: { isTold: boolean }): Promise<boolean> {
    const { handle, parked } = this.options;
    const update = next.update as Update | null;
    if (!update || this.#givingUp.isOld(next)) {
      await this.#givingUp.giveUp(next, told);
      return false;
    }
    this.#played.set(update, next);
    await handle(update);
    await parked.forget(next);
    return true;
  }
}

/**
 * In which chat's line an update waits its turn: one of a private chat, or of what may be the desk's
 * group. `undefined`: in none.
 */
export function lineOf(update: Update): number | undefined {
  const { message, edited_message, message_reaction, my_chat_member, callback_query } = update;
  const own = message ?? edited_message ?? message_reaction;
  if (own?.chat.type === "supergroup") return own.chat.id;
  const chat = (own ?? my_chat_member ?? callback_query?.message)?.chat;
  return chat?.type === "private" ? chat.id : undefined;
}

/** Whether an update may wait. A claim may not: who makes it is about to set the desk up. */
function mayWait({ message }: Update): boolean {
  return message?.text === undefined || claimedWith(message.text) === null;
}

function nameOf({ known }: Desks): string {
  return known.map(({ watch: { desk: { channelId, groupId } } }) => `${channelId} ${groupId}`)
    .join(", ");
}
