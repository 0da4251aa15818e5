/**
 * What people type where a value is asked for, without what differs from one keyboard to another:
 * wide digits, signs and quotation marks around, emoji.
 */
import { fold } from "./fold.ts";
import { type Language, LANGUAGE_TAGS, LANGUAGES, listOf } from "./language.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Digits and signs of other widths, and the keys of emoji: `３`, `：`, `3️⃣`. */
const OTHER_WIDTHS = /[\uff01-\uff5e\p{Nd}]/gu;
const KEYCAP = /\u20e3/gu;
/** What is left out where a text is drawn: zero widths, the marks behind emoji. */
const LEFT_OUT = /\p{Default_Ignorable_Code_Point}/gu;

/** What was typed, with digits and punctuation of one width, and plain spaces. */
export function inOneWidth(text: string): string {
  return text
    .replace(OTHER_WIDTHS, (sign) => sign.normalize("NFKC"))
    .replace(/[^\S\n\r]/g, " ");
}

/** What was typed, in usual signs: of one width, and nothing that cannot be seen. */
export function inUsualSigns(text: string): string {
  return inOneWidth(text.replace(LEFT_OUT, "").replace(KEYCAP, ""));
}

/**
 * Folded words without what may stand around them: quotation marks, punctuation, emoji, an equals
 * sign before. A minus is left to its number.
 */
export function bareWords(text: string): string {
  return fold(inUsualSigns(text))
    .replace(/\s+/g, " ")
    .replace(/^(?:(?![-−+]\p{N})[^\p{L}\p{N}])+|[^\p{L}\p{N}]+$/gu, "");
}

/** What no keyboard sends. */
const UNTYPED = /(?!\s)\p{Cc}/u;

/** The words and numbers of what was typed, folded: `6months` is two. */
export function typedWordsOf(text: string): string[] {
  if (UNTYPED.test(text)) return [];
  return bareWords(text).match(/\p{L}+|[-−+]?\p{N}+(?:[.,]\p{N}+)*/gu) ?? [];
}

/** What any of our languages calls something by, each leading to it. */
export type Meanings<Meaning> = ReadonlyMap<string, Meaning>;

/**
 * Gathers what the words of all languages stand for. Where a name has several words, a dash joins
 * them.
 */
export function meaningsOf<Meaning>(
  wordsOf: (vocabulary: Vocabulary, language: Language) => readonly (readonly [string, Meaning])[],
): Meanings<Meaning> {
  return new Map(
    LANGUAGE_TAGS.flatMap((language) => wordsOf(LANGUAGES[language], language))
      .flatMap(([words, meaning]) => listOf(words).map((word) => [word, meaning] as const)),
  );
}

/** What was typed stands for, if it is one of the names; `undefined`: none of them. */
export function meaningIn<Meaning>(text: string, meanings: Meanings<Meaning>): Meaning | undefined {
  return meanings.get(text.trim()) ?? meanings.get(typedWordsOf(text).join("-"));
}
