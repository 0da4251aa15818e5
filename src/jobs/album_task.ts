/** The task that brings an album across, whole; it collects its pieces until no more come. */
import type { Shows } from "../message/link.ts";
import type { Snapshot } from "../message/snapshot.ts";
import type { Wording } from "../words/language.ts";
import type { Writer } from "./writer.ts";

/** Show several messages as one album. Open until its pieces have stopped coming. */
export interface AlbumTask {
  kind: "album";
  chatId: number;
  /** The thread it was written in. */
  rootId?: number;
  /** In the order of their IDs; the snapshots are in the same order. */
  pieces: { messageId: number; shows: Shows }[];
  answerTo?: number;
  writer: Writer;
  isClosed?: true;
  /** What is to be said before it is said: in a line that belongs to one piece, or with its caption. */
  isPrefixed?: true;
  /** One of its captions makes it an internal note, or it was taken back. */
  isNote?: true;
  /** One of its captions is the command that puts it off: which, and the album, by Telegram's ID. */
  later?: { messageId: number; album: string };
  /**
   * It was put off until now by a command, which its writer gave as one of the team: what is shown
   * are the words behind it, and never the message itself.
   */
  isLater?: true;
  /** What Telegram has made copies of, by their IDs, where it has left out pieces that were gone. */
  copied?: number[];
  /** The line that says that something came: the message itself was refused in the thread. */
  saidAs?: number;
  /** How often Telegram was asked in vain whether its author is of the team. */
  doubts?: number;
  /** How often it could not be asked whether who first wrote it may be named. */
  unnamed?: number;
  /** `when`: as it was written when it is to be sent; `wording`: in whose words that is answered. */
  private: { snapshots: Snapshot[]; when?: string; wording?: Wording };
}
