/**
 * When something is to be done, as people write it before what is to be done: `2h`, `18:30`,
 * `amanhã 9h`, `fri`, `24/12`. What is written says one of few things, whatever the clock shows;
 * which moment that is depends on the clock, and is asked for by itself.
 */
import { dateAt, type Day } from "../hours/dates.ts";
import { readWeekday, type Weekday } from "../time/calendar.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../time/duration.ts";
import { dayNumberOf, localMsAt, momentAt, weekdayOf } from "../time/local_time.ts";
import { fold } from "../words/fold.ts";
import { patternOfAny, wordsInAny } from "../words/language.ts";
import { inUsualSigns } from "../words/typed.ts";
import type { MomentWords } from "../words/vocabulary.ts";

/** What is written. Minutes are those after midnight. */
export type When =
  /** After so long. */
  | { says: "length"; ms: number }
  /** So many days from now, at the same time of the day. */
  | { says: "days"; days: number }
  /** The next time it is that late. */
  | { says: "time"; minute: number }
  /** Today, or so many days from today. */
  | { says: "day"; daysAhead: number; minute: number }
  | { says: "weekday"; weekday: Weekday; minute: number }
  /** `weekday`: what day of the week it is said to be. */
  | { says: "date"; date: Day; weekday?: Weekday; minute: number };

/** What stands at the beginning of a text, and where what follows it begins. */
export interface WrittenWhen {
  when: When;
  /** The end of what says when, and where the words behind it begin, in UTF-16 units. */
  to: number;
  rest: number;
}

/** Why there is no such moment, or not one that will do. */
export type WhenProblem = "past" | "soon" | "far" | "no such day";

/** Who names a day alone means this time of it. */
const MORNING_MINUTE = 9 * 60;
/** An hour up to this is a length of time where nothing says otherwise: in 2 h, at 14 h. */
const LAST_HOUR_AS_LENGTH = 12;

/** Words of any of our languages as alternatives, the longest first. */
const anyOf = (partOf: (words: MomentWords) => string) => {
  const words = wordsInAny(({ moments }) => partOf(moments)).map((word) => word.replace(/-/g, " "));
  return `(?:${[...new Set(words)].toSorted((a, b) => b.length - a.length).join("|")})`;
};
const lead = (partOf: (words: MomentWords) => string) =>
  `(?:${patternOfAny(({ moments }) => partOf(moments))} )`;
const unitOf = (partOf: (spans: { days: string; weeks: string }) => string) =>
  `(?:${
    wordsInAny(({ spans }) => partOf(spans)).toSorted((a, b) => b.length - a.length).join("|")
  })`;

const MINUTES = anyOf(({ minutes }) => minutes);
const HOURS = anyOf(({ hours }) => hours);
const DAYS = unitOf(({ days }) => days);
const WEEKS = unitOf(({ weeks }) => weeks);
const AT = lead((words) => words.at);
const ON = lead((words) => words.on);
const OF_WEEKDAY = patternOfAny(({ moments }) => moments.ofWeekday);

/** A word, with what may stand behind it, ends here. */
const END = "(?=[,;:.!]*(?: |$))";
const sticky = (pattern: string) => RegExp(pattern + END, "uy");

const LENGTH = sticky(
  `(?<lead>${lead((words) => words.in)})?(?<count>\\d{1,4}) ?` +
    `(?:(?<minutes>${MINUTES})|(?<hours>${HOURS})|(?<days>${DAYS})|(?<weeks>${WEEKS}))`,
);
/** `18:30`, `18h30`, `9 horas`, `6pm`. */
const TIME = `(?<hour>\\d{1,2})(?:` +
  `:(?<minute>\\d{2})(?: ?${HOURS})?|h(?<minuteAfterH>\\d{2})(?:min|m)?|(?<unit> ?${HOURS})|` +
  `(?=(?: ?[ap]\\.?m)))(?: ?(?<half>[ap])\\.?m\\.?)?`;
const TIME_ALONE = sticky(`${AT}?${TIME}`);
/** Behind a word such as *at* a number is an hour. */
const HOUR_AT = sticky(`${AT}(?<hour>\\d{1,2})`);
const NAMED_DAY = sticky(
  `(?:(?<today>${anyOf(({ today }) => today)})|(?<tomorrow>${anyOf(({ tomorrow }) => tomorrow)})|` +
    `(?<dayAfter>${anyOf(({ dayAfterTomorrow }) => dayAfterTomorrow)}))`,
);
/** Shorter than three letters a word may be anything. */
const WEEKDAY = sticky(`${ON}?(?<name>\\p{L}{3,})(?:[- ]${OF_WEEKDAY}s?)?`);
const BEFORE_DATE = RegExp(`${ON}`, "uy");
const AT_END = RegExp(END, "uy");
const BETWEEN = /[,;:.]* /uy;

