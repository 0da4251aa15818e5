/** How people say whom a conversation is given to: by a name, to themselves, to nobody. */
import { meaningIn, type Meanings, meaningsOf, typedWordsOf } from "./typed.ts";

const WORDS = meaningsOf<"me" | "nobody">(({ people: { me, nobody } }) => [
  [me, "me"],
  [nobody, "nobody"],
]);
const TO = meaningsOf<true>(({ people: { to } }) => [[to, true]]);
const FILLER = meaningsOf<true>(({ filler }) => [[filler, true]]);
/** Signs that stand for nobody. */
const NOBODY = /^[-‐‑‒–—−0]$/u;

/** Whether words name who says them, or nobody; `undefined`: somebody else. */
export function selfOrNobodyIn(words: string): "me" | "nobody" | undefined {
  if (NOBODY.test(words.trim())) return "nobody";
  return meaningIn(words, WORDS) ?? meaningIn(withoutTo(words), WORDS);
}

/**
 * A name without what stands around it: `to Ana`, `para a Ana, por favor`. All of it, if nothing is
 * left.
 */
export function withoutTo(words: string): string {
  const parts = words.trim().split(/\s+/);
  const isIn = (meanings: Meanings<true>) => (part: string) =>
    meanings.has(typedWordsOf(part).join(""));
  const from = parts.findIndex((part) => !isIn(TO)(part));
  const to = parts.findLastIndex((part) => !isIn(FILLER)(part));
  return from < 0 || to < from ? words : parts.slice(from, to + 1).join(" ");
}
