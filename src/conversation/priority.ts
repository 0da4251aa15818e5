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

/** The priority that words name; `undefined`: none, or not just one. */
export function priorityIn(text: string): Priority | undefined {
  const signs = [...inUsualSigns(text).replace(/\s/g, "")].map((sign) => BY_SIGN.get(sign));
  const [sign] = signs;
  if (sign !== undefined && signs.every((level) => level === sign)) return sign;
  const words = typedWordsOf(text);
  return meaningIn(words.filter((word) => !BESIDE.has(word)).join(" "), BY_WORD);
}
