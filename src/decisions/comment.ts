/** What follows from what is written in the group: answers to customers, notes, commands. */
import type { CallbackQuery, Message } from "grammy/types";
import type { Change, NewTask, Reader } from "../jobs/change.ts";
import { givenIn, ruleOf } from "../commands/command.ts";
import { contentOf, treatmentOf } from "../message/content.ts";
import { type Lane, laneOf } from "../conversation/lane.ts";
import { spokenLanguage } from "../texts/notice.ts";
import { readPanelAction } from "../buttons/panel.ts";
import { albumOf, carry, type Circumstances, isNote, kept, placeOf, staysHere } from "./carry.ts";
import type { CommandTask } from "../jobs/task.ts";
import { authorOf, personOf } from "../desk/team.ts";
import { findThread } from "./thread.ts";

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

/**
 * A button of ours was pressed, in the group or in private. The root of its thread may be learned from
 * it, as from a comment. One in the thread of somebody who has erased their data is not worked in
 * their lane: who it names may be there anew.
 */
export async function onPress(
  query: CallbackQuery,
  read: Reader,
  { desk, botId, nowMs }: Circumstances,
): Promise<Change> {
  const { id: queryId, data, message, from } = query;
  if (data === undefined || !message) return {};
  const { chat, message_id: messageId } = message;
  if (chat.id !== desk.groupId && chat.id !== from.id) return {};
  const language = spokenLanguage(from.language_code);
  const answered = "reply_to_message" in message ? message.reply_to_message : undefined;
  const isCommand = answered !== undefined && answered.from?.id !== botId &&
    !answered.is_automatic_forward;
  // One that is too old to be seen comes without its text and its thread (Bot API, InaccessibleMessage).
  const thread = "message_thread_id" in message
    ? await findThread(message, { desk, read, nowMs })
    : null;
  const customerId = readPanelAction(data)?.customerId ?? from.id;
  const lane = laneOf(desk, thread?.customerId === "erased" ? 0 : customerId, "to-desk");
  return {
    ...thread?.learned,
    tasks: [...thread?.learned.tasks ?? [], {
      lane,
      task: {
        kind: "press",
        queryId,
        data,
        by: personOf(from),
        at: { chatId: chat.id, messageId },
        ...(isCommand ? { command: answered.message_id } : {}),
        private: { wording: language ? { language } : {} },
      },
    }],
  };
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
