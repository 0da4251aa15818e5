/**
 * Dates as people write them, alone and from one to another: what is found of them in a piece of
 * text, before it is asked whether there is such a date.
 */
import { readMonth } from "../time/calendar.ts";
import { patternOfAny } from "../words/language.ts";
import { inOneWidth } from "../words/typed.ts";

/** A date; without a year it is of every year. Whether there is such a day is not known. */
export interface Day {
  year?: number;
  /** From 1 to 12. */
  month: number;
  day: number;
}

/** What a piece says, and where in it. */
export interface Dates {
  first: Day;
  /** The end of a range. */
  last?: Day;
  isDayFirst: boolean;
  /** The month is named before its day. */
  isMonthFirst: boolean;
  from: number;
  to: number;
}

/** One date, and where it ends. */
export interface FoundDate {
  date: Day;
  /** How it is written; `other` has the month before its day, in numbers. */
  form: "day first" | "month name first" | "other";
  to: number;
}

/** What may stand around numbers and months, in any of our languages. */
const AND = patternOfAny(({ dates }) => dates.and);
const BETWEEN = patternOfAny(({ dates }) => dates.between);
const ORDINAL = patternOfAny(({ dates }) => dates.ordinal);
/** Who writes the day behind the month. */
const ORDINAL_LAST = patternOfAny(({ isDayFirst, dates }) => isDayFirst ? "" : dates.ordinal);
const OF = patternOfAny(({ dates }) => dates.of);
const OF_YEAR = patternOfAny(({ dates }) => dates.ofYear);
const FROM = patternOfAny(({ dates }) => dates.from);
const TO = patternOfAny(({ dates }) => dates.to);
const THE = patternOfAny(({ dates }) => dates.the);

/** What stands between two dates of a range; a dash without spaces also parts the numbers of one. */
const BARE_DASH = "-";
const RANGE = ` ?(?:[-–—−~→]|->|\\.\\.) ?| ${TO} (?:(?:${FROM}|${THE}) )*`;

/** What parts one piece from the next, `and` only where another date begins. */
const SEPARATOR = /[;,\n\r]/;
const AND_BEFORE_DATE = RegExp(
  `(?<=\\S)\\s+(?:${AND}|&)\\s+(?:(?:${FROM}|${THE}) )*(?:(?=\\d)|(?=(\\p{L}{3,})\\.? \\d))`,
  "giu",
);
/** A year behind a comma, which is not another piece: `December 24, 2026`. */
const COMMA_YEAR = RegExp(
  `(?<=\\d${ORDINAL}?),\\s+(?=\\d{4}(?:\\s*(?:[;,\\n\\r]|$)|${RANGE}))`,
  "giu",
);
const FROM_ONE_AND_ANOTHER = RegExp(
  `(?<!\\S)${BETWEEN}\\s+(?:${THE} )?([^;,\\n\\r]*?\\d[^;,\\n\\r]*?)\\s+${AND}\\s+(?:${THE} )?`,
  "giu",
);

/** How a date may be written. Two numbers with a slash are day and month, with a dash the reverse. */
const FORMS: [form: FoundDate["form"], pattern: string][] = [
  ["other", "(?<year>\\d{4})[-/.](?<month>\\d{1,2})[-/.](?<day>\\d{1,2})"],
  ["day first", "(?<day>\\d{1,2})[-/.](?<month>\\d{1,2})[-/.](?<year>\\d{4})"],
  ["day first", "(?<day>\\d{1,2})[/.](?<month>\\d{1,2})[/.](?<shortYear>\\d{2})"],
  ["other", "(?<month>\\d{1,2})-(?<day>\\d{1,2})"],
  ["day first", "(?<day>\\d{1,2})[/.](?<month>\\d{1,2})"],
  [
    "day first",
    `(?<day>\\d{1,2})${ORDINAL}?[ /-]?(?:${OF} )?(?<monthName>\\p{L}{3,})\\.?` +
    `(?:,? (?:${OF_YEAR} )?(?<year>\\d{4})|/(?<year>\\d{4})|/(?<shortYear>\\d{2}))?`,
  ],
  [
    "month name first",
    `(?<monthName>\\p{L}{3,})\\.? (?:${THE} )?(?<day>\\d{1,2})${ORDINAL_LAST}?(?:,? (?<year>\\d{4}))?`,
  ],
];
const DATES = FORMS.map(([form, pattern]) =>
  [form, RegExp(`${pattern}(?![\\p{L}\\p{N}]|[/.]\\d)`, "iuy")] as const
);