/** A text in folded words with one space between, and where each of their letters stands in it. */
interface Folded {
  text: string;
  /** The end in the text of the word in which a letter is. */
  endOfWordAt: (index: number) => number;
}

/** Something that was found, and where it ends. */
type Found<T> = T & { to: number };

/** What a text begins with that says when; `null`: nothing that is understood. */
export function whenIn(text: string): WrittenWhen | null {
  const folded = foldedWords(text);
  const found = lengthAt(folded.text) ?? timeAloneAt(folded.text) ?? dayAt(folded.text);
  if (!found) return null;
  const { to: end, ...when } = found;
  const endOfWord = folded.endOfWordAt(end - 1);
  const [signs = ""] = /[,;:.!]*$/u.exec(text.slice(0, endOfWord)) ?? [];
  const [gap = ""] = /^\s*/u.exec(text.slice(endOfWord)) ?? [];
  return { when: when as When, to: endOfWord - signs.length, rest: endOfWord + gap.length };
}

/** The moment that is meant now; a problem instead: it is none that will do. */
export function momentOfWhen(when: When, nowMs: number, timeZone: string): number | WhenProblem {
  const momentMs = meantBy(when, nowMs, timeZone);
  if (typeof momentMs === "string") return momentMs;
  if (momentMs <= nowMs) return "past";
  if (momentMs - nowMs < MINUTE_MS) return "soon";
  return momentMs > aYearFrom(nowMs, timeZone) ? "far" : momentMs;
}

function meantBy(when: When, nowMs: number, timeZone: string): number | WhenProblem {
  const localMs = localMsAt(nowMs, timeZone);
  const today = dayNumberOf(localMs);
  const at = (day: number, minute: number) => momentAt(day * DAY_MS + minute * MINUTE_MS, timeZone);
  switch (when.says) {
    case "length":
      return nowMs + when.ms;
    case "days":
      return momentAt(localMs + when.days * DAY_MS, timeZone);
    case "time":
      return nextOf([today, today + 1, today + 2], (day) => at(day, when.minute), nowMs);
    case "day":
      return at(today + when.daysAhead, when.minute);
    case "weekday": {
      const days = Array.from({ length: 15 }, (_, ahead) => today + ahead)
        .filter((day) => weekdayOf(day * DAY_MS) === when.weekday);
      return nextOf(days, (day) => at(day, when.minute), nowMs);
    }
    case "date":
      return dateMeantBy(when, nowMs, timeZone);
  }
}

/** The first of these days whose moment is ahead. */
function nextOf(days: number[], momentOn: (day: number) => number, nowMs: number): number {
  return days.map(momentOn).find((momentMs) => momentMs > nowMs)!;
}

/** A date of every year is the next one; there may be none for years, as of 29 February. */
function dateMeantBy(
  { date: { year, month, day }, weekday, minute }: Extract<When, { says: "date" }>,
  nowMs: number,
  timeZone: string,
): number | WhenProblem {
  const thisYear = new Date(localMsAt(nowMs, timeZone)).getUTCFullYear();
  const years = year === undefined
    ? Array.from({ length: 9 }, (_, index) => thisYear + index)
    : [year];
  const days = years.flatMap((each) => {
    const localMs = Date.UTC(each, month - 1, day);
    return new Date(localMs).getUTCMonth() === month - 1 && day > 0 ? [localMs] : [];
  });
  const moments = days.map((localMs) => momentAt(localMs + minute * MINUTE_MS, timeZone));
  const index = year === undefined ? moments.findIndex((momentMs) => momentMs > nowMs) : 0;
  const dayMs = days[index];
  if (dayMs === undefined || (weekday && weekdayOf(dayMs) !== weekday)) return "no such day";
  return moments[index]!;
}

/** The same day and time a year from now. */
function aYearFrom(nowMs: number, timeZone: string): number {
  const local = new Date(localMsAt(nowMs, timeZone));
  local.setUTCFullYear(local.getUTCFullYear() + 1);
  return momentAt(local.getTime(), timeZone);
}

/** A length of time; hours alone are one only where they can be no time of the day. */
function lengthAt(text: string): Found<When> | null {
  const found = execAt(LENGTH, text, 0);
  if (!found) return null;
  const { lead, count = "", hours, days, weeks } = found.groups!;
  const number = Number(count);
  const to = LENGTH.lastIndex;
  if (weeks !== undefined) return { says: "days", days: number * 7, to };
  if (days !== undefined) return { says: "days", days: number, to };
  if (hours === undefined) return { says: "length", ms: number * MINUTE_MS, to };
  const isHourOfDay = count.startsWith("0") || (number > LAST_HOUR_AS_LENGTH && number < 24);
  return lead === undefined && isHourOfDay ? null : { says: "length", ms: number * HOUR_MS, to };
}

