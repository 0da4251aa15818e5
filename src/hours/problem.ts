/** What is wrong with written office hours, so that it can be said in any language. */
import type { Weekday } from "../time/calendar.ts";

/** Why a text is no schedule; each piece is a part of it as it was written. */
export type HoursProblem =
  | { because: "empty" }
  /** It would never be open. */
  | { because: "never" }
  | { because: "unknown word"; piece: string }
  | { because: "no such time"; piece: string }
  /** A time from which nothing goes to another. */
  | { because: "half"; piece: string }
  /** It would end when it begins. */
  | { because: "no length"; piece: string }
  /** Like 9-5: in the afternoon, or the next morning? */
  | { because: "am or pm"; piece: string }
  /** Like mon-wed-fri: from where to where? */
  | { because: "range"; piece: string }
  | { because: "overlap"; piece: string }
  /** More shifts than a day may have. */
  | { because: "too many" }
  | { because: "no days"; piece: string }
  | { because: "no times"; piece: string }
  /** Holidays are closed days, with dates of their own. */
  | { because: "holidays"; piece: string }
  /** Two pieces say different things of one day. */
  | { because: "twice"; weekday: Weekday; pieces: [string, string] };

/** Thrown and caught by those who read office hours. */
export class UnreadableHours extends Error {
  constructor(readonly problem: HoursProblem) {
    super(problem.because);
  }
}
