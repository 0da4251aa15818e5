/** The names of days and months: as they are said, and as people abbreviate them. */
import type { Language } from "../words/language.ts";
import { fold } from "../words/fold.ts";

/** The days of a week, in order. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** A day of the week. */
export type Weekday = typeof WEEKDAYS[number];

/** From Monday on. */
const WEEKDAY_NAMES: Record<Language, readonly string[]> = {
  "pt-BR": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo"
    .split(" "),
  en: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" "),
  es: "lunes martes miércoles jueves viernes sábado domingo".split(" "),
};

/** From January on. */
const MONTH_NAMES: Record<Language, readonly string[]> = {
  "pt-BR": ("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro " +
    "dezembro").split(" "),
  en: ("January February March April May June July August September October November " +
    "December").split(" "),
  es: ("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre " +
    "diciembre").split(" "),
};

/** The whole name of a day of the week: `segunda-feira`, `Monday`, `lunes`. */
export function weekdayName(weekday: Weekday, language: Language): string {
  return WEEKDAY_NAMES[language][WEEKDAYS.indexOf(weekday)]!;
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
  return MONTH_NAMES[language][month - 1]!;
}

/** Usual short forms that are not the beginning of a name, or too short to be taken for one. */
const SHORT_WEEKDAYS: Record<string, Weekday> = {
  ...{ mo: "mon", tu: "tue", we: "wed", weds: "wed", th: "thu", fr: "fri", sa: "sat", su: "sun" },
  ...{ lu: "mon", ma: "tue", mi: "wed", ju: "thu", vi: "fri" },
  ...{ l: "mon", x: "wed", j: "thu", v: "fri", d: "sun", w: "wed", f: "fri" },
};

/** The day a word names in any of our languages, whole, in the plural or abbreviated. */
export function readWeekday(word: string): Weekday | undefined {
  const folded = fold(word);
  if (Object.hasOwn(SHORT_WEEKDAYS, folded)) return SHORT_WEEKDAYS[folded];
  const index = indexNamed(folded, WEEKDAY_NAMES);
  return index === undefined ? undefined : WEEKDAYS[index];
}

/** The month, from 1 to 12, that a word names in any of our languages, whole or abbreviated. */
export function readMonth(word: string): number | undefined {
  const index = indexNamed(fold(word), MONTH_NAMES);
  return index === undefined ? undefined : index + 1;
}

/** The index of the name that begins with this. Three letters tell all of them apart. */
function indexNamed(
  folded: string,
  names: Record<Language, readonly string[]>,
): number | undefined {
  for (const list of Object.values(names)) {
    const index = list.findIndex((name) => {
      // Of a Portuguese weekday only the first part is said in short: `segunda`.
      const [known = ""] = fold(name).split("-");
      return folded === `${known}s` || (folded.length >= 3 && known.startsWith(folded));
    });
    if (index >= 0) return index;
  }
}
