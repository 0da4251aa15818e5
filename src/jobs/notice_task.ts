/** What the bot says itself, in a chat or to several people one after another. */
import type { Customer } from "../conversation/conversation.ts";
import type { Person } from "../desk/team.ts";
import type { Notice } from "../texts/notice.ts";
import type { Wording } from "../words/language.ts";

/** Say something ourselves, as an answer to a message of the chat it goes to. */
export interface NoticeTask {
  kind: "notice";
  notice: Notice;
  answerTo?: number;
  /** Where the message it answers or replaces is, since it may be said elsewhere by then. */
  answerIn?: number;
  /** A message of ours that says this from now on, instead of a new one. */
  replaces?: number;
  /** Where it is said, if not to the side its lane leads to: to an agent in private. */
  chatId?: number;
  /** The root of the thread in which it is said there: it answers that, if what it answers is gone. */
  rootId?: number;
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

/** Tell those who want to know it that the lane's customer waits, some after others. */
export interface AlertTask {
  kind: "alert";
  /** The message with which they began to wait. */
  waitingMessageId: number;
  /** That message's copy in the thread. */
  messageId?: number;
  /** Whoever has a smaller ID, or this one, is told already. */
  after?: number;
  /** They are late, having waited for so many minutes: whom that is told. */
  late?: { tells: "assignee" | "listeners" | "admins"; minutes: number };
}
