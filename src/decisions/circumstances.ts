/** What decisions depend on besides the update and the records. */
import type { DeskAmong } from "../desk/among.ts";
import type { Desk } from "../desk/desk.ts";

/** What decisions depend on besides the update and the records. */
export interface Circumstances {
  /** The desk that the update is for. */
  desk: Desk;
  /** All of the bot's desks that are known, in their order. */
  desks: readonly DeskAmong[];
  /** Whether the bot has no other, known or not. */
  isAlone: boolean;
  /** Whether a desk is one of the bot's that is not known yet. */
  awaits: (deskId: number) => boolean;
  nowMs: number;
  /** How long an album waits for its next piece. */
  albumQuietMs: number;
  /** How long links live. */
  retentionDays: number;
  /** Under which the fingerprints of messages are taken. */
  fingerprintKey: string;
  /** The bot's own user ID, and its username without `@`. */
  botId: number;
  botUsername: string;
}
