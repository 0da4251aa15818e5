/** The way in: each update is accepted whole or not at all, and one we cannot understand is given up. */
import { type Bot, BotError } from "grammy";
import type { Update } from "grammy/types";
import { type LostUpdate, onUpdateLost } from "../../decisions/given_up.ts";
import { MAX_FAULTS } from "../../jobs/backoff.ts";
import type { Desk } from "../../desk/desk.ts";
import type { Parked } from "../../jobs/parked.ts";
import type { Decision } from "../../jobs/reader.ts";
import type { Call, Received } from "../../message/webhook_answer.ts";
import { MINUTE_MS } from "../../time/duration.ts";
import { TryAgain } from "../../values/try_again.ts";
import { defined } from "../../values/defined.ts";
import { excerpt } from "../../words/excerpt.ts";
import { placeOf, readUpdate } from "../wire/update.ts";
import type { Connection } from "./connection.ts";
import { giveAnswer } from "./inline.ts";
import { Parking, type ParkingOptions } from "./parking.ts";

/** Remembers which updates have failed. */
export interface FailureMemory {
  /** Counts one more failure of an update; resolves with how many there have been. */
  countFailure(updateId: number): Promise<number>;
}

/** What the way in needs of the world. */
export interface IntakeOptions extends Omit<ParkingOptions, "handle"> {
  bot: Bot;
  connection: Connection;
  failures: FailureMemory;
  /** Accepts an update for a desk. */
  accept: (
    deskId: number,
    updateId: number,
    decide: Decision,
    parked?: Parked,
  ) => Promise<void>;
  /** The desk that what happens in a chat is for; the first, where nothing else can be told. */
  deskOf: (chatId: number | undefined) => Promise<Desk>;
  /** Does what somebody who may be a stranger asks for, as far as there is room. */
  ask: (userId: number, work: () => Promise<void>) => void;
}

/** An update is kept for another try if it is no longer than this as JSON: a record holds 64 KiB. */
const LONGEST_KEPT = 40_000;
/** As much of an error is kept. */
const LONGEST_REASON = 300;

/** So often it is said in one chat that something is lost, and of so many chats that is remembered. */
const TOLD_MS = MINUTE_MS;
const MOST_TOLD = 1000;

/** Takes updates in, as Telegram brings them. */
export class Intake {
  /**
   * By update, the call it leaves to be made. grammY's own webhook replies would tell whoever calls
   * that Telegram has answered, while nobody knows.
   */
  readonly #left = new WeakMap<Update, Pick<Received, "call" | "stranger">>();
  /** When it was last said in a chat that something written there is lost. */
  readonly #toldMs = new Map<number, number>();
  /** Where updates wait that cannot be decided yet. */
  readonly parking: Parking;

  constructor(private readonly options: IntakeOptions) {
    this.parking = new Parking({ ...options, handle: (update) => this.#handle(update) });
  }

  /** Leaves a call to whoever brought the update, since its response can carry one. */
  leave(update: Update, call: Call, stranger?: number): void {
    this.#left.set(update, { call, ...defined({ stranger }) });
  }

  /** Takes an update in that was fetched: the call it leaves is made in the background. */
  async receiveFetched(value: unknown): Promise<void> {
    const { bot: { api }, later, ask, log } = this.options;
    const { call, stranger } = await this.receive(value);
    if (!call) return;
    if (stranger === undefined) later(giveAnswer(call, { api, log }));
    else ask(stranger, () => giveAnswer(call, { api, log }));
  }

  /**
   * Takes in what came off the wire, or has it wait. Resolves with whether it is an update, and the
   * call it leaves, if it leaves one. Rejects if Telegram is to bring it again.
   */
  async receive(value: unknown): Promise<Received> {
    const read = readUpdate(value);
    if (read.misfit !== undefined && read.updateId === undefined) return { isUpdate: false };
    this.options.connection.heard();
    if (read.misfit === undefined) {
      await this.parking.handleOrPark(read.update);
      return { isUpdate: true, ...this.#left.get(read.update) };
    }
    // No repetition makes it another.
    await this.#giveUp(read.updateId!, { reason: `no update: ${read.misfit}`, ...seenIn(value) });
    return { isUpdate: true };
  }

  /** Handles an update that was given up, once more. Rejects as handling it does. */
  async replay(value: unknown): Promise<void> {
    await this.options.connection.recall();
    const { update } = readUpdate(value);
    if (update) await this.#dispatch(update);
  }

  /** Has an update handled. One that always fails by our own fault is given up. */
  async #handle(update: Update): Promise<void> {
    const { connection, failures, log } = this.options;
    await connection.recall();
    try {
      await this.#dispatch(update);
    } catch (error) {
      if (error instanceof TryAgain) throw error;
      const { update_id: updateId } = update;
      log.error("update failed by our own fault", { updateId, error });
      if (await failures.countFailure(updateId) < MAX_FAULTS) throw error;
      const reason = excerpt(String(error), LONGEST_REASON);
      const isKept = JSON.stringify(update).length <= LONGEST_KEPT;
      const kept = defined({ update: isKept ? update : undefined });
      await this.#giveUp(updateId, { reason, ...seenIn(update), ...kept }, update);
    }
  }

  async #dispatch(update: Update): Promise<void> {
    try {
      await this.options.bot.handleUpdate(update);
    } catch (error) {
      throw error instanceof BotError ? error.error : error;
    }
  }

  /** Keeps an update as given up, and has its sender told. It will not be asked for again. */
  async #giveUp(updateId: number, lost: LostUpdate, update?: Update): Promise<void> {
    const { accept, desks, log } = this.options;
    const parked = update && this.parking.playedFrom(update);
    log.error("update given up", { updateId, reason: lost.reason });
    await desks.recallIfKnown();
    // Without a desk there is nobody to show it to.
    if (!desks.isKnown) return;
    const desk = await this.options.deskOf(lost.at?.chatId);
    const { reason, at: place, ...rest } = lost;
    const told = place && this.#mayTell(place.chatId) ? { ...lost } : { reason, ...rest };
    for (const kept of [told, { reason }]) {
      try {
        const decide: Decision = (read) => onUpdateLost(kept, desk, read);
        return await accept(desk.channelId, updateId, decide, parked);
      } catch (error) {
        if (error instanceof TryAgain) throw error;
        log.error("update not kept by our own fault", { updateId, error });
      }
    }
  }

  /** Whether it may be said in a chat that something is lost: what nobody can read may come in floods. */
  #mayTell(chatId: number): boolean {
    const nowMs = this.options.now();
    if (nowMs - (this.#toldMs.get(chatId) ?? -Infinity) < TOLD_MS) return false;
    for (const [oldest] of this.#toldMs) {
      if (this.#toldMs.size >= MOST_TOLD) this.#toldMs.delete(oldest);
    }
    this.#toldMs.set(chatId, nowMs);
    return true;
  }
}

/** What can be seen of the message an update was about. */
function seenIn(value: unknown): Pick<LostUpdate, "at" | "isEdit"> {
  const at = placeOf(value);
  const isEdit = (value as Partial<Update>).message === undefined;
  return defined({ at, isEdit: at && isEdit });
}
