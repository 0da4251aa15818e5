/** What is said about the words that the team puts on a card, in English. */
import { LONGEST_TAG, MOST_TAGS, type TagProblem } from "../../conversation/tags.ts";
import { excerpt } from "../../words/excerpt.ts";
import type { Texts } from "../notice.ts";

export const tags = {
  "tags": ({ tags }) =>
    tags.length === 0
      ? "🏷 No tags. /tag vip puts one on the card."
      : `🏷 Tags: ${listed(tags)}. /tag -${tags[0]} takes it away.`,
  "did-tag": ({ by, tag, isOn }) =>
    isOn ? `🏷 ${by} put the tag #${tag}.` : `🏷 ${by} took the tag #${tag} away.`,
  "tag-problem": ({ problem, tags }) => `⚠️ ${tagReason(problem, tags)}`,
} satisfies Partial<Texts>;

function listed(tags: readonly string[]): string {
  return tags.map((tag) => `#${tag}`).join(" ");
}

function tagReason(problem: TagProblem, tags: readonly string[]): string {
  switch (problem.because) {
    case "words":
      return "a tag is one word. Example: /tag vip_2026";
    case "signs":
      return `“${
        excerpt(problem.word)
      }” is no tag: only letters, digits and _. Example: /tag vip_2026`;
    case "long":
      return `the tag has ${problem.length} characters; the most is ${LONGEST_TAG}.`;
    case "reserved":
      return `#${problem.word} has a meaning on cards already. Choose another word, as in /tag vip`;
    case "full":
      return `the card has ${MOST_TAGS} tags already: ${listed(tags)}. /tag -${
        tags[0]
      } takes one away.`;
    case "absent":
      return `there is no tag #${problem.word}${
        tags.length > 0 ? `; there are ${listed(tags)}` : ""
      }.`;
  }
}
