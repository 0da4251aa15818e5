/** The names of days and months: as they are said, and as people abbreviate them. */
import { fold } from "../words/fold.ts";
import { inEach, type Language, LANGUAGES, listOf } from "../words/language.ts";

/** The days of a week, in order. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** A day of the week. */
export type Weekday = typeof WEEKDAYS[number];

/** The whole name of a day of the week: `segunda-feira`, `Monday`, `lunes`. */
export function weekdayName(weekday: Weekday, language: Language): string {
  return LANGUAGES[language].weekdays[WEEKDAYS.indexOf(weekday)]!;
}

/** The first three letters of it, small: `seg`, `mon`, `lun`. */
export function weekdayShortName(weekday: Weekday, language: Language): string {
  return weekdayName(weekday, language).slice(0, 3).toLowerCase();
}

/**
 * The whole name of a month: `janeiro`, `January`, `enero`.
 * @param month from 1 to 12
 */
export function monthName(month: number, language: Language): string {
  return LANGUAGES[language].months[month - 1]!;
}

/** Usual short forms that are not the beginning of a name, or too short to be taken for one. */
const SHORT_WEEKDAYS = new Map(
  inEach(({ shortWeekdays }) =>
    shortWeekdays.flatMap((words, index) =>
      listOf(words).map((word) => [word, WEEKDAYS[index]!] as const)
    )
  ).flat(),
);

/** The day a word names in any of our languages, whole, in the plural or abbreviated. */
export function readWeekday(word: string): Weekday | undefined {
  const folded = fold(word);
  const short = SHORT_WEEKDAYS.get(folded);
  if (short) return short;
  const index = indexNamed(folded, inEach(({ weekdays }) => weekdays));
  return index === undefined ? undefined : WEEKDAYS[index];
}

/** The month, from 1 to 12, that a word names in any of our languages, whole or abbreviated. */
export function readMonth(word: string): number | undefined {
  const index = indexNamed(fold(word), inEach(({ months }) => months));
  return index === undefined ? undefined : index + 1;
}

/** The index of the one name of a language that begins with these three letters or more. */
function indexNamed(folded: string, lists: (readonly string[])[]): number | undefined {
  for (const list of lists) {
    const [index, ...others] = list.flatMap((name, index) => {
      // Of a Portuguese weekday only the first part is said in short: `segunda`.
      const [known = ""] = fold(name).split("-");
      const fits = folded === `${known}s` || (folded.length >= 3 && known.startsWith(folded));
      return fits ? [index] : [];
    });
    if (index !== undefined && others.length === 0) return index;
  }
}
