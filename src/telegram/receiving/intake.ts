/** The way in: each update is accepted whole or not at all, and one we cannot understand is given up. */
import { type Bot, BotError } from "grammy";
import type { Update } from "grammy/types";
import type { Call } from "../../message/webhook_answer.ts";
import type { Connection } from "./connection.ts";
import { giveAnswer } from "./inline.ts";
import { Parking, type ParkingOptions } from "./parking.ts";

/** Remembers which updates have failed. */
export interface FailureMemory {
  /** Counts one more failure of an update; resolves with how many there have been. */
  countFailure(updateId: number): Promise<number>;
  /** Keeps it as given up, for administrators to see. */
  giveUpUpdate(deskId: number, updateId: number, error: string): Promise<void>;
}

/** What the way in needs of the world. */
export interface IntakeOptions extends Omit<ParkingOptions, "handle"> {
  bot: Bot;
  connection: Connection;
  failures: FailureMemory;
}

/** An update that fails this often by our own fault is given up: others wait behind it. */
const MAX_FAILURES = 3;

/** Takes updates in, as Telegram brings them. */
export class Intake {
  /**
   * By update, the call it leaves to be made. grammY's own webhook replies would tell whoever calls
   * that Telegram has answered, while nobody knows.
   */
  readonly #left = new WeakMap<Update, Call>();

  /** Where updates wait that cannot be decided yet. */
  readonly parking: Parking;

  constructor(private readonly options: IntakeOptions) {
    this.parking = new Parking({ ...options, handle: (update) => this.#handle(update) });
  }

  /** Leaves a call to whoever brought the update, since its response can carry one. */
  leave(update: Update, call: Call): void {
    this.#left.set(update, call);
  }

  /** Takes an update in that was fetched: the call it leaves is made in the background. */
  async receiveFetched(update: Update): Promise<void> {
    const { bot, later, log } = this.options;
    const call = await this.receive(update);
    if (call) later(giveAnswer(call, { api: bot.api, log }));
  }

  /**
   * Takes an update in, or has it wait, and resolves with the call it leaves, if it leaves one.
   * Rejects if Telegram is to bring it again.
   */
  async receive(update: Update): Promise<Call | undefined> {
    this.options.connection.heard();
    await this.parking.handleOrPark(update);
    return this.#left.get(update);
  }

  /** Has an update handled. One that always fails by our own fault is given up. */
  async #handle(update: Update): Promise<void> {
    const { bot, connection, failures, watch, log } = this.options;
    await connection.recall();
    try {
      await bot.handleUpdate(update);
    } catch (error) {
      const cause = error instanceof BotError ? error.error : error;
      if (!isOurFault(cause)) throw cause;
      const { update_id: updateId } = update;
      log.error("update failed by our own fault", { updateId, error: cause });
      if (await failures.countFailure(updateId) < MAX_FAILURES) throw cause;
      await failures.giveUpUpdate(watch.desk.channelId, updateId, String(cause));
      log.error("update given up", { updateId, error: cause });
    }
  }
}

/** Whether an error is a bug of ours, which no repetition mends, and not the database's or Telegram's. */
function isOurFault(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError ||
    error instanceof ReferenceError || error instanceof SyntaxError;
}