/** Where something may begin that is a date. */
const STARTS = /(?<![\p{L}\p{N}]|\d[-/.])[\p{L}\p{N}]/gu;
/** What may stand before a date, or the first of several. */
const BEFORE = RegExp(`(?<!\\S)(?:(?:${FROM}|${THE}) )+$`, "iu");
const BETWEEN_TWO = RegExp(RANGE, "iuy");
/** The day that a range begins or ends with, where the other end alone has a month. */
const FIRST_DAY = RegExp(`(?<day>\\d{1,2})${ORDINAL}?(?:${RANGE})`, "iuy");
const LAST_DAY = RegExp(
  `(?<day>\\d{1,2})${ORDINAL}?(?:,? (?<year>\\d{4}))?(?![\\p{L}\\p{N}]|[-/.:]\\d)`,
  "iuy",
);
const DAYS_ALONE = RegExp(
  `^(?:(?<name>\\D+?) ?: ?)?(?:(?:${FROM}|${THE}) )*(?<first>\\d{1,2})${ORDINAL}?(?:(?!${BARE_DASH})(?:${RANGE})(?<last>\\d{1,2})${ORDINAL}?)?$`,
  "iu",
);

/** Parts a text into what is about one date, or one range of them. */
export function datePiecesOf(text: string): string[] {
  return inOneWidth(text.normalize("NFC"))
    .replace(/(?<=\d) ?\/ ?(?=\d)/g, "/")
    .replace(FROM_ONE_AND_ANOTHER, "$1 – ")
    .replace(COMMA_YEAR, " ")
    .replace(
      AND_BEFORE_DATE,
      (and, word?: string) => word === undefined || readMonth(word) !== undefined ? ";" : and,
    )
    .split(SEPARATOR)
    .map((piece) => piece.replace(/\s+/g, " ").trim())
    .filter((piece) => piece !== "");
}

/** Days of a month that is named in another piece. */
export interface DaysAlone {
  first: number;
  last: number;
  /** What is written before them. */
  name: string;
}

/**
 * The days that a piece consists of, if it names no month: `24`, `24 a 26`, `recess: 24`; 12-25 is a
 * date.
 */
export function daysAloneIn(piece: string): DaysAlone | undefined {
  const found = DAYS_ALONE.exec(piece)?.groups;
  if (!found) return undefined;
  const first = Number(found.first);
  return { first, last: Number(found.last ?? first), name: found.name ?? "" };
}

/** The first date of a piece, or the range that it begins. */
export function datesIn(piece: string): Dates | undefined {
  for (const { index } of piece.matchAll(STARTS)) {
    const dates = rangeFromDay(piece, index) ?? datesAt(piece, index);
    if (!dates) continue;
    const words = BEFORE.exec(piece.slice(0, dates.from));
    return { ...dates, from: words ? words.index : dates.from };
  }
}

/** Whether there is a date in a text. */
export function hasDate(text: string): boolean {
  return [...text.matchAll(STARTS)].some(({ index }) => dateAt(text, index) !== undefined);
}

/** A range of which only the end has a month: `24 a 26/12`, `24-26 dez`. */
function rangeFromDay(piece: string, from: number): Dates | undefined {
  FIRST_DAY.lastIndex = from;
  const day = FIRST_DAY.exec(piece)?.groups?.day;
  const end = day === undefined ? undefined : dateAt(piece, FIRST_DAY.lastIndex);
  if (end?.form !== "day first") return undefined;
  const first = { ...end.date, day: Number(day) };
  return { first, last: end.date, isDayFirst: true, isMonthFirst: false, from, to: end.to };
}

/** A date, and what it goes to: another, or another day of its month. */
function datesAt(piece: string, from: number): Dates | undefined {
  const begin = dateAt(piece, from);
  if (!begin) return undefined;
  const { date: first, form } = begin;
  const one = {
    first,
    isDayFirst: form === "day first",
    isMonthFirst: form === "month name first",
    from,
    to: begin.to,
  };
  BETWEEN_TWO.lastIndex = begin.to;
  const [sign] = BETWEEN_TWO.exec(piece) ?? [];
  if (sign === undefined) return one;
  const at = BETWEEN_TWO.lastIndex;
  const end = dateAt(piece, at);
  if (end) return { ...one, last: end.date, to: end.to };
  // Numbers with a dash between, and no spaces, may be a year, a month and a day in whatever order.
  const isLopsided = sign.startsWith(" ") !== sign.endsWith(" ");
  if ((sign === BARE_DASH || isLopsided) && form !== "month name first") return one;
  LAST_DAY.lastIndex = at;
  const { day, year } = LAST_DAY.exec(piece)?.groups ?? {};
  if (day === undefined) return one;
  const last = {
    ...first,
    ...(year === undefined ? {} : { year: Number(year) }),
    day: Number(day),
  };
  return { ...one, last, to: LAST_DAY.lastIndex };
}

/** The date that begins at a place of a text. */
export function dateAt(text: string, from: number): FoundDate | undefined {
  for (const [form, pattern] of DATES) {
    pattern.lastIndex = from;
    const found = pattern.exec(text)?.groups;
    if (!found) continue;
    const month = found.monthName === undefined ? Number(found.month) : readMonth(found.monthName);
    if (month === undefined) continue;
    const year = found.year ?? (found.shortYear === undefined ? undefined : `20${found.shortYear}`);
    const date = {
      ...(year === undefined ? {} : { year: Number(year) }),
      month,
      day: Number(found.day),
    };
    return { date, form, to: pattern.lastIndex };
  }
}
