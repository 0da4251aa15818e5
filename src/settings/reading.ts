/** Understanding what administrators write behind `/set`. */
import { fold } from "../words/fold.ts";
import { type Formatted, MAX_TEXT, trimmed } from "../words/formatted.ts";
import { LANGUAGE_TAGS, LANGUAGES, listOf, wordsInAny } from "../words/language.ts";
import { type HolidaysProblem, readHolidays } from "../hours/holidays.ts";
import { readHours } from "../hours/hours.ts";
import type { HoursProblem } from "../hours/problem.ts";
import { isOwnText, OwnText, SettingName, Settings } from "./settings.ts";

/** What is wrong with a value. */
export type SettingProblem =
  | { because: "empty" }
  /** It is neither on nor off. */
  | { because: "not a switch" }
  | { because: "unknown language" }
  /** It is no number of days, or not one of those that are possible; nor is it off. */
  | { because: "days"; least: number; most: number }
  | { because: "long text"; length: number }
  | { because: "hours"; problem: HoursProblem }
  | { because: "holidays"; problem: HolidaysProblem };

/** A value that was understood: of the settings, or words of the desk's own. */
export type Decided =
  | { kind: "setting"; settings: Partial<Settings> }
  | { kind: "own text"; name: OwnText; words: Formatted };

/** Understands a value for a setting, or says what is wrong with it. */
export function readSetting(
  name: SettingName,
  words: Formatted,
): Decided | { kind: "problem"; problem: SettingProblem } {
  const problem = (problem: SettingProblem) => ({ kind: "problem", problem }) as const;
  const value = trimmed(words);
  if (value.text === "") return problem({ because: "empty" });
  if (isOwnText(name)) {
    const { length } = value.text;
    return length > MAX_TEXT
      ? problem({ because: "long text", length })
      : { kind: "own text", name, words: value };
  }
  switch (name) {
    case "language": {
      const language = LANGUAGES_BY_NAME.get(fold(value.text));
      return language
        ? { kind: "setting", settings: { language } }
        : problem({ because: "unknown language" });
    }
    case "hours": {
      const hours = readHours(value.text);
      if ("problem" in hours) return problem({ because: "hours", problem: hours.problem });
      return { kind: "setting", settings: { hours } };
    }
    case "holidays": {
      const holidays = readHolidays(value.text);
      if ("problem" in holidays) {
        return problem({ because: "holidays", problem: holidays.problem });
      }
      return { kind: "setting", settings: { holidays } };
    }
    case "keep": {
      const keep = readDays(value.text);
      return keep === undefined
        ? problem({ because: "days", least: KEEP_LEAST, most: KEEP_MOST })
        : { kind: "setting", settings: { keep } };
    }
    default: {
      const isWanted = readSwitch(value.text);
      if (isWanted === undefined) return problem({ because: "not a switch" });
      return { kind: "setting", settings: { [name]: isWanted } };
    }
  }
}

/** Whether words mean on or off; `undefined`: neither. */
export function readSwitch(words: string): boolean | undefined {
  const word = fold(words.trim());
  if (ON.has(word)) return true;
  return OFF.has(word) ? false : undefined;
}

/** `180`, `180 days`, `180d`, or off; 0 is none of these, it might mean either. */
function readDays(words: string): number | "off" | undefined {
  const [, digits, unit = ""] = /^(\d{1,5}) ?(\p{L}[\p{L}\p{M}]*)?$/u.exec(words) ?? [];
  if (digits === undefined || !DAYS.has(fold(unit))) {
    return readSwitch(words) === false ? "off" : undefined;
  }
  const days = Number(digits);
  return days >= KEEP_LEAST && days <= KEEP_MOST ? days : undefined;
}

const ON = new Set(["1", ...wordsInAny(({ on }) => on)]);
const OFF = new Set(["0", ...wordsInAny(({ off }) => off)]);
const DAYS = new Set(["", "d", ...wordsInAny(({ days }) => days)]);

const LANGUAGES_BY_NAME = new Map(
  LANGUAGE_TAGS.flatMap((language) =>
    listOf(LANGUAGES[language].names).map((name) => [name, language] as const)
  ),
);

/** How few, and how many, it can be. */
const KEEP_LEAST = 30;

const KEEP_MOST = 3650;
