/** What is to be done for someone: each kind of task, and what it carries. */
import type { LinkPreviewOptions } from "grammy/types";
import type { CommandName } from "../commands/command.ts";
import type { Customer } from "../conversation/conversation.ts";
import type { Formatted } from "../words/formatted.ts";
import type { Place, Shows } from "../message/link.ts";
import type { Notice } from "../texts/notice.ts";
import type { Wording } from "../words/language.ts";
import type { PixCharge } from "../pix/charge.ts";
import type { ReplyContent } from "../replies/reply.ts";
import type { LinkButtons, LinkedCopy } from "../message/buttons.ts";
import type { Quote, Snapshot } from "../message/snapshot.ts";
import type { Author, Person } from "../desk/team.ts";
import type { AlbumTask } from "./album_task.ts";
import type { CommandTask, KeptCommand, PressTask } from "./request_task.ts";
import type { Writer } from "./writer.ts";

/** One thing to do. IDs only: what is private travels in `private` and is sealed at rest. */
export type Task =
  | CardTask
  | RefreshTask
  | CommandTask
  | PressTask
  | DeleteTask
  | ExpelTask
  | LeaveTask
  | RelayTask
  | AlbumTask
  | PartTask
  | SendTask
  | CopyTask
  | EditTask
  | ReactionTask
  | NoticeTask
  | RetireTask
  | UnpinTask
  | EraseTask
  | EffaceTask
  | LookTask
  | AlertTask
  | AlarmTask
  | AutocloseTask
  | TimersTask
  | UnbuttonTask
  | BackTask
  | CallOffTask
  | DealTask
  | HandoverTask
  | FollowTask
  | MenuTask
  | UpdateTask;

/** Post the customer's card in the channel. */
export interface CardTask {
  kind: "card";
  /** It stands for a conversation that another desk had: it was counted there. */
  isTransferred?: true;
  /** How many cards before it never got a thread. */
  inVain?: number;
}

/** Make the card in the channel, and its pin, show what the conversation is by now. */
export interface RefreshTask {
  kind: "refresh";
}

/** Take away a message that says nothing more: a command that was obeyed, the note of a pin. */
export interface DeleteTask {
  kind: "delete";
  at: Place;
}

/** Remove somebody from the group, or lift their ban if the creator lets them in. */
export interface ExpelTask {
  kind: "expel";
  member: Person;
  /** The creator asked for it, and is told only if it cannot be done. */
  isAsked?: true;
}

/** Leave a chat to which somebody has added the bot, unless it is the desk's after all. */
export interface LeaveTask {
  kind: "leave";
  chatId: number;
  /** It was said there why. */
  isSaid?: true;
  /** Since when Telegram may have been asked whose it is; absent: it was not. */
  askedMs?: number;
  private?: { wording: Wording };
}

/** Mark a card whose thread is gone: the conversation goes on under a newer one. */
export interface RetireTask {
  kind: "retire";
  postId: number;
}

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

/** Say something ourselves, as an answer to a message of the chat it goes to. */
export interface NoticeTask {
  kind: "notice";
  notice: Notice;
  answerTo?: number;
  /** Where the message it answers is, since the group may be another by the time it is said. */
  answerIn?: number;
  /** A message of ours that says this from now on, instead of a new one. */
  replaces?: number;
  /** Where it is said, if not to the side its lane leads to: to an agent in private. */
  chatId?: number;
  /** Where it is said instead, if nobody can be told there. */
  otherwise?: number;
  /** Who is told instead, if nobody can be told there. */
  orAlert?: AlertTask;
  /** It confirms what this command asks for, and who gave it: either message leads to the other. */
  confirms?: { messageId: number; userId?: number };
  /** It is only said if this person is of the team. */
  ifOfTeam?: Person;
  /** How often Telegram was asked in vain whether that person is of the team. */
  doubts?: number;
  /** It may repeat what somebody has typed: what it says is sealed as well. */
  isSealed?: true;
  /** Absent: in the desk's language. With who asks, of whom nothing may be kept. */
  private?: { wording: Wording; asking?: Customer };
}

/** Take a message off its chat's pins: a card's automatic forward, or a card that is over. */
export interface UnpinTask {
  kind: "unpin";
  at: Place;
}

