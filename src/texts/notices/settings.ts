/** What is said to administrators about settings, and about who is in the group. */
import type { Language } from "../../words/language.ts";
import type { OwnText, SettingName, Settings } from "../../settings/settings.ts";
import type { SettingProblem } from "../../settings/reading.ts";

/** A sentence by name, with what it has to tell. */
export type AdminNotice =
  /** Everything that can be decided, with what was. */
  | {
    text: "settings";
    settings: Settings;
    own: ReadonlyMap<OwnText, string>;
    /** The language of a desk that has decided none. */
    locale: Language;
    timeZone: string;
  }
  /** What a setting is, in a few words; and a value for it. */
  | { text: "about-setting"; name: SettingName }
  | { text: "setting-example"; name: SettingName }
  | { text: "set-how" }
  | { text: "set-unknown"; word: string; nearest?: SettingName; names: readonly SettingName[] }
  | { text: "set-problem"; name: SettingName; problem: SettingProblem }
  /** What holds now; and what looks like a placeholder in the desk's own words, but is none. */
  | { text: "set-done"; name: SettingName; settings: Settings; locale: Language; unknown: string[] }
  | { text: "reset-done"; name: SettingName }
  | { text: "allow-how"; isAllowed: boolean }
  | { text: "allowed"; userId: number }
  | { text: "disallowed"; userId: number }
  /** To the creator: somebody joined the group, and was removed, or could not be. */
  | { text: "expelled"; name: string; userId: number }
  /** Without the words in which Telegram refuses it: whoever it is is an administrator of the group. */
  | { text: "not-expelled"; name: string; userId: number; description?: string };
