/** What follows from editing a message, and from reacting to one. */
import type { Change } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { isBannedAt } from "./ban.ts";
import { isForBot } from "./contact.ts";
import { type Conversation, heard } from "../conversation/conversation.ts";
import type { Job } from "../jobs/job.ts";
import { type Lane, laneOf } from "../conversation/lane.ts";
import { answering, type MessageFacts } from "../message/facts.ts";
import type { Place } from "../message/link.ts";
import type { Wording } from "../words/language.ts";
import { albumName, snapshotBy } from "./carry.ts";
import { formerDeskOf, type Formerly, laneAt } from "./former.ts";
import { goneOn, tellingGoneOn } from "./gone_on.ts";
import { amendment } from "./later_message.ts";
import type { Circumstances } from "./circumstances.ts";
import type { EditTask } from "../jobs/message_task.ts";
import type { NoticeTask } from "../jobs/notice_task.ts";
import type { Writer } from "../jobs/writer.ts";
import { isCarrying } from "../jobs/task_traits.ts";
import type { Desk } from "../desk/desk.ts";
import type { Author } from "../desk/team.ts";
import { defined } from "../values/defined.ts";

/** A customer has edited a message of theirs. */
export async function onCustomerEdit(
  message: MessageFacts,
  read: Reader,
  { desk, desks }: Circumstances,
): Promise<Change> {
  const { place, wording } = message;
  const known = await read.conversation(place.chatId);
  if (known?.status === "banned") return {};
  const former = await formerDeskOf(read, place.chatId, place);
  // What a desk shows that is no more, or was in another channel, is edited nowhere.
  const there = former && desks.find(({ channelId }) => channelId === former.deskId);
  if (former && there) {
    return await onFormerEdit(message, known, { ...former, name: there.name }, { desk, read });
  }
  if (!known) return await onLeftEdit(message, read, desk);
  const lane = laneOf(desk, place.chatId, "to-team");
  // A message that was shown is edited there, whatever it asks now.
  const noted = known.silence ? { conversations: [heard(known)] } : {};
  if (isForBot(message) && await read.counterpart(place) === null) return noted;
  const editor: Editor = { lane, writer: { kind: "customer" }, wording, isNote: false };
  return { ...await onEdit(message, editor, read), ...noted };
}

/** It is shown in a channel that the desk has left, if anywhere: its author is told that it is not edited. */
async function onLeftEdit(
  { place, content, wording }: MessageFacts,
  read: Reader,
  desk: Desk,
): Promise<Change> {
  const { chatId, messageId } = place;
  if (content.kind === "location" || await isBannedAt(read, chatId)) return {};
  const shown = await Promise.all(
    (await read.formerly()).map(({ read }) => read.counterpart(place)),
  );
  if (shown.every((each) => each === null)) return {};
  return {
    tasks: [{
      lane: laneOf(desk, chatId, "to-customer"),
      task: {
        kind: "notice",
        notice: { text: "too-old" },
        answerTo: messageId,
        answerIn: chatId,
        private: { wording },
      },
    }],
  };
}

/** It is shown at a desk where they were before: its copy changes there, and this one is told so. */
async function onFormerEdit(
  message: MessageFacts,
  known: Conversation | null,
  former: Formerly & { name: string },
  { desk, read }: { desk: Desk; read: Reader },
): Promise<Change> {
  const { place, wording } = message;
  const noted = known?.silence ? { conversations: [heard(known)] } : {};
  const lane = laneAt(former, "to-team");
  const editor: Editor = { lane, writer: { kind: "customer" }, wording, isNote: false };
  const edited = await onEdit(message, editor, former.read);
  // A live location moves on and on; and without a conversation there is no thread to be told.
  const isTold = known !== null && message.content.kind !== "location";
  if (!isTold || Object.keys(edited).length === 0) return { ...edited, ...noted };
  const here = laneOf(desk, place.chatId, "to-team");
  const name = `edited-before/${place.messageId}`;
  const isSaid = (await read.named(here, name))?.job?.task.kind === "notice";
  const notice = { text: "edited-before", desk: former.name } as const;
  const telling = { lane: here, task: { kind: "notice", notice }, name } as const;
  return { ...edited, ...noted, tasks: [...edited.tasks ?? [], ...isSaid ? [] : [telling]] };
}

/**
 * Somebody has edited a comment in a customer's thread. One that is a note or a command now must
 * not go out any more if it still waits: a copy shows what a message is when it is copied.
 */
