/** The names by which what is to be done later is found again. */
import type { Desk } from "../desk/desk.ts";
import { laneOf } from "../conversation/lane.ts";
import type { ScheduledName } from "../jobs/scheduled.ts";
import type { MessageFacts } from "../message/facts.ts";
import type { Place } from "../message/link.ts";

/** As long as the longest message ID, so that names are in the order of the messages. */
const DIGITS = 16;

/** An answer that waits for its time beside its lane, by the command that puts it off. */
export function laterName({ chatId, messageId }: Place): string {
  return `later/${chatId}/${String(messageId).padStart(DIGITS, "0")}`;
}

/** The command that puts a message, or the whole album it is of, off. */
export function laterCommandName({ place, album }: Pick<MessageFacts, "place" | "album">): string {
  return album === undefined ? laterName(place) : laterAlbumName(album);
}

/** The command that puts an album off, by Telegram's ID of the album. */
export function laterAlbumName(album: string): string {
  return `later/album/${album}`;
}

/** What brings a conversation back that was put off. */
export function backName(desk: Desk, customerId: number): ScheduledName {
  return { lane: laneOf(desk, customerId, "to-desk"), name: "back" };
}
