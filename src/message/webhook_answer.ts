/** A call to Telegram as plain data, for whoever brought the update that leaves it to be made. */
import type { Opts } from "grammy/types";

/** The one call an update may leave: its method, and its parameters by name. */
export type Call = { method: "answerInlineQuery" } & Opts<"answerInlineQuery">;

/** What became of something that was brought as an update: it is accepted, or it is none. */
export interface Received {
  isUpdate: boolean;
  /** The call it leaves to be made, if it leaves one. */
  call?: Call;
  /** The ID of whom that call answers, if they are not of the team. */
  stranger?: number;
}