function timeAloneAt(text: string): Found<When> | null {
  const time = timeAt(text, 0);
  return time && { says: "time", ...time };
}

/** A time of the day, or an hour behind a word such as *at*. */
function timeAt(text: string, from: number): Found<{ minute: number }> | null {
  for (const pattern of [TIME_ALONE, HOUR_AT]) {
    const found = execAt(pattern, text, from);
    const minute = found && minuteOf(found.groups!);
    if (minute !== null && minute !== undefined) return { minute, to: pattern.lastIndex };
  }
  return null;
}

/** `null`: no clock shows that. */
function minuteOf(
  { hour, minute, minuteAfterH, half }: { [group: string]: string | undefined },
): number | null {
  const written = Number(hour);
  const minutes = Number(minute ?? minuteAfterH ?? 0);
  if (half !== undefined && (written < 1 || written > 12)) return null;
  const hours = half === undefined ? written : written % 12 + (half === "p" ? 12 : 0);
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}

/** A day, with a time if one follows. */
function dayAt(text: string): Found<When> | null {
  const day = namedDayAt(text) ?? dateFoundAt(text, 0) ?? weekdayAt(text);
  if (!day) return null;
  BETWEEN.lastIndex = day.to;
  const time = BETWEEN.exec(text) ? timeAt(text, BETWEEN.lastIndex) : null;
  return { ...day, minute: MORNING_MINUTE, ...time } as Found<When>;
}

type FoundDay = Found<
  | { says: "day"; daysAhead: number }
  | { says: "weekday"; weekday: Weekday }
  | { says: "date"; date: Day; weekday?: Weekday }
>;

function namedDayAt(text: string): FoundDay | null {
  const found = execAt(NAMED_DAY, text, 0);
  if (!found) return null;
  const { today, tomorrow } = found.groups!;
  const daysAhead = today !== undefined ? 0 : tomorrow !== undefined ? 1 : 2;
  return { says: "day", daysAhead, to: NAMED_DAY.lastIndex };
}

/** A day of the week; before a date it only says what day that is. */
function weekdayAt(text: string): FoundDay | null {
  const found = execAt(WEEKDAY, text, 0);
  const weekday = found && readWeekday(found.groups!.name!);
  if (!weekday) return null;
  const { lastIndex: to } = WEEKDAY;
  BETWEEN.lastIndex = to;
  const dated = BETWEEN.exec(text) ? dateFoundAt(text, BETWEEN.lastIndex) : null;
  return dated ? { ...dated, weekday } : { says: "weekday", weekday, to };
}

function dateFoundAt(text: string, from: number): Found<{ says: "date"; date: Day }> | null {
  const before = execAt(BEFORE_DATE, text, from);
  const found = dateAt(text, from + (before?.[0].length ?? 0));
  if (!found || !execAt(AT_END, text, found.to)) return null;
  return { says: "date", date: found.date, to: found.to };
}

function execAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Folds a text word by word: letters may have as many signs as they like in it. */
function foldedWords(text: string): Folded {
  let joined = "";
  const ends: { before: number; to: number }[] = [];
  for (const { 0: word, index } of text.matchAll(/\S+/gu)) {
    joined += (joined === "" ? "" : " ") + fold(inUsualSigns(word));
    ends.push({ before: joined.length, to: index + word.length });
  }
  return {
    // A date and its time may be joined as computers do.
    text: joined.replace(/(?<=\d{4}-\d\d-\d\d)t(?=\d)/u, " "),
    endOfWordAt: (at) => ends.find(({ before }) => at < before)!.to,
  };
}

/** How something is put off by a button: what is written on it, in effect. */
export const QUICK_WHENS = {
  "1h": { says: "length", ms: HOUR_MS },
  "3h": { says: "length", ms: 3 * HOUR_MS },
  tomorrow: { says: "day", daysAhead: 1, minute: MORNING_MINUTE },
  monday: { says: "weekday", weekday: "mon", minute: MORNING_MINUTE },
} as const satisfies Record<string, When>;

/** One of them. */
export type QuickWhen = keyof typeof QUICK_WHENS;

/** What wakes a conversation instead of putting it off. */
export function isDash(text: string): boolean {
  return /^[-‐‑‒–—−]$/u.test(inUsualSigns(text).trim());
}
