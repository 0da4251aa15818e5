/** The message that says when an answer goes, and whatever is said in its place. */
import type { NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { laneOf } from "../conversation/lane.ts";
import { sayExactly } from "../later/exactly.ts";
import type { Place } from "../message/link.ts";
import type { Notice } from "../texts/notice.ts";
import { defined } from "../values/defined.ts";
import type { Hand } from "./handling.ts";
import type { LaterAsked } from "./later_asked.ts";

/** Says when an answer goes, with a button that calls it off; in the place of what said so before. */
export function confirming(
  asked: Pick<LaterAsked, "desk" | "customerId" | "command" | "task" | "language" | "timeZone">,
  dueMs: number,
  replaces?: number,
): NewTask {
  const { desk, customerId, command: { chatId, messageId }, task: { by }, language } = asked;
  return {
    lane: laneOf(desk, customerId, "to-desk"),
    task: {
      kind: "notice",
      notice: { text: "did-later", at: sayExactly(dueMs, asked), command: messageId },
      answerTo: messageId,
      answerIn: chatId,
      confirms: { messageId, ...(by.kind === "person" ? { userId: by.userId } : {}) },
      ...defined({ replaces }),
      private: { wording: { language } },
    },
  };
}

/** Says something where it was said when an answer goes, or as an answer to its command. */
export async function inPlaceOfConfirmation(
  read: Reader,
  { desk, customerId }: Pick<Hand, "desk" | "customerId">,
  command: Place,
  notice: Notice,
): Promise<NewTask> {
  const confirmation = await read.confirmation(customerId, command);
  const answer = { answerTo: command.messageId, answerIn: command.chatId };
  return {
    lane: laneOf(desk, customerId, "to-desk"),
    task: {
      kind: "notice",
      notice,
      ...answer,
      ...defined({ replaces: confirmation?.messageId }),
    },
  };
}
