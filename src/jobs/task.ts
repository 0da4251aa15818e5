/** What is to be done for someone: each kind of task, and what it carries. */
import type { Customer } from "../conversation/conversation.ts";
import type { Person } from "../desk/team.ts";
import type { Place } from "../message/link.ts";
import type { ReplyContent } from "../replies/reply.ts";
import type { Wording } from "../words/language.ts";
import type { AlbumTask } from "./album_task.ts";
import type { CardTask, LookTask, RefreshTask, RetireTask, UnpinTask } from "./card_task.ts";
import type { EffaceTask, EraseTask } from "./erase_task.ts";
import type {
  CopyTask,
  EditTask,
  PartTask,
  ReactionTask,
  RelayTask,
  SendTask,
} from "./message_task.ts";
import type { AlertTask, NoticeTask } from "./notice_task.ts";
import type { CommandTask, PressTask } from "./request_task.ts";
import type { AlarmTask, AutocloseTask, BackTask, CallOffTask, TimersTask } from "./timer_task.ts";

/** One thing to do. IDs only: what is private travels in `private` and is sealed at rest. */
export type Task =
  | CardTask
  | RefreshTask
  | RetireTask
  | UnpinTask
  | LookTask
  | CommandTask
  | PressTask
  | RelayTask
  | AlbumTask
  | PartTask
  | SendTask
  | CopyTask
  | EditTask
  | ReactionTask
  | NoticeTask
  | AlertTask
  | AlarmTask
  | AutocloseTask
  | TimersTask
  | BackTask
  | CallOffTask
  | EraseTask
  | EffaceTask
  | DealTask
  | HandoverTask
  | FollowTask
  | MenuTask
  | DeleteTask
  | UnbuttonTask
  | ExpelTask
  | LeaveTask
  | UpdateTask;

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

/** Take the buttons away from a message whose question is over. */
export interface UnbuttonTask {
  kind: "unbutton";
  at: Place;
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

/** Receive an update once more that was given up by our own fault. */
export interface UpdateTask {
  kind: "update";
  /** The update as it came; absent: there is nothing to be received again. */
  private?: { update: unknown };
}
