/** Lengths of time in days, as people write them: `90`, `6 months`, `half a year`, `um ano e meio`. */
import { type Meanings, meaningsOf, typedWordsOf } from "../words/typed.ts";

/** A unit is so many days, or so many months. */
interface Unit {
  days: number;
  months: number;
}

const UNITS: Meanings<Unit> = meaningsOf(({ spans }) => [
  [spans.days, { days: 1, months: 0 }],
  [spans.weeks, { days: 7, months: 0 }],
  [spans.months, { days: 0, months: 1 }],
  [spans.quarters, { days: 0, months: 3 }],
  [spans.halfYears, { days: 0, months: 6 }],
  [spans.years, { days: 0, months: 12 }],
]);
const NUMBERS: Meanings<number> = meaningsOf(({ numbers }) =>
  numbers.map((words, index) => [words, index + 1])
);
const HALF = meaningsOf(({ half }) => [[half, true]]);
const AND = meaningsOf(({ spans }) => [[spans.and, true]]);
const FILLER = meaningsOf(({ filler }) => [[filler, true]]);
const RECENT = meaningsOf(({ spans }) => [[spans.recent, true]]);

/** A number in digits, with thousands parted or not, or with a fraction. */
const DIGITS = /^\d+(?:[.,]\d+)?$/;
const THOUSANDS = /^\d{1,3}(?:[.,]\d{3})+$/;

/** A year of 365 days, and a month of 30: what people mean who say no date. */
const DAYS_OF_YEAR = 365;
const DAYS_OF_MONTH = 30;

/**
 * The days that a length of time has. A number alone is one of days, a unit alone is one of it.
 * `undefined`: it is no length, or one that cannot be told.
 */
export function daysIn(text: string): number | undefined {
  const words = typedWordsOf(text).filter((word) => !FILLER.has(word));
  const [only] = words;
  if (words.length === 1) {
    const count = numberIn(only!);
    if (count !== undefined) return count;
  }
  return words.length === 0 ? undefined : lengthOf(words);
}

/**
 * The days that a time up to now has: `the last 30 days`, `esta semana`. `undefined`: it is none, or one
 * that cannot be told.
 */
export function recentDaysIn(text: string): number | undefined {
  const isBefore = (word: string) => RECENT.has(word) && !NUMBERS.has(word);
  return daysIn(typedWordsOf(text).filter((word) => !isBefore(word)).join(" "));
}

/** The number that a word is in digits. */
function numberIn(word: string): number | undefined {
  if (THOUSANDS.test(word)) return Number(word.replace(/\D/g, ""));
  return DIGITS.test(word) ? Number(word.replace(",", ".")) : undefined;
}

/** Adds up parts, each a number, half or nothing before a unit: `1 year and a half`. */
function lengthOf(words: readonly string[]): number | undefined {
  // Behind a number it is a unit, as in `1y`.
  const parts = words.filter((word, at) =>
    !AND.has(word) || numberIn(words[at - 1] ?? "") !== undefined
  );
  if (parts.length === 0) return undefined;
  let days = 0;
  let months = 0;
  let last: Unit | undefined;
  for (let at = 0; at < parts.length;) {
    const part = partAt(parts, at);
    const unit = part.unit ?? (part.isHalf && part.to === parts.length ? last : undefined);
    if (!unit) return undefined;
    days += part.count * unit.days;
    months += part.count * unit.months;
    last = unit;
    at = part.to;
  }
  const years = Math.floor(months / 12);
  return Math.round(days + years * DAYS_OF_YEAR + (months - years * 12) * DAYS_OF_MONTH);
}

/** A number or half, and its unit if it has one; where the next begins. */
function partAt(
  words: readonly string[],
  from: number,
): { count: number; isHalf: boolean; unit: Unit | undefined; to: number } {
  const isOne = (at: number) => NUMBERS.get(words[at] ?? "") === 1;
  const isHalfAt = (at: number) => HALF.has(words[at] ?? "");
  // As in `a half`.
  const start = isOne(from) && isHalfAt(from + 1) ? from + 1 : from;
  const isHalf = isHalfAt(start);
  const number = isHalf ? 0.5 : numberIn(words[start]!) ?? NUMBERS.get(words[start]!);
  const behind = number === undefined ? start : start + 1;
  // As in `half a year`.
  const unitAt = isHalf && isOne(behind) ? behind + 1 : behind;
  const unit = UNITS.get(words[unitAt] ?? "");
  return { count: number ?? 1, isHalf, unit, to: unit ? unitAt + 1 : behind };
}
