/** Updates that were accepted before it could be decided what follows from them, and wait. */
import { DAY_MS } from "../time/duration.ts";

/** How long people's words wait for somebody to set a desk up; then who wrote them is told. */
export const PARKED_MS = 30 * DAY_MS;

/** An update as Telegram brings it; what else it holds is for whoever handles it to read. */
export interface AnyUpdate {
  update_id: number;
}

/** An update that waits. */
export interface Parked {
  /** In whose line it waits. */
  chatId: number;
  updateId: number;
  /** `null`: it was sealed under another token, or is not whole. */
  update: AnyUpdate | null;
  /** When it was accepted. */
  parkedMs: number;
  /** The records it is made of; the first is written once, and stands for all. */
  records: (readonly unknown[])[];
  versionstamp: string;
}

/** Why an update waits. */
export interface Waiting {
  chatId: number;
  /** By which standing it was decided that it has to. */
  standing: string;
  /** It waits for nothing but others of its chat. */
  isBehind: boolean;
  /** How long the line may become. */
  most: number;
}

/** Where updates wait, in a line for each chat. */
export interface ParkedUpdates {
  /** What tells whether there is a desk, as a mark: another one whenever that may have changed. */
  standing(): Promise<string>;
  /**
   * Accepts an update at the end of its line, unless what made it wait is so no longer, or the line
   * is too long. One that was seen before changes nothing.
   */
  park(update: AnyUpdate, why: Waiting): Promise<"parked" | "need not wait" | "too many">;
  /** Whether an update of a chat waits. */
  isWaiting(chatId: number): Promise<boolean>;
  /** The chats of which updates wait. */
  chats(): AsyncIterable<number>;
  /** The first of a chat's line. */
  next(chatId: number): Promise<Parked | null>;
  /** Takes an update off its line, if it is there still. */
  forget(parked: Parked): Promise<void>;
  /** Forgets all that waits of a chat; resolves with how much that was. */
  forgetAllOf(chatId: number): Promise<number>;
}
