/** What decisions depend on besides the update and the records. */
import type { Desk } from "../desk/desk.ts";

/** What decisions depend on besides the update and the records. */
export interface Circumstances {
  desk: Desk;
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
