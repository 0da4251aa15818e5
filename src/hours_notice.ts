/** What the bot says about office hours and holidays: which sentence, with which facts. */
import type { HolidaysProblem } from "./holidays.ts";
import type { HoursProblem } from "./hours_problem.ts";
import type { Moment } from "./moment.ts";

/** A sentence by name, with what it has to tell. */
export type HoursNotice =
  /** To a customer who writes while the desk is closed; without a moment, nobody knows when it opens. */
  | { text: "away"; back?: Moment }
  /** A moment as a part of a sentence: on Monday at 09:00. */
  | { text: "moment"; moment: Moment }
  /** To an administrator, whose words are no office hours. */
  | { text: "hours-problem"; problem: HoursProblem }
  /** To an administrator, whose words are no holidays. */
  | { text: "holidays-problem"; problem: HolidaysProblem };
