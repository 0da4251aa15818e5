/** Office hours: a week of shifts, read from what people write, and written in one way only. */
import { type Weekday, WEEKDAYS, weekdayShortName } from "../time/calendar.ts";
import type { Language } from "../words/language.ts";
import { inOneWidth } from "../words/typed.ts";
import { type Piece, piecesOf } from "./pieces.ts";
import { type HoursProblem, UnreadableHours } from "./problem.ts";
import { overlap, type Shift, shiftsInOrder, writeShift } from "./shift.ts";

/**
 * The shifts of each day of the week, in order; those of one day neither meet nor overlap. A day
 * without shifts is a closed one.
 */
export type Hours = Record<Weekday, Shift[]>;

/** How many shifts a day may have. */
export const MAX_SHIFTS = 24;

/**
 * Reads office hours as people write them in our languages: `mon-fri 9-18; sat 9-12`, `Segunda a
 * sexta das 9h às 12h e das 13h às 18h, dom fechado`. Days that are not named are closed. Where two
 * pieces say different things of a day, the one that is about fewer days is the exception to the
 * other: `daily 9-18; sun closed`.
 */
export function readHours(text: string): Hours | { problem: HoursProblem } {
  try {
    const pieces = piecesOf(inOneWidth(text.normalize("NFC")));
    const hours = Object.fromEntries(
      WEEKDAYS.map((weekday) => [weekday, shiftsOn(weekday, pieces)]),
    ) as Hours;
    if (WEEKDAYS.some((weekday) => hours[weekday].length > MAX_SHIFTS)) {
      return { problem: { because: "too many" } };
    }
    const isEver = WEEKDAYS.some((weekday) => hours[weekday].length > 0);
    return isEver ? hours : { problem: { because: "never" } };
  } catch (error) {
    if (error instanceof UnreadableHours) return { problem: error.problem };
    throw error;
  }
}

/** What the pieces make of one day. Throws `UnreadableHours`. */
function shiftsOn(weekday: Weekday, pieces: readonly Piece[]): Shift[] {
  const [first, ...others] = pieces
    .filter(({ weekdays }) => weekdays.includes(weekday))
    .toSorted((a, b) => a.weekdays.length - b.weekdays.length);
  if (!first) return [];
  const shifts = [...first.shifts];
  for (const other of others) {
    if (shifts.length + other.shifts.length === 0) continue;
    const isOfAllItsDays = first.weekdays.every((each) => other.weekdays.includes(each));
    const isException = isOfAllItsDays && other.weekdays.length > first.weekdays.length;
    const isClosed = shifts.length === 0 || other.shifts.length === 0;
    const contradicts = isClosed ||
      shifts.some((each) => other.shifts.some((shift) => overlap(each, shift)));
    if (isException && contradicts) continue;
    if (isException || !isOfAllItsDays || contradicts) {
      const [one, two] = pieces.filter((piece) => piece === first || piece === other);
      throw new UnreadableHours({ because: "twice", weekday, pieces: [one!.text, two!.text] });
    }
    shifts.push(...other.shifts);
  }
  return shiftsInOrder(shifts);
}

/**
 * Writes office hours: `mon-fri 09:00-18:00; sat 09:00-12:00`. In whatever language, what is read
 * from it is the same.
 */
export function writeHours(hours: Hours, language: Language): string {
  const groups = Map.groupBy(
    WEEKDAYS.filter((weekday) => hours[weekday].length > 0),
    (weekday) => hours[weekday].map(writeShift).join(", "),
  );
  return [...groups]
    .map(([shifts, weekdays]) => `${writeDays(weekdays, language)} ${shifts}`)
    .join("; ");
}

/** Writes days as ranges, or as a list where only one or two follow each other. */
function writeDays(weekdays: readonly Weekday[], language: Language): string {
  const runs: Weekday[][] = [];
  for (const weekday of weekdays) {
    const run = runs.at(-1);
    const follows = run && WEEKDAYS.indexOf(run.at(-1)!) + 1 === WEEKDAYS.indexOf(weekday);
    if (follows) run.push(weekday);
    else runs.push([weekday]);
  }
  return runs.flatMap((run) => {
    const names = run.map((weekday) => weekdayShortName(weekday, language));
    return names.length > 2 ? [`${names[0]}-${names.at(-1)}`] : names;
  }).join(",");
}