export async function onCommentEdit(
  message: MessageFacts,
  customerId: number,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  const { desk } = circumstances;
  const { place, author: writer } = message;
  if (writer.kind === "stranger") return {};
  const lane = laneOf(desk, customerId, "to-customer");
  const amended = await amendment(message, customerId, read, desk);
  if (amended) return amended;
  const gone = await goneOn(customerId, read, circumstances);
  if (gone && (await read.carriers(lane, place)).length === 0) {
    return message.isNote || message.given !== null
      ? {}
      : await tellingGoneOn(message, gone, read, circumstances);
  }
  const name = albumName(message);
  const album = name === undefined ? null : await read.named(lane, name);
  const first = album && { chatId: place.chatId, messageId: album.messageId };
  const isNoteNow = message.isNote || message.given !== null ||
    (first !== null && await read.wasNote(first));
  const change = await onEdit(message, { lane, writer, isNote: isNoteNow }, read);
  if (!isNoteNow) return change;
  // What has begun to go in parts is there already: the rest belongs to it. What a command asked for
  // is not its message.
  const carriers = (await read.carriers(lane, place))
    .filter(({ task }) => task.kind === "relay" || task.kind === "album");
  return {
    ...change,
    rewrites: [...change.rewrites ?? [], ...carriers.map(withdrawn)],
    ...(first && carriers.some(({ task }) => task.kind === "album") ? { notes: [first] } : {}),
  };
}

/** The job of a message that is not to go any more. */
export function withdrawn(job: Job): Job {
  const { task } = job;
  return isCarrying(task) || task.kind === "command"
    ? { ...job, task: { ...task, isNote: true } }
    : job;
}

/** Who edits, and what that means for the edit. */
interface Editor {
  lane: Lane;
  writer: Writer;
  wording?: Wording;
  isNote: boolean;
}

/** Puts an edit into its message's lane. */
async function onEdit(
  message: MessageFacts,
  { lane, writer, wording, isNote }: Editor,
  read: Reader,
): Promise<Change> {
  const { place: at, shows, sentMs, editedMs } = message;
  // What is not shown on the other side has nothing there to be edited.
  if (message.treatment !== "copy") return {};
  const task: EditTask = {
    kind: "edit",
    at,
    shows,
    writer,
    sentMs,
    isNote,
    ...answering(message),
    ...defined({ editedMs }),
    private: { snapshot: snapshotBy(writer, message), ...defined({ wording }) },
  };
  return await mirrored(task, lane, read);
}

/** Puts an edit into a lane, in the place of an older one of the same message that waits there. */
export async function mirrored(task: EditTask, lane: Lane, read: Reader): Promise<Change> {
  const { at } = task;
  const name = editName(at);
  const waiting = (await read.named(lane, name))?.job;
  // Where a live location ended is shown by its last move; the end only says that it ended.
  const canReplace = waiting?.task.kind === "edit" && waiting.task.history === undefined &&
    (!isEnd(task) || isEnd(waiting.task));
  if (canReplace) {
    return { rewrites: [{ ...waiting, task: { ...task, isUnsure: true } }] };
  }
  return { tasks: [{ lane, task, name }] };
}

/** Under which name the edit of a message can be found while it waits. */
export function editName({ chatId, messageId }: Place): string {
  return `edit/${chatId}/${messageId}`;
}

/** Whether an edit ends a live location. */
export function isEnd({ private: { snapshot: { location } } }: EditTask): boolean {
  return location !== undefined && location.live_period === undefined;
}

/** What its author is told of an edit that nobody can be shown any more. */
export function tooOld({ at, private: { wording } }: EditTask): NoticeTask {
  return {
    kind: "notice",
    notice: { text: "too-old" },
    answerTo: at.messageId,
    answerIn: at.chatId,
    ...defined({ private: wording && { wording } }),
  };
}

/** What somebody's reaction to a message is by now. */
export interface Reaction {
  at: Place;
  author: Author;
  /** What the person or chat is to Telegram; absent: nobody we can name. */
  reactorId?: number;
  /** A standard emoji; `null`: none any more, or another kind of reaction. */
  emoji: string | null;
}

/** A customer's reaction has changed: it is mirrored where the message is shown. */
export async function onCustomerReaction(
  reaction: Reaction,
  customerId: number,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  const known = await read.conversation(customerId);
  if (known?.status === "banned") return {};
  const former = await formerDeskOf(read, customerId, reaction.at);
  const change = onReaction(reaction, customerId, circumstances);
  if (!former) return known ? change : {};
  const lane = laneAt(former, "to-team");
  return { tasks: (change.tasks ?? []).map((each) => ({ ...each, lane })) };
}

/** Somebody's reaction has changed: it is mirrored on the other side. */
export function onReaction(
  { at, author, reactorId, emoji }: Reaction,
  customerId: number,
  { desk }: Circumstances,
): Change {
  const isCustomer = at.chatId === customerId;
  const writer: Writer = isCustomer ? { kind: "customer" } : author;
  if (writer.kind === "stranger" || reactorId === undefined) return {};
  return {
    tasks: [{
      lane: laneOf(desk, customerId, isCustomer ? "to-team" : "to-customer"),
      task: { kind: "reaction", at, writer, reactorId, private: { emoji } },
    }],
  };
}
