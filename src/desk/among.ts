/** A desk among the others of its bot: what it is called, and whether somebody can be served there. */
import type { Desk } from "./desk.ts";
import type { NamedDesk } from "./names.ts";

/** One of a bot's desks, as decisions see it. */
export interface DeskAmong extends NamedDesk {
  desk: Desk;
  /** Whether a card that is posted gets its thread, as far as is known. */
  takesCards: boolean;
}
