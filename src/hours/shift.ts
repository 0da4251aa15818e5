/** A shift: from one hour of a day to another, with what people mean by how they write the two. */
import { UnreadableHours } from "./problem.ts";
import type { WrittenTime } from "./words.ts";

/**
 * In minutes after midnight of the day it belongs to, the end excluded. What ends after 1440 goes on
 * into the next day.
 */
export interface Shift {
  fromMinute: number;
  toMinute: number;
}

/** A shift as it was written; a plain one may be meant for the other half of the day. */
export interface WrittenShift extends Shift {
  isPlain: boolean;
  text: string;
}

const DAY_MINUTES = 24 * 60;
const HALF_DAY_MINUTES = 12 * 60;
/** Who opens earlier than this writes a zero: 1-5 may as well be in the afternoon. */
const EARLY_MINUTE = 6 * 60;

/** From midnight to midnight. */
export function wholeDay(text: string): WrittenShift {
  return { fromMinute: 0, toMinute: DAY_MINUTES, isPlain: false, text };
}

/**
 * The shift between two written times; it goes over midnight if the second is the earlier one. Of
 * 9-6pm and 9am-6 each half says what the other leaves out; 9-5 is not guessed. Throws
 * `UnreadableHours`.
 */
export function shiftBetween(first: WrittenTime, last: WrittenTime, text: string): WrittenShift {
  let { minute: fromMinute } = first;
  let { minute: toMinute } = last;
  const isUnclear = () => new UnreadableHours({ because: "am or pm", piece: text });
  if (fromMinute === DAY_MINUTES) {
    throw new UnreadableHours({ because: "no such time", piece: text });
  }
  if (first.clock === "am or pm" && last.clock === "plain") {
    const morningMinute = toMinute % HALF_DAY_MINUTES;
    const halves = [toMinute, morningMinute, morningMinute + HALF_DAY_MINUTES];
    toMinute = halves.find((minute) => minute > fromMinute) ?? morningMinute;
  } else if (first.clock === "plain" && last.clock === "am or pm") {
    const eveningMinute = fromMinute % HALF_DAY_MINUTES + HALF_DAY_MINUTES;
    if (eveningMinute < toMinute) fromMinute = eveningMinute;
    else if (toMinute <= fromMinute) throw isUnclear();
  } else if (last.clock === "plain") {
    const isOtherHalfLater = toMinute <= fromMinute && toMinute + HALF_DAY_MINUTES > fromMinute;
    const isEarly = first.clock === "plain" && fromMinute < EARLY_MINUTE;
    if (isOtherHalfLater || isEarly) throw isUnclear();
  }
  if (toMinute === fromMinute) throw new UnreadableHours({ because: "no length", piece: text });
  if (toMinute < fromMinute) toMinute += DAY_MINUTES;
  const isPlain = first.clock === "plain" && last.clock === "plain";
  return { fromMinute, toMinute, isPlain, text };
}

/** Whether it goes from midnight to midnight. */
export function isWholeDay({ fromMinute, toMinute }: Shift): boolean {
  return fromMinute === 0 && toMinute === DAY_MINUTES;
}

/**
 * The shifts that were written for one day, in order. Throws `UnreadableHours` if they overlap, or if
 * plain ones go back in time, like 9-12, 7-9.
 */
export function checkedShifts(written: readonly WrittenShift[]): Shift[] {
  for (const [index, shift] of written.entries()) {
    const before = written[index - 1];
    if (before?.isPlain && shift.isPlain && shift.fromMinute < before.toMinute) {
      throw new UnreadableHours({ because: "am or pm", piece: shift.text });
    }
    const other = written.slice(0, index).find((each) => overlap(each, shift));
    if (other) {
      throw new UnreadableHours({ because: "overlap", piece: `${other.text}, ${shift.text}` });
    }
  }
  return shiftsInOrder(written);
}

/** Puts shifts that do not overlap in order, and makes one of those that meet. */
export function shiftsInOrder(shifts: readonly Shift[]): Shift[] {
  const ordered: Shift[] = [];
  for (const { fromMinute, toMinute } of shifts.toSorted((a, b) => a.fromMinute - b.fromMinute)) {
    const last = ordered.at(-1);
    // One as long as a day can only be written from midnight to midnight.
    const isWritable = last &&
      (toMinute <= DAY_MINUTES || toMinute - last.fromMinute < DAY_MINUTES);
    if (last?.toMinute === fromMinute && isWritable) last.toMinute = toMinute;
    else ordered.push({ fromMinute, toMinute });
  }
  return ordered;
}

/** Whether two shifts of one day have a minute in common. */
export function overlap(one: Shift, other: Shift): boolean {
  return one.fromMinute < other.toMinute && other.fromMinute < one.toMinute;
}

/** Writes a shift in the hours that clocks show: `09:00-18:00`. */
export function writeShift({ fromMinute, toMinute }: Shift): string {
  const isOvernight = toMinute > DAY_MINUTES;
  const end = writeTime(isOvernight ? toMinute - DAY_MINUTES : toMinute);
  // 11:00-10:30 could end in the evening; 11:00-10:30h can not.
  return `${writeTime(fromMinute)}-${end}${isOvernight && !end.startsWith("0") ? "h" : ""}`;
}

/** Writes a time of the day: `09:00`. Its end is `24:00`. */
function writeTime(minute: number): string {
  const digits = (number: number) => String(number).padStart(2, "0");
  return `${digits(Math.floor(minute / 60))}:${digits(minute % 60)}`;
}
