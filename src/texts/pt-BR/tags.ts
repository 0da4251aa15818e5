/** What is said about the words that the team puts on a card, in Brazilian Portuguese. */
import { LONGEST_TAG, MOST_TAGS, type TagProblem } from "../../conversation/tags.ts";
import { excerpt } from "../../words/excerpt.ts";
import type { Texts } from "../notice.ts";

export const tags = {
  "tags": ({ tags }) =>
    tags.length === 0
      ? "🏷 Sem etiquetas. /etiqueta vip põe uma."
      : `🏷 Etiquetas: ${listed(tags)}. /etiqueta -${tags[0]} tira.`,
  "did-tag": ({ by, tag, isOn }) =>
    isOn ? `🏷 ${by} pôs a etiqueta #${tag}.` : `🏷 ${by} tirou a etiqueta #${tag}.`,
  "tag-problem": ({ problem, tags }) => `⚠️ ${tagReason(problem, tags)}`,
} satisfies Partial<Texts>;

function listed(tags: readonly string[]): string {
  return tags.map((tag) => `#${tag}`).join(" ");
}

function tagReason(problem: TagProblem, tags: readonly string[]): string {
  switch (problem.because) {
    case "words":
      return "uma etiqueta é uma palavra só. Exemplo: /etiqueta vip_2026";
    case "signs":
      return `“${
        excerpt(problem.word)
      }” não serve: só letras, números e _. Exemplo: /etiqueta vip_2026`;
    case "long":
      return `a etiqueta tem ${problem.length} caracteres; o máximo é ${LONGEST_TAG}.`;
    case "reserved":
      return `#${problem.word} já tem um sentido nos cartões. Escolha outra palavra, como /etiqueta vip`;
    case "full":
      return `o cartão já tem ${MOST_TAGS} etiquetas: ${listed(tags)}. /etiqueta -${
        tags[0]
      } tira uma.`;
    case "absent":
      return `não há etiqueta #${problem.word}${tags.length > 0 ? `; há ${listed(tags)}` : ""}.`;
  }
}
