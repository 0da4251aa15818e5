/** Every sentence the bot says, by language. */
import type { Language } from "../words/language.ts";
import type { Notice, Texts } from "./notice.ts";
import { englishTexts } from "./en.ts";
import { spanishTexts } from "./es.ts";
import { portugueseTexts } from "./pt-BR.ts";

/** What each language says. */
export const TEXTS: Record<Language, Texts> = {
  "pt-BR": portugueseTexts,
  en: englishTexts,
  es: spanishTexts,
};

/** Says a notice in a language. Plain text: it is sent without a parse mode. */
export function say<Name extends Notice["text"]>(
  notice: Extract<Notice, { text: Name }>,
  language: Language,
): string {
  const sentence = TEXTS[language][notice.text as Name];
  return sentence(notice);
}
