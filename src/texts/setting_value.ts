/** The values of settings, as people are shown them in their language. */
import type { Language } from "../words/language.ts";
import { excerpt } from "../words/excerpt.ts";
import { HOUR_MS, MINUTE_MS, sayDuration } from "../time/duration.ts";
import { writeHolidays } from "../hours/holidays.ts";
import { writeHours } from "../hours/hours.ts";
import {
  isOn,
  isOwnText,
  isSwitch,
  keepDays,
  type OwnText,
  type SettingName,
  type Settings,
} from "../settings/settings.ts";

/** Hours and dates are shown up to this length: all settings fit into one message. */
const LONGEST = 500;

/** What is decided, and what holds where nothing is. */
export interface Decisions {
  settings: Settings;
  own: ReadonlyMap<OwnText, string>;
  /** The language of a desk that has decided none. */
  locale: Language;
}

/** The words for values in one language. */
export interface ValueWords {
  language: Language;
  /** Of a text that is the program's own. */
  standard: string;
  on: string;
  off: string;
  days(count: number): string;
}

/** The value of a setting. */
export function settingValue(
  name: SettingName,
  { settings, own, locale }: Decisions,
  { language, standard, on, off, days }: ValueWords,
): string {
  if (isOwnText(name)) {
    const words = own.get(name);
    return words === undefined ? standard : `“${excerpt(words)}”`;
  }
  if (isSwitch(name)) return isOn(settings, name) ? on : off;
  if (name === "alarm") {
    const { alarm = "off" } = settings;
    return alarm === "off" ? off : sayDuration(alarm.minutes * MINUTE_MS);
  }
  if (name === "autoclose") {
    const { autoclose = "off" } = settings;
    return autoclose === "off" ? off : sayDuration(autoclose.hours * HOUR_MS);
  }
  if (name === "keep") {
    const count = keepDays(settings);
    return count === null ? off : days(count);
  }
  if (name === "language") return settings.language ?? locale;
  if (name === "pix") {
    const { pix } = settings;
    return pix ? `${pix.key}; ${pix.name}; ${pix.city}` : "—";
  }
  if (name === "menu") {
    const { menu = [] } = settings;
    return menu.map(({ label }) => label).join("; ") || "—";
  }
  const written = name === "hours"
    ? settings.hours && writeHours(settings.hours, language)
    : settings.holidays && writeHolidays(settings.holidays, language);
  return written === undefined ? "—" : excerpt(written, LONGEST);
}

/** A choice of words, as in `a, b or c`. */
export function anyOf(words: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: "disjunction" }).format(words);
}
