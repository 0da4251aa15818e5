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
