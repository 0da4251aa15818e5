/** The nearest word of those that are known: what somebody probably meant to type. */
import SearchableMap from "minisearch/SearchableMap";
import { fold } from "./fold.ts";

/** The rest of a word is known by so many letters. */
const MIN_BEGINNING = 3;
const MAX_TYPOS = 2;

/**
 * The word that was probably meant: the same but for accents and case, else the shortest that begins
 * so, else the one with the fewest typos (two swapped letters are one), else the same with a number
 * run into it, as in `p3`. Of those with as many typos one as long as what was typed counts, then one
 * with the same first letter, then the first. `undefined`: none is near enough.
 */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const typed = fold(word);
  const known = words.map((each): [string, string] => [fold(each), each]);
  const same = (folded: string) => known.find(([each]) => each === folded)?.[1];
  return same(typed) ?? completed(typed, known) ?? corrected(typed, known) ??
    same(typed.replace(/\d+$/, ""));
}

/** Words, each behind what it is when folded. */
type Known = [folded: string, word: string][];

function completed(typed: string, known: Known): string | undefined {
  if (typed.length < MIN_BEGINNING) return undefined;
  return known.filter(([folded]) => folded.startsWith(typed))
    .toSorted(([a], [b]) => a.length - b.length)[0]?.[1];
}

function corrected(typed: string, known: Known): string | undefined {
  const difference = (folded: string) => Math.abs(folded.length - typed.length);
  const alike = known.filter(([folded]) => difference(folded) <= MAX_TYPOS);
  // A long word that is like none would only cost time.
  if (alike.length === 0) return undefined;
  const found = typosOf(typed, alike);
  const typos = (folded: string) => found.get(folded) ?? Infinity;
  const begins = (folded: string) => folded[0] === typed[0] ? 0 : 1;
  return alike
    .filter(([folded]) => typos(folded) <= mostTyposIn(Math.min(folded.length, typed.length)))
    .toSorted(([a], [b]) =>
      typos(a) - typos(b) || difference(a) - difference(b) || begins(a) - begins(b)
    )[0]?.[1];
}

/** How many typos lead from each word to the typed one, as far as they are few. */
function typosOf(typed: string, known: Known): Map<string, number> {
  const tree = SearchableMap.from(known);
  const typos = new Map<string, number>();
  const look = (letters: string, before: number) => {
    for (const [folded, [, distance]] of tree.fuzzyGet(letters, MAX_TYPOS - before)) {
      typos.set(folded, Math.min(before + distance, typos.get(folded) ?? Infinity));
    }
  };
  look(typed, 0);
  // To the tree, two swapped letters are two typos.
  for (let at = 0; at + 1 < typed.length; at++) {
    look(typed.slice(0, at) + typed[at + 1] + typed[at] + typed.slice(at + 2), 1);
  }
  return typos;
}

/** How many letters may be wrong in a word of this length. */
function mostTyposIn(length: number): number {
  return length < 3 ? 0 : length < 6 ? 1 : MAX_TYPOS;
}
