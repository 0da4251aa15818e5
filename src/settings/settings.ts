/** What the administrators of a desk decide, in Telegram: its own words, its hours, its habits. */
import type { Holiday } from "../hours/holidays.ts";
import type { Hours } from "../hours/hours.ts";
import type { PixReceiver } from "../pix/receiver.ts";
import type { MenuEntry } from "./menu.ts";
import { defined } from "../values/defined.ts";
import { type Language, LANGUAGE_TAGS, LANGUAGES, listOf } from "../words/language.ts";
import { typedWordsOf } from "../words/typed.ts";

/** Words of the desk's own in place of the program's. */
export const OWN_TEXTS = ["welcome", "restart", "end", "terms", "away"] as const;

/** One of them. */
export type OwnText = typeof OWN_TEXTS[number];

/** What is on or off, and how it is if nobody has decided. */
const SWITCHES = {
  /** Buttons as the first comment of a new thread. */
  panel: true,
  /** Two agents who answer at once are told. */
  collision: true,
  /** Customers are asked how it was. */
  rating: false,
  /** Agents who have not chosen themselves are told when somebody waits. */
  notify: false,
  /** Answers begin with the name of who has written them. */
  signature: false,
  /** What a customer edits stays in the thread as it was. */
  history: false,
  /** New conversations go to the agents on shift, in turn. */
  distribute: false,
  /** What the bot has shown in the thread of late is deleted when its customer erases their data. */
  erasecopies: false,
} as const satisfies Record<string, boolean>;

/** One of them. */
export type Switch = keyof typeof SWITCHES;

/** What was decided; what is absent was not. */
export interface Settings extends Partial<Record<Switch, boolean>> {
  language?: Language;
  /** When the team is there. */
  hours?: Hours;
  /** When it is not. */
  holidays?: Holiday[];
  /** After how many minutes who waits is late, counted from when that was decided at the earliest. */
  alarm?: { minutes: number; sinceMs: number } | "off";
  /** After how many hours of a customer's silence a conversation closes by itself. */
  autoclose?: { hours: number } | "off";
  /** How many days a conversation is kept in which nobody writes. */
  keep?: number | "off";
  /** The buttons under the welcome. */
  menu?: MenuEntry[];
  /** Whom payments by Pix go to. */
  pix?: PixReceiver;
}

/** The name of a setting. */
export type SettingName = OwnText | keyof Settings;

/** Every setting, in the order in which they are shown. */
const SETTINGS: Record<SettingName, true> = {
  welcome: true,
  restart: true,
  end: true,
  terms: true,
  menu: true,
  hours: true,
  holidays: true,
  away: true,
  panel: true,
  collision: true,
  rating: true,
  notify: true,
  signature: true,
  history: true,
  distribute: true,
  alarm: true,
  autoclose: true,
  pix: true,
  keep: true,
  erasecopies: true,
  language: true,
};

/** The names of all settings, in their order. */
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** What a setting is called in a language; what its speakers are shown comes first. */
function namesIn(name: SettingName, language: Language): string[] {
  return listOf(LANGUAGES[language].settings[name] ?? name);
}

/** What speakers of a language are shown a setting by. */
export function settingNameIn(name: SettingName, language: Language): string {
  return namesIn(name, language)[0]!;
}

/** All names of a setting, its own first. */
export function namesOfSetting(name: SettingName): string[] {
  return [...new Set([name, ...LANGUAGE_TAGS.flatMap((language) => namesIn(name, language))])];
}

/** The setting that is called so, in one word or in several; `undefined`: none. */
export function settingNamed(words: string): SettingName | undefined {
  const name = typedWordsOf(words).join("");
  return SETTING_NAMES.find((each) => namesOfSetting(each).includes(name));
}

/** What is set: a name, and where in the text its value begins. */
export interface SettingGiven {
  word: string;
  /** Absent: there is no such setting. */
  name?: SettingName;
  valueFrom: number;
}

/** The most words that the name of a setting has: `horário de atendimento`. */
const MOST_WORDS = 3;
/** A word, and what may part it from what follows: `keep: 180`, `keep=180`, `“keep” 180`. */
const NAME = /\S+?(?=[:=：＝]|\s|$)/uy;
const PARTED = /(?:[:=：＝]|\s*(?:[:=：＝]|->|→)(?=[\s\p{L}\p{N}]))?\s*/uy;

/** Reads which setting a text begins with; one of several words, if the first alone is none. */
export function settingGivenIn(text: string): SettingGiven {
  let first: SettingGiven | undefined;
  for (let words = 1, to = 0; words <= MOST_WORDS; words++) {
    NAME.lastIndex = to + (/^\s*/.exec(text.slice(to))?.[0].length ?? 0);
    if (!NAME.test(text)) break;
    to = NAME.lastIndex;
    const word = text.slice(0, to).trim();
    const name = settingNamed(word);
    PARTED.lastIndex = to;
    PARTED.test(text);
    const given = { word, ...defined({ name }), valueFrom: PARTED.lastIndex };
    if (name) return given;
    first ??= given;
  }
  return first ?? { word: "", valueFrom: 0 };
}

/** How many days a conversation is kept in which nobody writes, if nobody has decided. */
const KEEP_DAYS = 365;

/** How many days a conversation is kept in which nobody writes; `null`: for good. */
export function keepDays({ keep = KEEP_DAYS }: Settings): number | null {
  return keep === "off" ? null : keep;
}

/** What holds once this is decided. Who waits already is late by a new alarm's time from now on. */
export function decided(known: Settings, now: Partial<Settings>, nowMs: number): Settings {
  const { alarm } = now;
  if (alarm === undefined || alarm === "off") return { ...known, ...now };
  const isSame = typeof known.alarm === "object" && known.alarm.minutes === alarm.minutes;
  return { ...known, ...now, alarm: isSame ? known.alarm! : { ...alarm, sinceMs: nowMs } };
}

/** Whether a setting decides when something comes due by the clock alone. */
export function isOfTimers(name: SettingName): boolean {
  return name === "alarm" || name === "autoclose" || name === "hours" || name === "holidays";
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
