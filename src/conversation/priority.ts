/** What people call the priorities. */
import { listOf } from "../words/language.ts";
import { inUsualSigns, meaningIn, meaningsOf, typedWordsOf } from "../words/typed.ts";
import { PRIORITIES, type Priority } from "./conversation.ts";

/** Their signs, from 1 to 5: what is on the cards, and what looks like it. */
const SIGNS = ["🟦🔵", "🟩🟢", "🟨🟡", "🟧🟠", "🟥🔴"];

const BY_SIGN = new Map(
  PRIORITIES.flatMap((level) => [...SIGNS[level - 1]!].map((sign) => [sign, level] as const)),
);
const BY_WORD = meaningsOf(({ priorities, numbers }) =>
  PRIORITIES.map((level) => {
    const [number] = listOf(numbers[level - 1]!);
    return [`${level} p-${level} ${number} ${priorities[level - 1]}`, level];
  })
);
/** What people write beside a level: `prioridade 3`, `level 3, please`. */
const BESIDE = meaningsOf(({ priorityNames, filler }) => [[`${priorityNames} ${filler}`, true]]);

/** The priority that words, a sign or both name; `undefined`: none, or not just one. */
export function priorityIn(text: string): Priority | undefined {
  const signs = new Set([...inUsualSigns(text)].flatMap((sign) => BY_SIGN.get(sign) ?? []));
  const words = typedWordsOf(text).filter((word) => !BESIDE.has(word));
  const [bySign] = signs;
  if (signs.size > 1) return undefined;
  if (words.length === 0) return bySign;
  const byWord = meaningIn(words.join(" "), BY_WORD);
  return bySign === undefined || bySign === byWord ? byWord : undefined;
}
