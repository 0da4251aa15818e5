/**
 * The languages we speak: the one list from which everything is fed that is said or read in several.
 * A new one is an entry here with the file of its words, and its sentences in texts/; what of either
 * is missing does not compile.
 */
import { englishWords } from "./en.ts";
import { spanishWords } from "./es.ts";
import { portugueseWords } from "./pt-BR.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Each language by its IETF tag, in the order in which people are shown them. */
export const LANGUAGES = {
  "pt-BR": portugueseWords,
  en: englishWords,
  es: spanishWords,
} satisfies Record<string, Vocabulary>;

/** The languages we speak to people. */
export type Language = keyof typeof LANGUAGES;

/** The tags of all languages, in their order. */
export const LANGUAGE_TAGS = Object.keys(LANGUAGES) as Language[];

/** In whose words a notice is said. */
export interface Wording {
  /** Absent: in the desk's. */
  language?: Language;
}

/** What each language has of something, in their order. */
export function inEach<T>(partOf: (vocabulary: Vocabulary) => T): T[] {
  return LANGUAGE_TAGS.map((language) => partOf(LANGUAGES[language]));
}

/** The words that any of our languages has of something. */
export function wordsInAny(partOf: (vocabulary: Vocabulary) => string): string[] {
  return inEach(partOf).flatMap(listOf);
}

/** Words that are written in one text. */
export function listOf(words: string): string[] {
  return words.split(" ").filter((word) => word !== "");
}

/** A pattern of what any of our languages has of something, for a regular expression. */
export function patternOfAny(partOf: (vocabulary: Vocabulary) => string): string {
  return `(?:${inEach(partOf).filter((pattern) => pattern !== "").join("|")})`;
}

/**
 * The language that answers a person's own action; `undefined`: we do not speak theirs.
 * @param code the IETF tag of an update's user (Bot API, User.language_code)
 */
export function spokenLanguage(code: string | undefined): Language | undefined {
  const primary = code?.toLowerCase().split("-")[0];
  return LANGUAGE_TAGS.find((language) => LANGUAGES[language].code === primary);
}
