/** What follows from editing a message, and from reacting to one. */
import type { Message, MessageReactionUpdated } from "grammy/types";
import type { Change } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { givenIn } from "../commands/command.ts";
import { contentOf, treatmentOf } from "../message/content.ts";
import { isForBot } from "./customer.ts";
import { showsOf } from "../message/fingerprint.ts";
import type { Job } from "../jobs/job.ts";
import { type Lane, laneOf } from "../conversation/lane.ts";
import type { Place } from "../message/link.ts";
import { spokenLanguage, type Wording } from "../words/language.ts";
import { albumOf, answering, isNote, placeOf } from "../message/facts.ts";
import { type Circumstances } from "./circumstances.ts";
import { signed, snapshotOf } from "../message/snapshot.ts";
import { type EditTask, isCarrying, type Writer } from "../jobs/task.ts";
import { type Author, authorOf, personOf } from "../desk/team.ts";

/** A customer has edited a message of theirs. */
export async function onCustomerEdit(
  message: Message,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  const { desk } = circumstances;
  const known = await read.conversation(message.chat.id);
  if (!known || known.status === "banned") return {};
  const lane = laneOf(desk, message.chat.id, "to-team");
  // A message that was shown is edited there, whatever it asks now.
  const isShown = async () => await read.counterpart(placeOf(message, lane)) !== null;
  if (isForBot(message, circumstances) && !await isShown()) return {};
  const language = spokenLanguage(message.from?.language_code);
  const wording = language ? { language } : {};
  const editor: Editor = { lane, writer: { kind: "customer" }, wording, isNote: false };
  return await onEdit(message, editor, read, circumstances);
}

/**
 * Somebody has edited a comment in a customer's thread. One that is a note or a command now must
 * not go out any more if it still waits: a copy shows what a message is when it is copied.
 */
export async function onCommentEdit(
  message: Message,
  customerId: number,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  const { desk, botUsername } = circumstances;
  const writer = authorOf(message, desk);
  if (writer.kind === "stranger") return {};
  const lane = laneOf(desk, customerId, "to-customer");
  const place: Place = { chatId: message.chat.id, messageId: message.message_id };
  const name = albumOf(message);
  const album = name === undefined ? null : await read.named(lane, name);
  const first = album && { chatId: place.chatId, messageId: album.messageId };
  const isNoteNow = isNote(message) || givenIn(message, botUsername) !== null ||
    (first !== null && await read.wasNote(first));
  const editor: Editor = { lane, writer, isNote: isNoteNow };
  const change = await onEdit(message, editor, read, circumstances);
  if (!isNoteNow) return change;
  // What has begun to go in parts is there already: the rest belongs to it.
  const carriers = (await read.carriers(lane, place)).filter(({ task }) => task.kind !== "part");
  return {
    ...change,
    rewrites: [...change.rewrites ?? [], ...carriers.map(withdrawn)],
    ...(first && carriers.some(({ task }) => task.kind === "album") ? { notes: [first] } : {}),
  };
}

/** The job of a message that is not to go any more. */
export function withdrawn(job: Job): Job {
  return isCarrying(job.task) ? { ...job, task: { ...job.task, isNote: true } } : job;
}

/** Who edits, and what that means for the edit. */
interface Editor {
  lane: Lane;
  writer: Writer;
  wording?: Wording;
  isNote: boolean;
}

/** Puts an edit into its message's lane, in the place of an older one that still waits there. */
async function onEdit(
  message: Message,
  { lane, writer, wording, isNote }: Editor,
  read: Reader,
  { fingerprintKey }: Circumstances,
): Promise<Change> {
  // What is not shown on the other side has nothing there to be edited.
  if (treatmentOf(contentOf(message)) !== "copy") return {};
  const snapshot = "name" in writer
    ? signed(snapshotOf(message), writer.name)
    : snapshotOf(message);
  const task: EditTask = {
    kind: "edit",
    at: placeOf(message, lane),
    shows: showsOf(message, fingerprintKey),
    writer,
    sentMs: message.date * 1000,
    isNote,
    ...answering(message),
    private: { snapshot, ...(wording ? { wording } : {}) },
  };
  const name = `edit/${message.chat.id}/${message.message_id}`;
  const waiting = (await read.named(lane, name))?.job;
  // Where a live location ended is shown by its last move; the end only says that it ended.
  if (waiting?.task.kind === "edit" && (!isEnd(task) || isEnd(waiting.task))) {
    return { rewrites: [{ ...waiting, task: { ...task, isUnsure: true } }] };
  }
  return { tasks: [{ lane, task, name }] };
}

/** Whether an edit ends a live location. */
export function isEnd({ private: { snapshot: { location } } }: EditTask): boolean {
  return location !== undefined && location.live_period === undefined;
}

/**
 * Somebody's reaction has changed. Only what a bot may set is mirrored: standard emoji (Bot API,
 * setMessageReaction).
 */
export function onReaction(
  { chat, message_id, user, actor_chat, new_reaction }: MessageReactionUpdated,
  customerId: number,
  { desk }: Circumstances,
): Change {
  const at: Place = { chatId: chat.id, messageId: message_id };
  const isCustomer = chat.id === customerId;
  const writer: Writer = isCustomer ? { kind: "customer" } : reactingAuthor(user, actor_chat, desk);
  const reactorId = actor_chat?.id ?? user?.id;
  if (writer.kind === "stranger" || reactorId === undefined) return {};
  const shown = new_reaction.findLast(({ type }) => type === "emoji");
  const emoji = shown?.type === "emoji" ? shown.emoji : null;
  return {
    tasks: [{
      lane: laneOf(desk, customerId, isCustomer ? "to-team" : "to-customer"),
      task: { kind: "reaction", at, writer, reactorId, private: { emoji } },
    }],
  };
}

function reactingAuthor(
  user: MessageReactionUpdated["user"],
  actorChat: MessageReactionUpdated["actor_chat"],
  desk: Circumstances["desk"],
): Author {
  if (actorChat) {
    const isDesk = actorChat.id === desk.channelId || actorChat.id === desk.groupId;
    return isDesk ? { kind: "desk", name: desk.title } : { kind: "stranger" };
  }
  return user && !user.is_bot ? personOf(user) : { kind: "stranger" };
}
