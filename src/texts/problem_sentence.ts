/** What is wrong in a sentence, for the log, monitors and the terminal, which speak English. */
import type { Problem } from "../health/problem.ts";
import { say } from "./texts.ts";

/** A problem as the log, monitors and the terminal are told it. */
export function sentenceOf(problem: Problem): string {
  return say({ text: "problem", problem }, "en");
}

/** Thrown where something cannot go on because of a problem. */
export class ProblemError extends Error {
  override name = "ProblemError";

  constructor(readonly problem: Problem) {
    super(sentenceOf(problem));
  }
}
