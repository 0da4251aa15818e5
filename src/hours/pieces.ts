/**
 * The pieces of written office hours: days with their times. People put the days first or last, and
 * part pieces by signs, by words, or by nothing at all.
 */
import { type Weekday, WEEKDAYS } from "../time/calendar.ts";
import { excerpt } from "../words/excerpt.ts";
import { UnreadableHours } from "./problem.ts";
import { type Meaning, type Saying, sayingsOf } from "./words.ts";
import {
  checkedShifts,
  isWholeDay,
  type Shift,
  shiftBetween,
  wholeDay,
  type WrittenShift,
} from "./shift.ts";

/** What one piece says of some days: when they are open. Without shifts: that they are closed. */
export interface Piece {
  weekdays: Weekday[];
  shifts: Shift[];
  /** As it was written. */
  text: string;
}

/** A part of the text, its end excluded. */
interface TextSpan {
  from: number;
  to: number;
}

/** Days that stand together. Holidays may be among them, which are no days of the week. */
interface Days extends TextSpan {
  is: "days";
  weekdays: Weekday[];
  hasHolidays: boolean;
}

/** Times that stand together, or the word that there are none. */
interface When extends TextSpan {
  is: "open" | "closed";
  shifts: WrittenShift[];
}

type Group = Days | When;

/** Each kind of saying as one letter, so that what they say together can be found by pattern. */
const LETTERS = {
  days: "D",
  holidays: "H",
  time: "T",
  "all day": "W",
  closed: "C",
  to: ">",
  and: "&",
  between: "B",
  break: ";",
  "no time": "!",
  unknown: "?",
} as const satisfies Record<Meaning["says"], string>;

/** A range of days or times, or one saying alone. What joins nothing, such as a comma, is left out. */
const ITEM = /B>*([DT])>*&[>&]*\1|([DT])>+\2(>+\2)?|[^>&B]/g;

/** Finds the pieces of a text in composed letters (NFC). Throws `UnreadableHours`. */
export function piecesOf(text: string): Piece[] {
  const quote: QuoteSpan = ({ from, to }) => excerpt(text.slice(from, to));
  const sayings = sayingsOf(text);
  for (const saying of sayings) {
    const piece = quote(saying);
    if (saying.says === "unknown") throw new UnreadableHours({ because: "unknown word", piece });
    if (saying.says === "no time") throw new UnreadableHours({ because: "no such time", piece });
  }
  const sentences = sentencesOf(sayings, quote);
  const [only, ...others] = sentences.flat();
  if (!only) throw new UnreadableHours({ because: "empty" });
  if (others.length === 0 && only.is === "closed") throw new UnreadableHours({ because: "never" });
  if (others.length === 0 && only.is === "open" && only.shifts.every(isWholeDay)) {
    return [{ weekdays: [...WEEKDAYS], shifts: checkedShifts(only.shifts), text: quote(only) }];
  }
  return paired(sentences, quote);
}

/** Shows a stretch as it was written. */
type QuoteSpan = (stretch: TextSpan) => string;

/** Joins what is said in each sentence: days to ranges and lists, times to shifts. */
function sentencesOf(sayings: Saying[], quote: QuoteSpan): Group[][] {
  const sentences: Group[][] = [[]];
  const codes = sayings.map(({ says }) => LETTERS[says]).join("");
  for (const { 0: item, 3: more, index } of codes.matchAll(ITEM)) {
    const first = sayings[index + item.search(/[^B>]/)]!;
    const last = sayings[index + item.length - 1]!;
    const piece = quote({ from: first.from, to: last.to });
    if (more) throw new UnreadableHours({ because: "range", piece });
    if (first.says === "break") {
      sentences.push([]);
      continue;
    }
    const sentence = sentences.at(-1)!;
    const group = groupOf(first, last, quote);
    if (!isJoined(sentence.at(-1), group)) sentence.push(group);
  }
  return sentences;
}

