/** What is asked by `/later`, and what who asks is told when it is not done. */
import type { Change } from "../jobs/change.ts";
import type { CommandTask } from "../jobs/request_task.ts";
import { laneOf } from "../conversation/lane.ts";
import type { LaterRequest } from "../later/request.ts";
import type { CommandFacts } from "../message/facts.ts";
import type { Place } from "../message/link.ts";
import type { Notice } from "../texts/notice.ts";
import type { Formatted } from "../words/formatted.ts";
import type { Language } from "../words/language.ts";
import type { Hand } from "./handling.ts";

/** The command, by whose hand it was given, and by which clock and in which language it is read. */
export interface LaterAsked extends Hand {
  command: Place;
  task: CommandTask;
  given: CommandFacts;
  /** What follows the command. */
  words: Formatted;
  language: Language;
  timeZone: string;
}

/** Whether the message with the command is nothing but words. */
export function isText({ task, given }: Pick<LaterAsked, "task" | "given">): boolean {
  return task.private.album === undefined && given.content.kind === "text";
}

/** Says something to who gave the command, in answer to it. */
export function told(
  { desk, customerId, command: { chatId, messageId }, language }: Pick<
    LaterAsked,
    "desk" | "customerId" | "command" | "language"
  >,
  notice: Notice,
): Change {
  return {
    tasks: [{
      lane: laneOf(desk, customerId, "to-desk"),
      task: {
        kind: "notice",
        notice,
        answerTo: messageId,
        answerIn: chatId,
        private: { wording: { language } },
      },
    }],
  };
}

/** Says why something is not done; `isKept`: and that what was asked before stands. */
export function refused(
  asked: LaterAsked,
  request: LaterRequest,
  { isKept }: { isKept: boolean },
): Change {
  switch (request.asks) {
    case "how":
      return told(asked, isKept ? { text: "later-unclear", isKept } : { text: "later-how" });
    case "problem":
      return told(asked, { text: "later-problem", problem: request.problem, isKept });
    case "note":
      return told(asked, { text: "later-note", mark: request.mark, isKept });
    default:
      return told(asked, { text: "later-unclear", isKept });
  }
}
