/** What is said about the words that the team puts on a card, in Spanish. */
import { LONGEST_TAG, MOST_TAGS, type TagProblem } from "../../conversation/tags.ts";
import { excerpt } from "../../words/excerpt.ts";
import type { Texts } from "../notice.ts";

export const tags = {
  "tags": ({ tags }) =>
    tags.length === 0
      ? "🏷 Sin etiquetas. /tag vip pone una."
      : `🏷 Etiquetas: ${listed(tags)}. /tag -${tags[0]} la quita.`,
  "did-tag": ({ by, tag, isOn }) =>
    isOn ? `🏷 ${by} puso la etiqueta #${tag}.` : `🏷 ${by} quitó la etiqueta #${tag}.`,
  "tag-problem": ({ problem, tags }) => `⚠️ ${tagReason(problem, tags)}`,
} satisfies Partial<Texts>;

function listed(tags: readonly string[]): string {
  return tags.map((tag) => `#${tag}`).join(" ");
}

function tagReason(problem: TagProblem, tags: readonly string[]): string {
  switch (problem.because) {
    case "words":
      return "una etiqueta es una sola palabra. Ejemplo: /tag vip_2026";
    case "signs":
      return `“${
        excerpt(problem.word)
      }” no sirve: solo letras, números y _. Ejemplo: /tag vip_2026`;
    case "long":
      return `la etiqueta tiene ${problem.length} caracteres; el máximo es ${LONGEST_TAG}.`;
    case "reserved":
      return `#${problem.word} ya tiene un sentido en las tarjetas. Elija otra palabra, como /tag vip`;
    case "full":
      return `la tarjeta ya tiene ${MOST_TAGS} etiquetas: ${listed(tags)}. /tag -${
        tags[0]
      } quita una.`;
    case "absent":
      return `no hay etiqueta #${problem.word}${tags.length > 0 ? `; hay ${listed(tags)}` : ""}.`;
  }
}
