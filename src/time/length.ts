/** Lengths of time in minutes, hours, days and weeks, as people write them: `15`, `1h30`, `3 dias`. */
import { type Meanings, meaningsOf, typedWordsOf } from "../words/typed.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./duration.ts";

const UNITS: Meanings<number> = meaningsOf(({ moments, spans }) => [
  [spans.weeks, 7 * DAY_MS],
  [spans.days, DAY_MS],
  [moments.hours, HOUR_MS],
  [moments.minutes, MINUTE_MS],
]);
const NUMBERS: Meanings<number> = meaningsOf(({ numbers }) =>
  numbers.map((words, index) => [words, index + 1])
);
const HALF = meaningsOf(({ half }) => [[half, true]]);
const AND = meaningsOf(({ spans }) => [[spans.and, true]]);
const FILLER = meaningsOf(({ filler }) => [[filler, true]]);

/** A number in digits, with a fraction or not. */
const DIGITS = /^\d+(?:[.,]\d+)?$/;

/**
 * How long it is in milliseconds. A number alone is one of `bareUnitMs`, if there is any such.
 * `undefined`: it is no length.
 */
export function lengthIn(text: string, bareUnitMs?: number): number | undefined {
  // A number is not what is written around it: `for one hour`.
  const isSaid = (word: string) => (!FILLER.has(word) || NUMBERS.has(word)) && !AND.has(word);
  const words = typedWordsOf(text).filter(isSaid);
  if (words.length === 0) return undefined;
  let sumMs = 0;
  let lastUnitMs = bareUnitMs;
  for (let at = 0; at < words.length;) {
    // As in `half an hour`, `meia hora`.
    const isHalf = HALF.has(words[at]!);
    const count = isHalf ? 0.5 : numberIn(words[at]!);
    if (count === undefined) return undefined;
    const isOne = isHalf && NUMBERS.get(words[at + 1] ?? "") === 1;
    const unitMs = UNITS.get(words[at + (isOne ? 2 : 1)] ?? "");
    at += unitMs === undefined ? 1 : isOne ? 3 : 2;
    // Behind the last unit there may be so many of the next: `1h30`.
    const takenMs = unitMs ?? (isHalf ? lastUnitMs : sumMs > 0 ? MINUTE_MS : bareUnitMs);
    if (takenMs === undefined || (unitMs === undefined && at < words.length)) return undefined;
    if (unitMs === undefined && sumMs > 0 && !isHalf && lastUnitMs !== HOUR_MS) return undefined;
    sumMs += count * takenMs;
    lastUnitMs = takenMs;
  }
  return sumMs;
}

function numberIn(word: string): number | undefined {
  return DIGITS.test(word) ? Number(word.replace(",", ".")) : NUMBERS.get(word);
}
