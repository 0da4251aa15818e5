/**
 * The words in which people write office hours, in all our languages at once: what a text says, word
 * by word, before it is asked whether that makes a schedule.
 */
import { readWeekday, type Weekday, WEEKDAYS } from "../time/calendar.ts";
import { fold } from "../words/fold.ts";
import { inEach, patternOfAny } from "../words/language.ts";
import type { HourWords } from "../words/vocabulary.ts";

/** A time of the day, as it was written. */
export interface WrittenTime {
  /** Minutes after midnight, up to 24:00. */
  minute: number;
  /** `plain` may be in the morning or in the evening, like `5` and `5:30`, but not `05` and `5h`. */
  clock: "plain" | "24 hours" | "am or pm";
}

/** What one word, sign or usual turn of phrase says. */
export type Meaning =
  | { says: "days"; days: readonly Weekday[] }
  /** Public holidays: no day of the week, but named along with them. */
  | { says: "holidays" }
  | { says: "time"; time: WrittenTime }
  /** Like 25:00. */
  | { says: "no time" }
  | { says: "all day" }
  | { says: "closed" }
  /** From one to another: `-`, `até`, `to`. */
  | { says: "to" }
  /** One and another: a comma, `e`, `and`. */
  | { says: "and" }
  /** What follows is from one *and* another: `entre 9 e 18`. */
  | { says: "between" }
  /** The end of a sentence. */
  | { says: "break" }
  | { says: "unknown" };

/** A meaning, with the stretch of the text that says it. */
export type Saying = Meaning & { from: number; to: number };

/** Patterns, and what a text says that fits one of them; of several that fit, the longest counts. */
type Rule = [patterns: RegExp[], meaningsOf: (match: RegExpExecArray) => Meaning[]];

const just = (...meanings: Meaning[]) => () => meanings;
const every = (...days: Weekday[]): Meaning => ({ says: "days", days });
const timeAt = (hour: number): Meaning => ({
  says: "time",
  time: { minute: hour * 60, clock: "24 hours" },
});

/** One of these, unless it is only the beginning of a word. */
const wholeWords = (pattern: string) => new RegExp(`(?:${pattern})(?!\\p{L})`, "uy");

/** What one of our languages has for this, each by itself. */
const inAny = (partOf: (hours: HourWords) => string) =>
  inEach(({ hours }) => wholeWords(partOf(hours)));

/** What our languages have for this, in one pattern, to be put together with others. */
const part = (partOf: (hours: HourWords) => string) => patternOfAny(({ hours }) => partOf(hours));

const UNIT = `(?:h|${part(({ unit }) => unit)})`;
const MORNING = part(({ morning }) => morning);
const NIGHT = part(({ night }) => night);
const DAY_PART = `(?:${MORNING}|${part(({ afternoon }) => afternoon)}|${NIGHT})`;
const IS_MORNING = RegExp(`^${MORNING}$`, "u");
const IS_NIGHT = RegExp(`^${NIGHT}$`, "u");

