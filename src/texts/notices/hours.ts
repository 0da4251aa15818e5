/** What the bot says about office hours: which sentence, with which facts. */
import type { Moment } from "../../time/moment.ts";

/** A sentence by name, with what it has to tell. */
export type HoursNotice =
  /** To a customer who writes while the desk is closed; without a moment, nobody knows when it opens. */
  | { text: "away"; back?: Moment }
  /** A moment as a part of a sentence: on Monday at 09:00. */
  | { text: "moment"; moment: Moment };
