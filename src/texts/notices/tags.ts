/** What is said about the words that the team puts on a card. */
import type { TagProblem } from "../../conversation/tags.ts";

/** A sentence by name, with what it has to tell. */
export type TagNotice =
  /** Which there are, to who asks. */
  | { text: "tags"; tags: readonly string[] }
  /** To the thread: who put one on the card, or took it away. */
  | { text: "did-tag"; by: string; tag: string; isOn: boolean }
  | { text: "tag-problem"; problem: TagProblem; tags: readonly string[] };
