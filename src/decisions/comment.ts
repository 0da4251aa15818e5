/** What follows from what is written in the group: answers to customers, notes, commands. */
import type { Message } from "grammy/types";
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { givenIn, ruleOf } from "../commands/command.ts";
import { contentOf, treatmentOf } from "../message/content.ts";
import { type Lane, laneOf } from "../conversation/lane.ts";
import { carry, staysHere } from "./carry.ts";
import { albumOf, isNote, kept, placeOf } from "../message/facts.ts";
import { type Circumstances } from "./circumstances.ts";
import type { CommandTask } from "../jobs/task.ts";
import { authorOf } from "../desk/team.ts";

/**
 * A comment in a customer's thread: to the customer, unless it is a command, an internal note, or
 * says nothing to them. Whether its author is of the team is asked when the job is worked.
 */
export async function onComment(
  message: Message,
  customerId: number,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  const { desk, botUsername } = circumstances;
  const author = authorOf(message, desk);
  if (author.kind === "stranger" || treatmentOf(contentOf(message)) === "silent") return {};
  const given = givenIn(message, botUsername);
  const stays = given !== null || isNote(message);
  // The caption of one piece keeps a whole album here.
  const isAlone = albumOf(message) === undefined;
  const lane = laneOf(desk, customerId, "to-customer");
  const change = stays && isAlone
    ? staysHere(message)
    : await carry(message, lane, author, read, circumstances, { isNote: stays });
  if (given === null || given === "of another bot") return change;
  const command: NewTask = {
    lane: laneOf(desk, customerId, "to-desk"),
    task: commandOf(message, circumstances),
  };
  return { ...change, tasks: [...change.tasks ?? [], command] };
}

/**
 * A comment in the thread of somebody who has erased their data: it reaches nobody, and its author is
 * told, if of the team; of an album, once. So is who gives a command that is for threads alone; others
 * mean what they mean outside of threads.
 */
export async function onErasedThread(
  message: Message,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  const { desk, botUsername } = circumstances;
  const author = authorOf(message, desk);
  if (author.kind === "stranger" || treatmentOf(contentOf(message)) === "silent") return {};
  const given = givenIn(message, botUsername);
  if (given !== null && !isForThreads(given)) return onPlainMessage(message, circumstances);
  if (isNote(message)) return {};
  const lane = laneOf(desk, 0, "to-desk");
  const name = albumOf(message);
  if (name !== undefined && await read.named(lane, name)) return {};
  return {
    tasks: [{
      lane,
      task: {
        kind: "notice",
        notice: { text: "erased-thread" },
        chatId: message.chat.id,
        answerTo: message.message_id,
        ...(author.kind === "person" ? { ifOfTeam: author } : {}),
      },
      ...(name === undefined ? {} : { name }),
    }],
  };
}

/** Whether a command has no meaning but in a customer's thread. */
function isForThreads(given: ReturnType<typeof givenIn>): boolean {
  if (given === null || given === "of another bot" || given.name === undefined) return false;
  return ruleOf(given.name).where.every((where) => where === "thread");
}

/** A message of the group that is in no customer's thread: only commands mean something there. */
export function onPlainMessage(message: Message, circumstances: Circumstances): Change {
  const { desk, botUsername } = circumstances;
  const given = givenIn(message, botUsername);
  const isForUs = given !== null && given !== "of another bot";
  if (!isForUs || authorOf(message, desk).kind === "stranger") return {};
  return { tasks: [{ lane: laneOf(desk, 0, "to-desk"), task: commandOf(message, circumstances) }] };
}

function commandOf(message: Message, { desk, botUsername }: Circumstances): CommandTask {
  const given = givenIn(message, botUsername);
  const name = given !== null && given !== "of another bot" ? given.name : undefined;
  const inThread: Lane = laneOf(desk, 0, "to-customer");
  return {
    kind: "command",
    ...(name === undefined ? {} : { name }),
    at: placeOf(message, inThread),
    by: authorOf(message, desk),
    private: { given: kept(message) },
  };
}
