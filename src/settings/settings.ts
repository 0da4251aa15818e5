/** What the administrators of a desk decide, in Telegram: its own words, its hours, its habits. */
import type { Language } from "../config.ts";
import { fold } from "../words/fold.ts";
import { type Formatted, MAX_TEXT, trimmed } from "../words/formatted.ts";
import { type HolidaysProblem, readHolidays, writeHolidays } from "../hours/holidays.ts";
import { readHours, writeHours } from "../hours/hours.ts";
import type { HoursProblem } from "../hours/problem.ts";

/** Words of the desk's own in place of the program's. */
export const OWN_TEXTS = ["welcome", "restart", "end", "terms", "away"] as const;

/** One of them. */
export type OwnText = typeof OWN_TEXTS[number];

/** What is on or off, and how it is if nobody has decided. */
export const SWITCHES = {
  /** Buttons as the first comment of a new thread. */
  panel: true,
  /** Two agents who answer at once are told. */
  collision: true,
  /** Customers are asked how it was. */
  rating: false,
  /** Agents who have not chosen themselves are told when somebody waits. */
  notify: false,
  /** What the bot has shown in the thread of late is deleted when its customer erases their data. */
  erasecopies: false,
} as const satisfies Record<string, boolean>;

/** One of them. */
export type Switch = keyof typeof SWITCHES;

/** What was decided; what is absent was not. */
export interface Settings extends Partial<Record<Switch, boolean>> {
  language?: Language;
  /** When the team is there, in its canonical form. */
  hours?: string;
  /** When it is not, in its canonical form. */
  holidays?: string;
  /** How many days a conversation is kept in which nobody writes. */
  keep?: number | "off";
}

/** The name of a setting. */
export type SettingName = OwnText | keyof Settings;

/** Every setting, in the order in which they are shown, each with its Portuguese name. */
const ALIASES: Record<SettingName, string> = {
  welcome: "boasvindas",
  restart: "reinicio",
  end: "fim",
  terms: "termos",
  hours: "horario",
  holidays: "feriados",
  away: "ausencia",
  panel: "painel",
  collision: "colisao",
  rating: "avaliacao",
  notify: "avisos",
  keep: "guardar",
  erasecopies: "apagarcopias",
  language: "idioma",
};

/** The names of all settings, in their order. */
export const SETTING_NAMES = Object.keys(ALIASES) as SettingName[];

/** The Portuguese name of a setting. */
export function settingAlias(name: SettingName): string {
  return ALIASES[name];
}

/** The setting that is called so; `undefined`: none. */
export function settingNamed(word: string): SettingName | undefined {
  const name = fold(word).replaceAll("-", "");
  return SETTING_NAMES.find((each) => each === name || ALIASES[each] === name);
}

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
      const language = LANGUAGES.get(fold(value.text));
      return language
        ? { kind: "setting", settings: { language } }
        : problem({ because: "unknown language" });
    }
    case "hours": {
      const hours = readHours(value.text);
      if ("problem" in hours) return problem({ because: "hours", problem: hours.problem });
      return { kind: "setting", settings: { hours: writeHours(hours) } };
    }
    case "holidays": {
      const holidays = readHolidays(value.text);
      if ("problem" in holidays) {
        return problem({ because: "holidays", problem: holidays.problem });
      }
      return { kind: "setting", settings: { holidays: writeHolidays(holidays) } };
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
  const [, digits] = /^(\d{1,5})(?: ?(?:d|days?|dias?|días?))?$/i.exec(words) ?? [];
  if (digits === undefined) return readSwitch(words) === false ? "off" : undefined;
  const days = Number(digits);
  return days >= KEEP_LEAST && days <= KEEP_MOST ? days : undefined;
}

const ON = new Set([
  "on",
  "yes",
  "true",
  "1",
  "sim",
  "ligado",
  "ligar",
  "si",
  "activado",
  "activar",
]);
const OFF = new Set([
  "off",
  "no",
  "false",
  "0",
  "nao",
  "desligado",
  "desligar",
  "desactivado",
  "desactivar",
]);

const LANGUAGES = new Map<string, Language>([
  ...["pt-br", "pt", "portugues", "portuguese"].map((word) => [word, "pt-BR"] as const),
  ...["en", "english", "ingles"].map((word) => [word, "en"] as const),
  ...["es", "espanol", "spanish", "espanhol"].map((word) => [word, "es"] as const),
]);

/** How many days a conversation is kept in which nobody writes, if nobody has decided. */
const KEEP_DAYS = 365;
/** How few, and how many, it can be. */
const KEEP_LEAST = 30;
const KEEP_MOST = 3650;

/** How many days a conversation is kept in which nobody writes; `null`: for good. */
export function keepDays({ keep = KEEP_DAYS }: Settings): number | null {
  return keep === "off" ? null : keep;
}

/** Whether the desk may have words of its own for what is called so. */
export function isOwnText(name: string): name is OwnText {
  return OWN_TEXTS.some((each) => each === name);
}

/** Whether something is on or off. */
export function isSwitch(name: SettingName): name is Switch {
  return Object.hasOwn(SWITCHES, name);
}

/** Whether something is on. */
export function isOn(settings: Settings, name: Switch): boolean {
  return settings[name] ?? SWITCHES[name];
}