/** All that can be said, folded. The first rule that fits counts. */
const RULES: Rule[] = [
  [[/[;\n\r]/uy], just({ says: "break" })],
  [
    [/(?:[^\S\n\r]|[:.…·•*|()[\]"“”„'’‘«»=>¿?¡!\p{Cf}\p{M}]|(?!➡)\p{Extended_Pictographic})+/uy],
    just(),
  ],
  [[/[-‐‑‒–—―−~→➡]/uy], just({ says: "to" })],
  [[/[,/&+]/uy], just({ says: "and" })],
  [
    [wholeWords("24 ?[/x] ?7"), ...inAny(({ always }) => always)],
    just(every(...WEEKDAYS), { says: "all day" }),
  ],
  [inAny(({ allDay }) => allDay), just({ says: "all day" })],
  [inAny(({ everyDay }) => everyDay), just(every(...WEEKDAYS))],
  [inAny(({ workdays }) => workdays), just(every("mon", "tue", "wed", "thu", "fri"))],
  [inAny(({ weekend }) => weekend), just(every("sat", "sun"))],
  [
    [wholeWords(
      `${part(({ except }) => except)}(?: ${part(({ exceptFor }) => exceptFor)})* ` +
        part(({ holidays }) => holidays),
    )],
    just(),
  ],
  [inAny(({ holidays }) => holidays), just({ says: "holidays" })],
  [inAny(({ closed }) => closed), just({ says: "closed" })],
  // In Brazil the days have numbers: 2ª-feira is Monday.
  [
    [/([2-6])(?:[ªº°]|a(?![\p{L}\p{N}]))\.?(?:[ -]?feiras?)?(?!\p{L})/uy],
    ([, number]) => [every(WEEKDAYS[Number(number) - 2]!)],
  ],
  [
    [RegExp(
      "(?:(?<hour>\\d{1,2})(?:[:.](?<minutes>\\d{2})|h(?<minutesAfterH>\\d{2})(?:min)?)?" +
        "|(?<hourOfFour>\\d{2})(?<minutesOfFour>\\d{2}))(?!\\d)" +
        `(?<unit> ?${UNIT}(?!\\p{L}))?` +
        "(?:\\.? ?(?<half>[ap])\\.? ?m(?!\\p{L})" +
        `| ${part(({ inThe }) => inThe)} (?<part>${DAY_PART})(?!\\p{L}))?`,
      "uy",
    )],
    ({ groups }) => [timeIn(groups!)],
  ],
  [inAny(({ noon }) => noon), just(timeAt(12))],
  [inAny(({ midnight }) => midnight), just(timeAt(0))],
  [inAny(({ to }) => to), just({ says: "to" })],
  [inAny(({ and }) => and), just({ says: "and" })],
  [inAny(({ between }) => between), just({ says: "between" })],
  [[wholeWords(UNIT), ...inAny(({ filler }) => filler)], just()],
  [[/(\p{L}+)(?:\.?-?feiras?(?!\p{L}))?/uy], (match) => {
    const day = readWeekday(match[1]!) ?? initialOfDay(match[1]!, match.input);
    return [day ? every(day) : { says: "unknown" }];
  }],
  [[/\d+|[^]/uy], just({ says: "unknown" })],
];

/**
 * Reads a text word by word. What says nothing here, such as articles, is left out.
 * @param text in composed letters (NFC)
 */
export function sayingsOf(text: string): Saying[] {
  const folded = foldedInPlace(text);
  const sayings: Saying[] = [];
  for (let from = 0; from < folded.length;) {
    const [length, meanings] = nextOf(folded, from);
    const to = from + length;
    sayings.push(...meanings.map((meaning) => ({ ...meaning, from, to })));
    from = to;
  }
  return sayings;
}

function nextOf(folded: string, from: number): [length: number, meanings: Meaning[]] {
  for (const [patterns, meaningsOf] of RULES) {
    const matches = patterns.flatMap((pattern) => {
      pattern.lastIndex = from;
      const match = pattern.exec(folded);
      return match ? [{ match, length: match[0].length }] : [];
    });
    const [longest] = matches.toSorted((a, b) => b.length - a.length);
    if (longest) return [longest.length, meaningsOf(longest.match)];
  }
  throw new Error("The last rule fits everything");
}

/** What some initials mean depends on the language: `M` is Monday in `M-F`, martes in `L,M,X`. */
function initialOfDay(initial: string, text: string): Weekday | undefined {
  const isAmong = (initials: string) =>
    new RegExp(`(?<!\\p{L})[${initials}](?!\\p{L})`, "u").test(text);
  if (initial === "m") return isAmong("lxjv") ? "tue" : isAmong("wf") ? "mon" : undefined;
  return initial === "s" && isAmong("lxjvd") ? "sat" : undefined;
}

/** Reads what the pattern of a time found. */
function timeIn(found: Record<string, string | undefined>): Meaning {
  const digits = found.hour ?? found.hourOfFour!;
  const minutes = Number(found.minutes ?? found.minutesAfterH ?? found.minutesOfFour ?? 0);
  const isHalf = found.half !== undefined || found.part !== undefined;
  const hour = isHalf ? hourIn(found, Number(digits)) : Number(digits);
  const minute = hour * 60 + minutes;
  if (minutes >= 60 || !(minute <= 24 * 60)) return { says: "no time" };
  const isOf24 = found.hourOfFour !== undefined || found.minutesAfterH !== undefined ||
    found.unit !== undefined || !/^([1-9]|1[0-2])$/.test(digits);
  const clock = isHalf ? "am or pm" : isOf24 ? "24 hours" : "plain";
  return { says: "time", time: { minute, clock } };
}

/** The hour of the day that an hour is in a half or a part of it. Who says 18 pm means 18. */
function hourIn({ half, part = "" }: { half?: string; part?: string }, hour: number): number {
  const isAfterMidnight = IS_NIGHT.test(part) && (hour < 5 || hour === 12);
  const isMorning = half === "a" || IS_MORNING.test(part) || isAfterMidnight;
  if (hour > 12) return isMorning ? NaN : hour;
  return hour % 12 + (isMorning ? 0 : 12);
}

/** Folds letter by letter, so that each stays in its place. */
function foldedInPlace(text: string): string {
  const letters = [...text].map((letter) => {
    const folded = /[^\S\n\r]/u.test(letter) ? " " : fold(letter);
    return folded.length === letter.length ? folded : letter;
  });
  return letters.join("");
}