/** Take away all that is kept of the lane's customer, step by step. */
export interface EraseTask {
  kind: "erase";
  /**
   * Whether they want it, nobody has written for long, or they want it and this is of another desk
   * than the one that the bot serves: of that nobody is told.
   */
  because: "customer" | "time" | "other desk";
  /** The question that they answered: it says that it is done, once it is. */
  question?: number;
  /** What waited and goes nowhere any more, as far as was looked. */
  undelivered?: Undelivered;
  /** Something that named them leads to nobody already: it is not to be left half done. */
  isBegun?: true;
  /** Other desks that know them, and have yet to be told. */
  otherDesks?: number[];
  /** Of how many messages the copies are deleted at once; 0: what is left is too old for that. */
  atOnce?: number;
  private?: { wording: Wording };
}

/** Have posts of the channel that stood for a customer name nobody. */
export interface EffaceTask {
  kind: "efface";
  posts: number[];
}

/** Look whether the root is there under which copies are in doubt. */
export interface LookTask {
  kind: "look";
  root: Place;
  /** A copy among them, by its ID, that answers a comment which may be gone: whose copy it is. */
  copy?: { here: Place; copyId: number; answered: number };
  /** The root is gone: the copies are asked where they stand. */
  asks?: true;
  /** From this one on they are known to lie outside of the thread. */
  astrayFrom?: number;
  /** Those that somebody has deleted. */
  gone?: number[];
  /** The link buttons under the newest of the copies: a question has to leave them there. */
  private?: { linked: LinkedCopy };
}

/** How many messages waited and go nowhere any more. */
export interface Undelivered {
  fromTeam: number;
  fromCustomer: number;
}

/** Tell those who want to know it that the lane's customer waits, some after others. */
export interface AlertTask {
  kind: "alert";
  /** The message with which they began to wait. */
  waitingMessageId: number;
  /** The same, as it is shown in the thread. */
  messageId?: number;
  /** Whoever has a smaller ID, or this one, is told already. */
  after?: number;
  /** They are late, having waited for so many minutes: whom that is told. */
  late?: { tells: "assignee" | "listeners" | "admins"; minutes: number };
}

/** The lane's customer is late, if they still wait: for the first time, or for twice the time. */
export interface AlarmTask {
  kind: "alarm";
  stage: 1 | 2;
  /** The message with which they began to wait. */
  waitingMessageId: number;
}

/** The lane's customer has been silent for long: they are warned, or it is closed. */
export interface AutocloseTask {
  kind: "autoclose";
  does: "warn" | "end";
  /** Since when they are silent. */
  sinceMs: number;
}

/** Have what waits for its time wait for another, as was decided, one conversation after another. */
export interface TimersTask {
  kind: "timers";
  /** The last customer whose conversation was looked at. */
  after?: number;
}

/** Take the buttons away from a message whose question is over. */
export interface UnbuttonTask {
  kind: "unbutton";
  at: Place;
}

/** Bring a conversation back that was put off until now. */
export interface BackTask {
  kind: "back";
}

/** Give the conversation of a customer to whoever of those on shift has the next turn. */
export interface DealTask {
  kind: "deal";
  customerId: number;
}

/** All that a desk owed the customer has gone: what another desk answers may follow. */
export interface HandoverTask {
  kind: "handover";
  id: string;
  /** The other desk, by its channel's ID. */
  to: number;
}

/** Wait until another desk owes the customer nothing any more. */
export interface FollowTask {
  kind: "follow";
  id: string;
  /** The other desk, by its channel's ID. */
  from: number;
}

/** Send a customer the canned reply that they chose in the menu. */
export interface MenuTask {
  kind: "menu";
  replyId: string;
  /** Whose menu it is, if it is that of another desk. */
  deskId?: number;
  /** Who asks, of whom nothing may be kept; and of a reply that is too long for one message, a part. */
  private?: { asking?: Customer; content?: ReplyContent; isFilled?: true };
}

/** Have none of the answers sent any more that wait for their time. */
export interface CallOffTask {
  kind: "call-off";
}

/** Receive an update once more that was given up by our own fault. */
export interface UpdateTask {
  kind: "update";
  /** The update as it came; absent: there is nothing to be received again. */
  private?: { update: unknown };
}
