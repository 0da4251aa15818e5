/** Replies as a sentence names them: some of them, by their titles. */
import { excerpt } from "../words/excerpt.ts";
import type { Reply } from "./reply.ts";

/** How many are named. */
const MOST_NAMED = 10;

/** Replies by their titles, as many as are named, and how many there are. */
export interface NamedReplies {
  titles: string[];
  count: number;
}

/** Names the first of these replies. */
export function named(replies: Reply[]): NamedReplies {
  const titles = replies.slice(0, MOST_NAMED).map(({ title }) => excerpt(title));
  return { titles, count: replies.length };
}
