/** What somebody asks the bot itself to do, by a command or a button: such tasks, and what they carry. */
import type { Message } from "grammy/types";
import type { CommandName } from "../commands/command.ts";
import type { Customer } from "../conversation/conversation.ts";
import type { Author, Person } from "../desk/team.ts";
import type { CommandFacts } from "../message/facts.ts";
import type { Place, Shows } from "../message/link.ts";
import type { Wording } from "../words/language.ts";
import type { AlbumTask } from "./album_task.ts";

/** Do what a command asks for, if who gave it may. */
export interface CommandTask {
  kind: "command";
  /** Absent: there is no command of that name. */
  name?: CommandName;
  at: Place;
  by: Author;
  /** Of a message to be taken back that had not gone yet: whatever carries it is kept from going. */
  isWithdrawing?: true;
  /** Of one that has its own message, or the album that is of, sent later: what is to be sent. */
  carries?: CarriedLater;
  /** It was given before; its message, or a piece of its album, has become this, or has come late. */
  amends?: Amended;
  /** It was taken back: what it asks to be sent is not. */
  isNote?: true;
  /** How often Telegram was asked in vain whether its author is of the team. */
  doubts?: number;
  /** `album`: the one it is under. */
  private: { given: KeptCommand; album?: AlbumTask };
}

/** What a message shows, when it was written, and how many messages it stands for. */
export interface CarriedLater {
  shows: Shows;
  sentMs: number;
  count: number;
}

/** What a command's message has become: a command still, a note, an answer; or an album's late piece. */
export type Amended = "command" | "note" | "answer" | "piece";

/**
 * What is kept of a command's message until it is obeyed: what obeying it may need. Jobs outlive a
 * deploy, so one that lies in a database may hold Telegram's whole message in its place.
 */
export type KeptCommand = CommandFacts | Message;

/** Do what a pressed button asks for, if who pressed it may. */
export interface PressTask {
  kind: "press";
  queryId: string;
  data: string;
  by: Person;
  /** The message with the button. */
  at: Place;
  /** The command that message answers, if it does. */
  command?: number;
  /** Whose thread that message is in, as far as it tells: old ones do not. */
  thread?: number | "erased";
  /** The desk that was chosen serves who pressed since the press was accepted. */
  isServed?: true;
  /** The desk, by its channel's ID, at which who chose another stayed when the press was accepted. */
  staysAt?: number;
  /** `asking`: who presses a button for customers. */
  private: { wording: Wording; asking?: Customer };
}
