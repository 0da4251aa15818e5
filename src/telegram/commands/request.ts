/** Something that was asked of the desk by somebody who may, and the ways of answering it. */
import type { Change, NewTask } from "../../jobs/change.ts";
import type { Decision } from "../../jobs/reader.ts";
import { classify, isOfToken } from "../classify.ts";
import type { CommandName, Where } from "../../commands/command.ts";
import type { Language } from "../../words/language.ts";
import type { Lane } from "../../conversation/lane.ts";
import type { CommandFacts } from "../../message/facts.ts";
import type { Place } from "../../message/link.ts";
import type { Notice } from "../../texts/notice.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Author } from "../../desk/team.ts";
import type { Formatted } from "../../words/formatted.ts";
import type { Answer } from "../api.ts";
import type { Delivery } from "../sending/delivery.ts";
import { failed } from "../sending/failures.ts";

/** A command. */
export interface Asked {
  name: CommandName;
  /** What is known of the message that asks. */
  given: CommandFacts;
  /** What follows the command, with its formatting. */
  words: Formatted;
  at: Place;
  by: Exclude<Author, { kind: "stranger" }>;
  where: Where;
  /** The language that answers them. */
  language: Language;
}

/** Does what was asked. */
export type CommandHandler = (delivery: Delivery, asked: Asked) => Promise<Outcome>;

/** Where something was asked, and in which language it is answered. */
export type AskedAt = Pick<Asked, "at" | "language">;

/** Says something in answer to what was asked, where it was asked; with what else is written. */
export function answerTo(
  delivery: Delivery,
  to: AskedAt,
  notice: Notice,
  decide: Decision = () => ({}),
): Outcome {
  return {
    kind: "sent",
    decide: async (read): Promise<Change> => {
      const change = await decide(read);
      return { ...change, tasks: [...change.tasks ?? [], sayingTo(delivery, to, notice)] };
    },
  };
}

/** The task of saying something in answer to what was asked. */
export function sayingTo(delivery: Delivery, { at, language }: AskedAt, notice: Notice): NewTask {
  const lane: Lane = { ...delivery.job.lane, direction: "to-desk" };
  return {
    lane,
    task: {
      kind: "notice",
      notice,
      chatId: at.chatId,
      answerTo: at.messageId,
      isSealed: true,
      private: { wording: { language } },
    },
  };
}

/** Answers with what is looked up at this moment, in a call of its own. */
export async function showTo(
  delivery: Delivery,
  to: AskedAt,
  call: (answering: { reply_parameters: { message_id: number } }) => Promise<unknown>,
): Promise<Outcome> {
  const pausedUntilMs = await delivery.read.pausedUntilMs(to.at.chatId);
  if (pausedUntilMs > 0) return { kind: "wait", untilMs: pausedUntilMs };
  const answering = { reply_parameters: { message_id: to.at.messageId } };
  return await outcomeOfShowing(delivery, await delivery.call(() => call(answering)));
}

/** Owed as long as it may still arrive; if what it answers is gone, nobody waits for it. */
export async function outcomeOfShowing(
  delivery: Delivery,
  { failure }: Answer<unknown>,
): Promise<Outcome> {
  if (!failure) return { kind: "sent" };
  const { kind } = classify(failure);
  const isOfDesk = kind === "trouble" && (delivery.isAtDesk || isOfToken(failure));
  if (kind === "pause" || kind === "passing" || isOfDesk) {
    return await failed(delivery, failure);
  }
  delivery.options.log.warn("not answered", {
    task: delivery.job.task.kind,
    reason: failure.description,
  });
  return { kind: "sent" };
}
