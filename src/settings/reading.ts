/** Understanding what administrators write behind `/set`. */
import { HOUR_MS, MINUTE_MS } from "../time/duration.ts";
import { lengthIn } from "../time/length.ts";
import { type PixReceiverProblem, readPixReceiver } from "../pix/receiver.ts";
import { daysIn } from "../time/span.ts";
import { type Formatted, MAX_TEXT, trimmed } from "../words/formatted.ts";
import { type Language, spokenLanguage } from "../words/language.ts";
import { selfOrNobodyIn } from "../words/people.ts";
import {
  inUsualSigns,
  meaningIn,
  type Meanings,
  meaningsOf,
  typedWordsOf,
} from "../words/typed.ts";
import { type HolidaysProblem, readHolidays } from "../hours/holidays.ts";
import { readHours } from "../hours/hours.ts";
import type { HoursProblem } from "../hours/problem.ts";
import { type MenuProblem, readMenu, type WrittenEntry } from "./menu.ts";
import { isOwnText, OwnText, SettingName, Settings } from "./settings.ts";

/** What is wrong with a value. */
export type SettingProblem =
  | { because: "empty" }
  /** It is neither on nor off. */
  | { because: "not a switch" }
  | { because: "unknown language" }
  /** It is no number of days, or not one of those that are possible; nor is it off. */
  | { because: "days"; least: number; most: number }
  /** It is no number of minutes, or no length of hours or days, that is possible; nor is it off. */
  | { because: "minutes"; least: number; most: number }
  | { because: "silence"; leastHours: number; mostDays: number }
  | { because: "long text"; length: number }
  /** Customers would read a word that is meant to switch something. */
  | { because: "no text"; word: string }
  | { because: "hours"; problem: HoursProblem }
  | { because: "holidays"; problem: HolidaysProblem }
  | { because: "pix"; problem: PixReceiverProblem }
  | { because: "menu"; problem: MenuProblem };

/** A value that was understood: of the settings, or words of the desk's own. */
export type Decided =
  | { kind: "setting"; settings: Partial<Settings> }
  | { kind: "own text"; name: OwnText; words: Formatted }
  /** What a menu is to lead to: whether there is such a thing has to be looked up. */
  | { kind: "menu"; entries: WrittenEntry[] };

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
    if (length > MAX_TEXT) return problem({ because: "long text", length });
    if (isSwitchWord(value.text)) return problem({ because: "no text", word: value.text });
    return { kind: "own text", name, words: value };
  }
  switch (name) {
    case "language": {
      const language = readLanguage(value.text);
      return language
        ? { kind: "setting", settings: { language } }
        : problem({ because: "unknown language" });
    }
    case "hours": {
      if (isNone(value.text)) return problem({ because: "hours", problem: { because: "never" } });
      const hours = readHours(value.text);
      if ("problem" in hours) return problem({ because: "hours", problem: hours.problem });
      return { kind: "setting", settings: { hours } };
    }
    case "holidays": {
      if (isNone(value.text)) {
        return problem({ because: "holidays", problem: { because: "empty" } });
      }
      const holidays = readHolidays(value.text);
      if ("problem" in holidays) {
        return problem({ because: "holidays", problem: holidays.problem });
      }
      return { kind: "setting", settings: { holidays } };
    }
    case "alarm": {
      const alarm = readAlarm(value.text);
      return alarm === undefined
        ? problem({ because: "minutes", least: ALARM_LEAST, most: ALARM_MOST })
        : { kind: "setting", settings: { alarm } };
    }
    case "autoclose": {
      const autoclose = readAutoclose(value.text);
      return autoclose === undefined
        ? problem(NO_SILENCE)
        : { kind: "setting", settings: { autoclose } };
    }
    case "keep": {
      const keep = readKeep(value.text);
      return keep === undefined
        ? problem({ because: "days", least: KEEP_LEAST, most: KEEP_MOST })
        : { kind: "setting", settings: { keep } };
    }
    case "menu":
      return menuIn(value.text);
    case "pix": {
      const { receiver, problem: wrong } = readPixReceiver(value.text);
      return receiver
        ? { kind: "setting", settings: { pix: receiver } }
        : problem({ because: "pix", problem: wrong });
    }
    default: {
      const isWanted = readSwitch(value.text);
      if (isWanted === undefined) return problem({ because: "not a switch" });
      return { kind: "setting", settings: { [name]: isWanted } };
    }
  }
}

/** A menu as it is written; none of it, if that is what the words mean. */
function menuIn(words: string): ReturnType<typeof readSetting> {
  if (isNone(words)) return { kind: "setting", settings: { menu: [] } };
  const { entries, problem } = readMenu(words);
  return entries
    ? { kind: "menu", entries }
    : { kind: "problem", problem: { because: "menu", problem } };
}

