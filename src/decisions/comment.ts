/** What follows from what is written in the group: answers to customers, notes, commands. */
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { ruleOf } from "../commands/command.ts";
import { laneOf } from "../conversation/lane.ts";
import type { MessageFacts } from "../message/facts.ts";
import { defined } from "../values/defined.ts";
import { goneOn, onCommentGoneOn } from "./gone_on.ts";
import { albumName, carry, staysHere } from "./carry.ts";
import type { Circumstances } from "./circumstances.ts";
import { commandTask } from "./command.ts";
import { latePiece, putsOff } from "./later_message.ts";

/**
 * A comment in a customer's thread: to the customer, unless it is a command, an internal note, or
 * says nothing to them. Whether its author is of the team is asked when the job is worked.
 */
export async function onComment(
  message: MessageFacts,
  customerId: number,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  const { desk } = circumstances;
  const { author, treatment, given } = message;
  if (author.kind === "stranger" || treatment === "silent") return {};
  const gone = await goneOn(customerId, read, circumstances);
  if (gone) return await onCommentGoneOn(message, gone, read, circumstances);
  const isMeantForThem = message.isInserted &&
    (given === "of another bot" || (given === null && message.isNote));
  // A whole album is put off by the caption of one piece, once all pieces are there.
  const isLaterAlbum = putsOff(message) && message.album !== undefined;
  const isNote = (given !== null && !isLaterAlbum) || message.isNote;
  // The caption of one piece keeps a whole album here.
  const isAlone = message.album === undefined;
  const lane = laneOf(desk, customerId, "to-customer");
  const change = isNote && isAlone
    ? staysHere(message)
    : await latePiece(message, customerId, read, circumstances) ??
      await carry(
        { message, lane, writer: author, isNote, isLater: isLaterAlbum },
        read,
        circumstances,
      );
  const command = isLaterAlbum ? undefined : commandTask(message, customerId, circumstances);
  const told = isMeantForThem ? noteTold(message, customerId, circumstances) : undefined;
  const more = command ?? told;
  return more ? { ...change, tasks: [...change.tasks ?? [], more] } : change;
}

/**
 * Who inserts something by way of an inline bot has written none of it: what makes a note of it may
 * be news to them, and they cannot edit it.
 */
function noteTold(
  { author, place, given }: MessageFacts,
  customerId: number,
  { desk }: Circumstances,
): NewTask {
  return {
    lane: laneOf(desk, customerId, "to-desk"),
    task: {
      kind: "notice",
      notice: { text: "inserted-note", mark: given === null ? "#" : "/" },
      answerTo: place.messageId,
      answerIn: place.chatId,
      ...(author.kind === "person" ? { ifOfTeam: author } : {}),
    },
  };
}

/**
 * A comment in the thread of somebody who has erased their data: it reaches nobody, and its author is
 * told, if of the team; of an album, once. So is who gives a command that is for threads alone; others
 * mean what they mean outside of threads.
 */
export async function onErasedThread(
  message: MessageFacts,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  const { author, treatment, given, place: { chatId, messageId } } = message;
  if (author.kind === "stranger" || treatment === "silent") return {};
  if (given !== null && !isForThreads(given)) return onPlainMessage(message, circumstances);
  if (message.isNote) return {};
  const lane = laneOf(circumstances.desk, 0, "to-desk");
  const name = albumName(message);
  if (name !== undefined && await read.named(lane, name)) return {};
  return {
    tasks: [{
      lane,
      task: {
        kind: "notice",
        notice: { text: "erased-thread" },
        chatId,
        answerTo: messageId,
        ...(author.kind === "person" ? { ifOfTeam: author } : {}),
      },
      ...defined({ name }),
    }],
  };
}

/** Whether a command has no meaning but in a customer's thread. */
function isForThreads(given: NonNullable<MessageFacts["given"]>): boolean {
  if (given === "of another bot" || given.name === undefined) return false;
  return ruleOf(given.name).where.every((where) => where === "thread");
}

/** A message of the group that is in no customer's thread: only commands mean something there. */
export function onPlainMessage(message: MessageFacts, circumstances: Circumstances): Change {
  if (message.author.kind === "stranger") return {};
  const command = commandTask(message, 0, circumstances);
  return command ? { tasks: [command] } : {};
}
