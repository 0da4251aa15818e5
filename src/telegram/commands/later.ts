/** What is done later: the command, and what waits, for those who ask. */
import { wordsAfterCommand } from "../../commands/command.ts";
import type { Conversation } from "../../conversation/conversation.ts";
import { onLaterAmended } from "../../decisions/later_amended.ts";
import { onLaterCommand } from "../../decisions/later.ts";
import type { LaterAsked } from "../../decisions/later_asked.ts";
import { allWaiting } from "../../decisions/later_waiting.ts";
import type { CommandTask } from "../../jobs/request_task.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { sayExactly } from "../../later/exactly.ts";
import type { Notice } from "../../texts/notice.ts";
import { defined } from "../../values/defined.ts";
import { type Formatted, plain } from "../../words/formatted.ts";
import type { Language } from "../../words/language.ts";
import type { Delivery } from "../sending/delivery.ts";
import type { Asked } from "./request.ts";

/** How many of those that wait are listed. */
const LISTED = 30;

/** Sends an answer later, or puts the conversation off; or changes what was asked before. */
export function laterCommand(delivery: Delivery, asked: Asked): Promise<Outcome> {
  const { desk, customerId, job: { task, acceptedMs }, options: { config } } = delivery;
  if (task.kind !== "command") throw new Error(`${task.kind} puts nothing off`);
  const { at, by, given, language } = asked;
  const later: LaterAsked = {
    desk,
    customerId,
    by: by.name,
    // What was meant by the clock when it was written is not meant by another.
    nowMs: acceptedMs,
    command: at,
    task,
    given,
    words: wordsOf(task, asked),
    language,
    timeZone: config.timeZone,
  };
  const { amends } = task;
  return Promise.resolve({
    kind: "sent",
    decide: (read) => amends ? onLaterAmended(read, later, amends) : onLaterCommand(read, later),
  });
}

/** What follows the command: of an album, in the caption that it begins. */
function wordsOf({ at, private: { album } }: CommandTask, { words }: Asked): Formatted {
  if (!album) return words;
  const index = album.pieces.findIndex(({ messageId }) => messageId === at.messageId);
  return wordsAfterCommand(album.private.snapshots[index]?.words ?? plain(""));
}

/** What waits in a conversation, and until when it is put off. */
export async function waitingIn(
  { desk, customerId, read, options: { config: { timeZone } } }: Delivery,
  { putOff }: Conversation,
  language: Language,
): Promise<Extract<Notice, { text: "who-later" }>> {
  const at = (ms: number) => sayExactly(ms, { language, timeZone });
  const waiting = (await allWaiting(read, { desk, customerId }))
    .toSorted((a, b) => a.dueMs - b.dueMs);
  const answers = waiting.slice(0, LISTED).map(({ task: { writer }, dueMs }) => ({
    at: at(dueMs),
    by: "name" in writer ? writer.name : "",
  }));
  return {
    text: "who-later",
    answers,
    more: waiting.length - answers.length,
    ...defined({ putOff: putOff && { until: at(putOff.untilMs), by: putOff.by } }),
  };
}
