/** Which desk people mean by what they write. */
import { withoutTo } from "../words/people.ts";
import { bareWords } from "../words/typed.ts";
import { deskNamed, type NamedDesk, toDeskName } from "./names.ts";

/** The desk that words name, also by its title, or with what people put around a name; `null`: none. */
export function deskMeantBy<Named extends NamedDesk>(
  desks: readonly Named[],
  words: string,
): Named | null {
  const written = [words, words.replace(/^\s*[@#]\s*/, ""), withoutTo(words), bareWords(words)];
  for (const each of [...written, ...written.map(toDeskName)]) {
    const found = each.trim() === "" ? null : deskNamed(desks, each);
    if (found) return found;
  }
  return null;
}

/**
 * The desk that the first of some words name, and the words behind them, of which there is at least
 * one; of several that fit, the one with the longest name. `null`: they name none.
 */
export function deskAndWordsIn<Named extends NamedDesk>(
  desks: readonly Named[],
  parts: readonly string[],
): { desk: Named; words: string } | null {
  for (let count = parts.length - 1; count > 0; count--) {
    const desk = deskMeantBy(desks, parts.slice(0, count).join(" "));
    if (desk) return { desk, words: parts.slice(count).join(" ") };
  }
  return null;
}