/** Whether words mean on or off; `undefined`: neither. */
export function readSwitch(words: string): boolean | undefined {
  const sign = SIGNS.get(inUsualSigns(words).trim());
  if (sign !== undefined) return sign;
  return meaningIn(typedWordsOf(words).filter((word) => !FILLER.has(word)).join(" "), SWITCH);
}

/** `180`, `6 months`, or off; 0 is none of these, it might mean either. So might *never*. */
function readKeep(words: string): number | "off" | undefined {
  if (meaningIn(words, FOREVER)) return "off";
  const days = daysIn(words);
  if (days === undefined) {
    return !meaningIn(words, NEVER) && readSwitch(words) === false ? "off" : undefined;
  }
  return Number.isInteger(days) && days >= KEEP_LEAST && days <= KEEP_MOST ? days : undefined;
}

/** `15`, `15 min`, `1 hora`, or off. */
function readAlarm(words: string): Settings["alarm"] {
  const lengthMs = lengthIn(words, MINUTE_MS);
  if (lengthMs === undefined || lengthMs === 0) return isSwitchedOff(words) ? "off" : undefined;
  const minutes = lengthMs / MINUTE_MS;
  const isPossible = Number.isInteger(minutes) && minutes >= ALARM_LEAST && minutes <= ALARM_MOST;
  // From when on it counts is said where it is decided.
  return isPossible ? { minutes, sinceMs: 0 } : undefined;
}

/** `12h`, `3d`, `uma semana`, or off. */
function readAutoclose(words: string): Settings["autoclose"] {
  const lengthMs = lengthIn(words);
  if (lengthMs === undefined) return isSwitchedOff(words) ? "off" : undefined;
  const hours = lengthMs / HOUR_MS;
  const isPossible = Number.isInteger(hours) && hours >= AUTOCLOSE_LEAST && hours <= AUTOCLOSE_MOST;
  return isPossible ? { hours } : undefined;
}

function isSwitchedOff(words: string): boolean {
  return readSwitch(words) === false || meaningIn(words, NEVER) !== undefined;
}

/** `pt`, `pt-BR`, `português (Brasil)`, `es-MX`: whatever the region, as long as it is one language. */
function readLanguage(words: string): Language | undefined {
  const named = meaningIn(words, LANGUAGES_BY_NAME);
  if (named) return named;
  const tag = typedWordsOf(words).join("-");
  if (/^[a-z]{2}-(?:[a-z]{2}|419)$/.test(tag)) return spokenLanguage(tag);
  const each = typedWordsOf(words).map((word) => LANGUAGES_BY_NAME.get(word));
  return each.every((language) => language === each[0]) ? each[0] : undefined;
}

/** Words for none at all, which `/reset` is for. */
function isNone(words: string): boolean {
  return readSwitch(words) === false || selfOrNobodyIn(words) === "nobody";
}

/** Words that nobody writes to a customer, but to switch what is written to them on or off. */
function isSwitchWord(words: string): boolean {
  return /^[\p{L} ]+$/u.test(words) && meaningIn(words, SWITCH) !== undefined;
}

const SWITCH: Meanings<boolean> = meaningsOf(({ on, off }) => [
  [`1 ${on}`, true],
  [`0 ${off}`, false],
]);
/** What is pressed and seen elsewhere. */
const SIGNS = new Map<string, boolean>([
  ...[..."✅✔☑👍🟢🔛🔔"].map((sign) => [sign, true] as const),
  ...[..."❌✖✘👎🔴⛔🚫🔕"].map((sign) => [sign, false] as const),
]);
const FILLER = meaningsOf(({ filler }) => [[filler, true]]);
const FOREVER = meaningsOf(({ spans }) => [[spans.forever, true]]);
const NEVER = meaningsOf(({ spans }) => [[spans.never, true]]);
const LANGUAGES_BY_NAME: Meanings<Language> = meaningsOf(({ names }, language) => [
  [names, language],
]);

/** How few, and how many, minutes of waiting and hours of silence there can be. */
const ALARM_LEAST = 1;
const ALARM_MOST = 1440;
const HOURS_OF_DAY = 24;
const AUTOCLOSE_LEAST = 12;
const AUTOCLOSE_MOST = 90 * HOURS_OF_DAY;

const NO_SILENCE: SettingProblem = {
  because: "silence",
  leastHours: AUTOCLOSE_LEAST,
  mostDays: AUTOCLOSE_MOST / HOURS_OF_DAY,
};

/** How few, and how many, it can be. */
const KEEP_LEAST = 30;

const KEEP_MOST = 3650;
