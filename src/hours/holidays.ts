/** Holidays: the dates on which a desk stays closed, once or every year. */
import { excerpt } from "../words/excerpt.ts";
import { DAY_MS } from "../time/duration.ts";
import { type Language, LANGUAGES } from "../words/language.ts";
import {
  datePiecesOf,
  type Dates,
  datesIn,
  type Day,
  type DaysAlone,
  daysAloneIn,
  hasDate,
} from "./dates.ts";

/** A date; without a year it comes every year, 29 February every leap year. */
export interface Holiday {
  year?: number;
  /** From 1 to 12. */
  month: number;
  day: number;
  name?: string;
}

/** How many dates there may be. */
export const MAX_HOLIDAYS = 200;
/** The longest name of one, in characters. */
export const MAX_HOLIDAY_NAME = 40;

/** Why a text names no holidays; each piece is a part of it as it was written. */
export type HolidaysProblem =
  | { because: "empty" }
  /** Something in it is no date and no name. */
  | { because: "no date"; piece: string }
  /** Like 31/02. */
  | { because: "no such date"; piece: string }
  /** It goes from one date to an earlier one. */
  | { because: "backwards"; piece: string }
  | { because: "long name"; piece: string }
  | { because: "too many" };

/** Thrown and caught here. */
class UnreadableHolidays extends Error {
  constructor(readonly problem: HolidaysProblem) {
    super(problem.because);
  }
}

/**
 * Reads dates as people write them, with a name before or behind if they like: `25/12 Natal` and
 * `12-25` every year, `2026-12-25` once, `24/12 a 02/01 recesso`, `1º de maio`. Day and month are
 * parted by a slash, month and day by a dash. What comes back is in order, each date once.
 */
export function readHolidays(text: string): Holiday[] | { problem: HolidaysProblem } {
  try {
    const pieces = datePiecesOf(text);
    if (pieces.length === 0) throw new UnreadableHolidays({ because: "empty" });
    const holidays = new Map<string, Holiday>();
    for (const holiday of holidaysIn(pieces)) {
      const date = writeDate(holiday);
      const isKnown = holidays.has(date) && holiday.name === undefined;
      if (!isKnown) holidays.set(date, holiday);
    }
    if (holidays.size > MAX_HOLIDAYS) throw new UnreadableHolidays({ because: "too many" });
    // Those of every year come first, as months are smaller than years.
    return [...holidays].sort(([a], [b]) => a < b ? -1 : 1).map(([, holiday]) => holiday);
  } catch (error) {
    if (error instanceof UnreadableHolidays) return { problem: error.problem };
    throw error;
  }
}

/**
 * Writes holidays: `12-25 Natal; 2026-12-28 - 2026-12-31 recesso`, or with the day first where
 * people write it so. In whatever language, what is read from it is the same.
 */
export function writeHolidays(holidays: readonly Holiday[], language: Language): string {
  const runs: Holiday[][] = [];
  for (const holiday of holidays) {
    const run = runs.at(-1);
    if (run && follows(run.at(-1)!, holiday)) run.push(holiday);
    else runs.push([holiday]);
  }
  return runs
    .flatMap((run) => run.length > 2 ? [[run[0]!, run.at(-1)!]] : run.map((day) => [day]))
    .map((ends) => {
      const dates = ends.map(LANGUAGES[language].isDayFirst ? writeDayFirst : writeDate);
      return [dates.join(" - "), ends[0]!.name ?? ""].join(" ").trim();
    })
    .join("; ");
}

function follows(before: Holiday, next: Holiday): boolean {
  return before.name === next.name && (before.year === undefined) === (next.year === undefined) &&
    msOf(next) - msOf(before) === DAY_MS;
}

/** Whether the day of a local time is one of them. */
export function isHoliday(holidays: readonly Holiday[], localMs: number): boolean {
  const date = new Date(localMs);
  return holidays.some(({ year, month, day }) =>
    day === date.getUTCDate() && month === date.getUTCMonth() + 1 &&
    (year === undefined || year === date.getUTCFullYear())
  );
}

function writeDate({ year, month, day }: Day): string {
  const date = `${digits(month, 2)}-${digits(day, 2)}`;
  return year === undefined ? date : `${digits(year, 4)}-${date}`;
}

function writeDayFirst({ year, month, day }: Day): string {
  const date = `${digits(day, 2)}/${digits(month, 2)}`;
  return year === undefined ? date : `${date}/${digits(year, 4)}`;
}

function digits(number: number, length: number): string {
  return String(number).padStart(length, "0");
}

