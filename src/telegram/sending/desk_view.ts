/** The desk as sending sees it: where it is, how it stands, and what it is told of it. */
import type { Desk } from "../../desk/desk.ts";
import type { Right } from "../../health/checklist.ts";
import type { Failure } from "../classify.ts";
import type { RefusalCause } from "../desk/refusals.ts";

/** What is known of the desk that is served, and where to tell what sending finds out about it. */
export interface DeskView {
  /** The desk. Throws `NotReady` while it is not known. */
  readonly desk: Desk;
  /** Whether there is a desk, however it is. */
  readonly isKnown: boolean;
  /** Whether a card that is posted gets its thread, as far as is known. */
  readonly takesCards: boolean;
  /** Whether comments under the channel's posts are in the desk's group, as far as is known. */
  readonly isLinked: boolean;
  /** Whether the bot lacks a right in one of the desk's chats, as far as is known. */
  lacks(where: "channel" | "group", right: Right): boolean;
  /** When the desk was last repaired, or given another group; `-Infinity`: never. */
  readonly repairedMs: number;
  /** When Telegram was asked for the desk as it is known. */
  readonly askedMs: number;
  /** Takes from memory what another instance may have learned of the desk. */
  refresh(): Promise<void>;
  /** A card's automatic forward is late: the group may have been unlinked. */
  missRoot(): Promise<void>;
  /** A chat of the desk's refuses what it may not: whether it should may have to be looked up. */
  doubt(): Promise<void>;
  /** Telegram refuses in a chat, or everywhere, in a way only the operator can repair. */
  report(failure: Failure, chatId: number): Promise<void>;
  /** Something of a lane has gone through in a chat; `null`: there was no trouble that this ends. */
  went(lane: string, chatId: number): Promise<void> | null;
  /** Notes that a lane was refused in a chat; whether it is refused for its own sake. */
  refuse(lane: string, where: number | "anywhere"): RefusalCause;
  /** Notes that a lane was refused what the desk should allow; whether that is well all the while. */
  refuseDoubtfully(lane: string): RefusalCause;
  /** The group has become another chat. */
  migrate(groupId: number): Promise<void>;
}