/** What one item says, from its first saying to its last, which may be the same. */
function groupOf(first: Saying, last: Saying, quote: QuoteSpan): Group {
  const stretch = { from: first.from, to: last.to };
  const piece = quote(stretch);
  if (first.says === "days" && last.says === "days") {
    const weekdays = first === last
      ? [...first.days]
      : weekdaysBetween(first.days, last.days, piece);
    return { is: "days", weekdays, hasHolidays: false, ...stretch };
  }
  if (first.says === "time" && last.says === "time") {
    if (first !== last) {
      const shifts = [shiftBetween(first.time, last.time, piece)];
      return { is: "open", shifts, ...stretch };
    }
    if (!/^24 ?h/i.test(piece)) throw new UnreadableHours({ because: "half", piece });
    return { is: "open", shifts: [wholeDay(piece)], ...stretch };
  }
  switch (first.says) {
    case "holidays":
      return { is: "days", weekdays: [], hasHolidays: true, ...stretch };
    case "all day":
      return { is: "open", shifts: [wholeDay(piece)], ...stretch };
    case "closed":
      return { is: "closed", shifts: [], ...stretch };
    default:
      throw new Error(`${first.says} is no item`);
  }
}

/** Adds a group to the one before, if they are of one kind. */
function isJoined(before: Group | undefined, group: Group): boolean {
  if (before?.is === "days" && group.is === "days") {
    before.weekdays.push(...group.weekdays);
    before.hasHolidays ||= group.hasHolidays;
  } else if (before?.is === "open" && group.is === "open") before.shifts.push(...group.shifts);
  else if (before?.is !== "closed" || group.is !== "closed") return false;
  before.to = group.to;
  return true;
}

/** The days from one to another, over the end of the week if need be. */
function weekdaysBetween(
  first: readonly Weekday[],
  last: readonly Weekday[],
  piece: string,
): Weekday[] {
  // From a weekend to a day goes nothing.
  if (first.length > 1 || last.length > 1) throw new UnreadableHours({ because: "range", piece });
  const from = WEEKDAYS.indexOf(first[0]!);
  const count = (WEEKDAYS.indexOf(last[0]!) - from + 7) % 7 + 1;
  return Array.from({ length: count }, (_, index) => WEEKDAYS[(from + index) % 7]!);
}

/**
 * Gives days their times. In a sentence that begins with times, these are of the days behind them,
 * and so is a word like "closed" that has no days before it. Days without times wait for the next
 * sentence; times without days are more of those before.
 */
function paired(sentences: Group[][], quote: QuoteSpan): Piece[] {
  const pieces: Piece[] = [];
  let days: Days | undefined;
  let when: When | undefined;
  for (const groups of sentences) {
    const isWhenFirst = groups[0]?.is !== "days" && groups.length % 2 === 0;
    for (const [index, group] of groups.entries()) {
      const isBeforeDays = groups[index + 1]?.is === "days";
      if (group.is === "days") {
        if (days) throw new UnreadableHours({ because: "no times", piece: quote(days) });
        if (when) pieces.push(pieceOf(group, when, quote));
        else days = group;
        when = undefined;
      } else if (days) {
        pieces.push(pieceOf(days, group, quote));
        days = undefined;
      } else if (isBeforeDays && (isWhenFirst || group.is === "closed")) {
        when = group;
      } else if (pieces.length > 0 && group.is === "open") {
        const { weekdays } = pieces.at(-1)!;
        pieces.push({ weekdays, shifts: checkedShifts(group.shifts), text: quote(group) });
      } else throw new UnreadableHours({ because: "no days", piece: quote(group) });
    }
  }
  if (days) throw new UnreadableHours({ because: "no times", piece: quote(days) });
  return pieces;
}

function pieceOf(days: Days, when: When, quote: QuoteSpan): Piece {
  const stretch = { from: Math.min(days.from, when.from), to: Math.max(days.to, when.to) };
  const text = quote(stretch);
  if (days.hasHolidays && when.is === "open") {
    throw new UnreadableHours({ because: "holidays", piece: text });
  }
  return { weekdays: [...new Set(days.weekdays)], shifts: checkedShifts(when.shifts), text };
}
