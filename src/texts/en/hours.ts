/** What is said about hours: when the team is back, and what is wrong with a schedule, in English. */
import { monthName, weekdayName } from "../../time/calendar.ts";
import { type HolidaysProblem, MAX_HOLIDAY_NAME, MAX_HOLIDAYS } from "../../hours/holidays.ts";
import { MAX_SHIFTS } from "../../hours/hours.ts";
import type { HoursProblem } from "../../hours/problem.ts";
import type { Moment } from "../../time/moment.ts";
import type { Texts } from "../notice.ts";

export const hours = {
  "away": ({ back }) =>
    "We have received your message, but our team is away right now. " +
    (back ? `We will be back ${moment(back)}.` : "We will answer as soon as we can."),
  "moment": (notice) => moment(notice.moment),
} satisfies Partial<Texts>;

function moment({ by, weekday, dayOfMonth, month, year, time }: Moment): string {
  const date = `on ${dayOfMonth} ${monthName(month, "en")}`;
  const day = {
    "today": "today",
    "tomorrow": "tomorrow",
    "weekday": `on ${weekdayName(weekday, "en")}`,
    "date": date,
    "full date": `${date} ${year}`,
  }[by];
  return `${day} at ${time}`;
}

/** What is wrong with office hours. */
export function hoursReason(problem: HoursProblem): string {
  switch (problem.because) {
    case "empty":
      return "no days and times were given.";
    case "never":
      return "the desk would never be open. To have no office hours at all: /reset hours";
    case "unknown word":
      return `“${problem.piece}” is neither a day nor a time.`;
    case "no such time":
      return `there is no such time as in “${problem.piece}”.`;
    case "half":
      return `“${problem.piece}” needs a beginning and an end, as in 09:00-18:00.`;
    case "no length":
      return `“${problem.piece}” ends when it begins. The whole day is 00:00-24:00.`;
    case "am or pm":
      return `“${problem.piece}” could be in the morning or in the evening. ` +
        "Write 09:00-17:00 or 9am-5pm.";
    case "range":
      return `it is not clear from where to where “${problem.piece}” goes. ` +
        "Separate with commas what is not one range: mon,wed,fri";
    case "overlap":
      return `these times overlap: “${problem.piece}”.`;
    case "too many":
      return `there are at most ${MAX_SHIFTS} shifts a day.`;
    case "no days":
      return `the days of “${problem.piece}” are missing.`;
    case "no times":
      return `the times of “${problem.piece}” are missing.`;
    case "holidays":
      return `“${problem.piece}”: holidays are closed days. Their dates are kept with /set holidays`;
    case "twice":
      return `“${problem.pieces[0]}” and “${problem.pieces[1]}” say different things about ` +
        `${weekdayName(problem.weekday, "en")}. Name each day once, with all its times.`;
  }
}

/** What is wrong with holidays. */
export function holidaysReason(problem: HolidaysProblem): string {
  switch (problem.because) {
    case "empty":
      return "no dates were given. To have none at all: /reset holidays";
    case "no date":
      return `“${problem.piece}” cannot be read as a date.`;
    case "no such date":
      return `the date in “${problem.piece}” does not exist. ` +
        "Write month-day (12-25) or day/month (25/12).";
    case "backwards":
      return `“${problem.piece}” ends before it begins.`;
    case "long name":
      return `the name in “${problem.piece}” has more than ${MAX_HOLIDAY_NAME} characters.`;
    case "too many":
      return `there can be at most ${MAX_HOLIDAYS} dates.`;
  }
}