/** The holidays of all pieces, in their order. Throws `UnreadableHolidays`. */
function holidaysIn(pieces: readonly string[]): Holiday[] {
  const holidays: Holiday[] = [];
  /** Days whose month is yet to come: `24, 25 e 26/12`. */
  let waiting: (DaysAlone & { text: string })[] = [];
  let before: { dates: Dates; name: string } | undefined;
  const add = (first: Day, last: Day | undefined, name: string, piece: string) => {
    const days = last ? datesBetween(first, last, piece) : [first];
    if (!days.every(exists)) throw new UnreadableHolidays({ because: "no such date", piece });
    holidays.push(...days.map((day) => name === "" ? day : { ...day, name }));
  };
  for (const text of pieces) {
    const piece = excerpt(text);
    const alone = daysAloneIn(text);
    if (alone && before?.dates.isMonthFirst) {
      // `Dec 24, 25 and 26`: they are of the month before them.
      const { dates: { first }, name } = before;
      add({ ...first, day: alone.first }, { ...first, day: alone.last }, name, piece);
      continue;
    }
    if (alone) {
      waiting.push({ ...alone, text: piece });
      continue;
    }
    const dates = datesIn(text);
    if (!dates || (waiting.length > 0 && !dates.isDayFirst)) {
      throw new UnreadableHolidays({ because: "no date", piece: waiting[0]?.text ?? piece });
    }
    const named = waiting.find(({ name }) => name !== "")?.name;
    const name = nameIn(text, dates, piece) || checkedName(named ?? "", piece);
    for (const { first, last } of waiting) {
      add({ ...dates.first, day: first }, { ...dates.first, day: last }, name, piece);
    }
    waiting = [];
    add(dates.first, dates.last, name, piece);
    before = { dates, name };
  }
  const [first] = waiting;
  if (first) throw new UnreadableHolidays({ because: "no date", piece: first.text });
  return holidays;
}

/** What is written around dates. Throws `UnreadableHolidays`. */
function nameIn(text: string, { from, to }: Dates, piece: string): string {
  return checkedName([text.slice(0, from), text.slice(to)].join(" "), piece);
}

function checkedName(words: string, piece: string): string {
  const name = bare(words);
  // What looks like another date is no name.
  if (/^\d|\d[-/.]\d/.test(name) || hasDate(name)) {
    throw new UnreadableHolidays({ because: "no date", piece });
  }
  if ([...name].length > MAX_HOLIDAY_NAME) {
    throw new UnreadableHolidays({ because: "long name", piece });
  }
  return name;
}

/** A name without the signs and brackets that part it from its date. */
function bare(name: string): string {
  const words = name.replace(/\s+/g, " ").replace(/^[ \-–—:.·=]+|[ \-–—:.·=]+$/g, "");
  const inBrackets = /^\((.*)\)$/.exec(words)?.[1];
  return inBrackets === undefined ? words : bare(inBrackets);
}

/** A date without a year may be any of a leap year. */
const LEAP_YEAR = 2028;

/** The midnight, in UTC, with which a date begins. */
function msOf({ year = LEAP_YEAR, month, day }: Day): number {
  return Date.UTC(year, month - 1, day);
}

function exists({ year = LEAP_YEAR, month, day }: Day): boolean {
  const date = new Date(msOf({ year, month, day }));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day;
}

/**
 * The days of a range. One whose end comes before its begin in the year goes over the end of the
 * year, unless both have years of their own. Throws `UnreadableHolidays`.
 */
function datesBetween(first: Day, last: Day, piece: string): Day[] {
  const isSameMonth = first.month === last.month && (first.year ?? last.year) === last.year;
  if (isSameMonth && last.day < first.day && exists(first) && exists(last)) {
    throw new UnreadableHolidays({ because: "backwards", piece });
  }
  const isYearly = first.year === undefined && last.year === undefined;
  const isOverNewYear = last.month * 100 + last.day < first.month * 100 + first.day;
  const years = isOverNewYear ? 1 : 0;
  const lastYear = last.year ?? (first.year === undefined ? LEAP_YEAR : first.year + years);
  const begin = { ...first, year: first.year ?? lastYear - years };
  const end = { ...last, year: lastYear };
  if (!exists(first) || !exists(last) || (!isYearly && (!exists(begin) || !exists(end)))) {
    throw new UnreadableHolidays({ because: "no such date", piece });
  }
  const beginMs = msOf(begin);
  const count = (msOf(end) - beginMs) / DAY_MS + 1;
  if (count < 1) throw new UnreadableHolidays({ because: "backwards", piece });
  if (count > MAX_HOLIDAYS) throw new UnreadableHolidays({ because: "too many" });
  return Array.from({ length: count }, (_, index) => {
    const date = new Date(beginMs + index * DAY_MS);
    const day = { month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    return isYearly ? day : { year: date.getUTCFullYear(), ...day };
  });
}
