/** What is carried to the other side: each such task, and what it carries. */
import type { CommandName } from "../commands/command.ts";
import type { Author } from "../desk/team.ts";
import type { LinkButtons } from "../message/buttons.ts";
import type { Place, Shows } from "../message/link.ts";
import type { Quote, Snapshot } from "../message/snapshot.ts";
import type { PixCharge } from "../pix/charge.ts";
import type { ReplyContent } from "../replies/reply.ts";
import type { Formatted } from "../words/formatted.ts";
import type { Wording } from "../words/language.ts";
import type { LinkPreviewOptions } from "grammy/types";
import type { KeptCommand } from "./request_task.ts";
import type { Writer } from "./writer.ts";

/** Show a message on the other side, as an answer to the counterpart of `answerTo`. */
export interface RelayTask {
  kind: "relay";
  from: Place;
  shows: Shows;
  answerTo?: number;
  writer: Writer;
  /** A command, if the team gave it; anybody else's is a message like any other. */
  asks?: CommandName;
  /** Who gave the command has said that it is for this of the bot's desks … */
  isForThisDesk?: true;
  /** … or was asked for which it is. */
  isOffered?: true;
  /** It is what an earlier message has become, and is marked so. */
  isEdited?: true;
  /** Its caption follows as a text of its own. */
  isWithoutCaption?: true;
  /** It became an internal note before it went, or was taken back. */
  isNote?: true;
  /** It was shown where nobody reads it, and is shown anew. */
  isAgain?: true;
  /** Its copy lies outside of any thread, and is put into it: the copy's ID. */
  stray?: number;
  /** What is to be said before it is said: in a line of its own, or with its words. */
  isPrefixed?: true;
  /** It was sent as a canned reply: the trace by which the reply is known. */
  replyTrace?: string;
  /**
   * It was put off until now by a command, which its writer gave as one of the team: what is shown
   * are the words behind it, and never the message itself.
   */
  isLater?: true;
  /** The line that says that something came: the message itself was refused in the thread. */
  saidAs?: number;
  /** How often Telegram was asked in vain whether its author is of the team. */
  doubts?: number;
  /** How often it could not be asked whether who first wrote it may be named. */
  unnamed?: number;
  /** `when`: as it was written when it is to be sent. */
  private?: { snapshot?: Snapshot; given?: KeptCommand; when?: string };
}

/**
 * Show some of a message's words in a message of their own: a part of a text that is too long for
 * one, a caption's, or the line before a message. The first part of a text stands for the text.
 */
export interface PartTask {
  kind: "part";
  of: Place;
  shows: Shows;
  isFirst: boolean;
  answerTo?: number;
  writer: Writer;
  /** Its message was taken back. */
  isNote?: true;
  /** Its message was put off until now, by one of the team. */
  isLater?: true;
  /** The line that says that something came: the message itself was refused in the thread. */
  saidAs?: number;
  /** How often Telegram was asked in vain whether its author is of the team. */
  doubts?: number;
  private: {
    words: Formatted;
    linkPreview?: LinkPreviewOptions;
    quote?: Quote;
    buttons?: LinkButtons;
  };
}

/** Send the customer what somebody of the team asked for: a canned reply, a payment. */
export interface SendTask {
  kind: "send";
  /** The message that asked for it: a command, or one with the button that was pressed. */
  of: Place;
  shows: Shows;
  answerTo?: number;
  writer: Author;
  /** The canned reply, by its ID. */
  replyId?: string;
  /** It goes on with what was sent before it: together they are one answer. */
  isRest?: true;
  /** It was taken back. */
  isNote?: true;
  /** The line that says that something came: what was asked for was refused. */
  saidAs?: number;
  /** How often Telegram was asked in vain whether who asked is of the team. */
  doubts?: number;
  private: {
    content: ReplyContent | PixCharge;
    quote?: Quote;
    /** Its placeholders are filled in. */
    isFilled?: true;
  };
}

/** Show the thread what the customer got for the asking, as an answer to the message that asked. */
export interface CopyTask {
  kind: "copy";
  /** At the customer's. */
  from: Place;
  of: Place;
  shows: Shows;
  /** Who asked, by their ID; 0: nobody in particular. */
  sentBy: number;
  private?: { buttons: LinkButtons };
}

/** Show on the other side what a message has become. */
export interface EditTask {
  kind: "edit";
  at: Place;
  shows: Shows;
  writer: Writer;
  answerTo?: number;
  sentMs: number;
  /** When it was edited, by Telegram's clock; absent: Telegram did not say. */
  editedMs?: number;
  /** It begins with `#` now, or is a command: not meant for the other side. */
  isNote: boolean;
  /** An earlier edit may have been carried across without our having noted it. */
  isUnsure?: true;
  /** What the copy showed so far is to be kept first, or is kept. */
  history?: "owed" | "kept";
  /** How often Telegram was asked in vain whether its author is of the team. */
  doubts?: number;
  /** How often it could not be asked whether who first wrote it may be named. */
  unnamed?: number;
  private: { snapshot: Snapshot; wording?: Wording };
}

/** Show somebody's reaction on the counterpart; `null`: none any more. */
export interface ReactionTask {
  kind: "reaction";
  at: Place;
  writer: Writer;
  /** What the person or chat is to Telegram. */
  reactorId: number;
  /** How often Telegram was asked in vain whether its author is of the team. */
  doubts?: number;
  private: { emoji: string | null };
}
