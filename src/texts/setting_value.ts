/** The values of settings, as people are shown them in their language. */
import type { Language } from "../words/language.ts";
import { excerpt } from "../words/excerpt.ts";
import { readHolidays, writeHolidays } from "../hours/holidays.ts";
import { readHours, writeHours } from "../hours/hours.ts";
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
  if (name === "keep") {
    const count = keepDays(settings);
    return count === null ? off : days(count);
  }
  if (name === "language") return settings.language ?? locale;
  const kept = settings[name];
  if (kept === undefined) return "—";
  return excerpt(name === "hours" ? hoursIn(kept, language) : holidaysIn(kept, language), LONGEST);
}

function hoursIn(kept: string, language: Language): string {
  const hours = readHours(kept);
  return "problem" in hours ? kept : writeHours(hours, language);
}

function holidaysIn(kept: string, language: Language): string {
  const holidays = readHolidays(kept);
  return "problem" in holidays ? kept : writeHolidays(holidays, language);
}
