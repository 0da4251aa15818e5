/** Words as people compare them: without accents, without case. */

/** Takes accents and case away: `Ação` and `acao` are the same then. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase();
}

/** The words of a text, folded. */
export function foldedWordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}
