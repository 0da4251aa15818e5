/** What `/later` asks for, by the words behind it. */
import { type NoteMark, noteMarkIn } from "../replies/reply.ts";
import { type Formatted, slice } from "../words/formatted.ts";
import { isDash, momentOfWhen, whenIn, type WhenProblem } from "./when.ts";

/** What is asked for, or why it cannot be. */
export type LaterRequest =
  | { asks: "how" }
  | { asks: "bring back" }
  | { asks: "put off"; dueMs: number }
  /** `when`: as it was written; `words` are absent if there are none. */
  | { asks: "send"; dueMs: number; when: string; words?: Formatted }
  | { asks: "unclear" }
  | { asks: "problem"; problem: WhenProblem }
  /** The words are a note, or a command: they are not for the customer. */
  | { asks: "note"; mark: NoteMark };

/** By which clock a request is read, and of what. */
export interface LaterCircumstances {
  nowMs: number;
  timeZone: string;
  /** A message that is more than words goes without any as well. */
  isText: boolean;
  /** What was asked before, if it was: the same words mean the same moment. */
  before?: { when: string; dueMs: number };
}

/** Reads the words behind the command. */
export function readLater(
  words: Formatted,
  { nowMs, timeZone, isText, before }: LaterCircumstances,
): LaterRequest {
  const { text } = words;
  if (text.trim() === "") return { asks: "how" };
  if (isDash(text)) return { asks: "bring back" };
  const written = whenIn(text);
  if (!written) return { asks: "unclear" };
  const when = text.slice(0, written.to);
  const dueMs = before?.when === when ? before.dueMs : momentOfWhen(written.when, nowMs, timeZone);
  if (typeof dueMs === "string") return { asks: "problem", problem: dueMs };
  const behind = wordsBehindWhen(words);
  if (!behind) return isText ? { asks: "put off", dueMs } : { asks: "send", dueMs, when };
  const mark = noteMarkIn(behind.text);
  return mark ? { asks: "note", mark } : { asks: "send", dueMs, when, words: behind };
}

/** What is to be sent of the words behind the command; `undefined`: nothing. */
export function wordsBehindWhen(words: Formatted): Formatted | undefined {
  const { text } = words;
  const rest = whenIn(text)?.rest;
  return rest === undefined || rest >= text.length ? undefined : slice(words, rest, text.length);
}
