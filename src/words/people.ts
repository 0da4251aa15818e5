/** How people say whom a conversation is given to: by a name, to themselves, to nobody. */
import { meaningIn, meaningsOf, typedWordsOf } from "./typed.ts";

const WORDS = meaningsOf<"me" | "nobody">(({ people: { me, nobody } }) => [
  [me, "me"],
  [nobody, "nobody"],
]);
const TO = meaningsOf(({ people: { to } }) => [[to, true]]);
/** Signs that stand for nobody. */
const NOBODY = /^[-‐‑‒–—−0]$/u;

/** Whether words name who says them, or nobody; `undefined`: somebody else. */
export function selfOrNobodyIn(words: string): "me" | "nobody" | undefined {
  if (NOBODY.test(words.trim())) return "nobody";
  return meaningIn(words, WORDS) ?? meaningIn(withoutTo(words), WORDS);
}

/** A name without what stands before it: `to Ana`, `para a Ana`. All of it, if nothing is left. */
export function withoutTo(words: string): string {
  const parts = words.trim().split(/\s+/);
  const from = parts.findIndex((part) => !TO.has(typedWordsOf(part).join("")));
  return from <= 0 ? words : parts.slice(from).join(" ");
}
