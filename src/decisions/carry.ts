/**
 * What is carried across: a message in its lane, alone or in its album; and what is said if it cannot
 * be. Decisions, as pure functions from a message and the little we know to the change it causes.
 */
import type { Message } from "grammy/types";
import type { Change, Reader } from "../jobs/change.ts";
import type { ContentKind } from "../message/content.ts";
import type { Desk } from "../desk/desk.ts";
import { showsOf } from "../message/fingerprint.ts";
import type { Job } from "../jobs/job.ts";
import { type Lane, otherLane } from "../conversation/lane.ts";
import type { Place } from "../message/link.ts";
import type { Notice, Undeliverable } from "../texts/notice.ts";
import { toContent, traceOf } from "../replies/reply.ts";
import { needsCarrying, signed, type Snapshot, snapshotOf } from "../message/snapshot.ts";
import {
  type AlbumTask,
  chatOf,
  messageOf,
  type NoticeTask,
  type RelayTask,
  type Writer,
} from "../jobs/task.ts";

/** What decisions depend on besides the update and the records. */
export interface Circumstances {
  desk: Desk;
  nowMs: number;
  /** How long an album waits for its next piece. */
  albumQuietMs: number;
  /** How long links live. */
  retentionDays: number;
  /** Under which the fingerprints of messages are taken. */
  fingerprintKey: string;
  /** The bot's own user ID, and its username without `@`. */
  botId: number;
  botUsername: string;
}

/** An album is sent this long after its first piece at the latest. */
const ALBUM_MOST_MS = 10_000;
/** A record takes 64 KiB (https://docs.deno.com/deploy/kv/#limits); this leaves room for the rest. */
const ALBUM_MOST_BYTES = 56_000;
const KEPT_MOST_BYTES = 50_000;

/**
 * Puts a message into its lane: by itself, or with the other pieces of its album. A piece that is a
 * note makes one of the whole album.
 */
export async function carry(
  message: Message,
  lane: Lane,
  writer: Writer,
  read: Reader,
  { nowMs, albumQuietMs, fingerprintKey, botId }: Circumstances,
  { isNote = false }: { isNote?: boolean } = {},
): Promise<Change> {
  const shows = showsOf(message, fingerprintKey);
  const from = placeOf(message, lane);
  const { chatId, messageId } = from;
  const isOfTeam = writer.kind !== "customer";
  const snapshot = "name" in writer
    ? signed(snapshotOf(message), writer.name)
    : snapshotOf(message);
  const reply = isOfTeam && message.via_bot?.id === botId ? toContent(message) : null;
  const relay: RelayTask = {
    kind: "relay",
    from,
    shows,
    writer,
    ...answering(message),
    ...(reply ? { replyTrace: traceOf(reply, fingerprintKey) } : {}),
    ...(needsCarrying(snapshot, shows.kind) ? { private: { snapshot } } : {}),
  };
  const name = albumOf(message);
  if (name === undefined) return { tasks: [{ lane, task: relay }] };

  const named = await read.named(lane, name);
  const piece = { messageId, shows };
  if (!named) {
    const task: AlbumTask = {
      kind: "album",
      chatId,
      ...(from.rootId === undefined ? {} : { rootId: from.rootId }),
      pieces: [piece],
      writer,
      ...answering(message),
      ...(isNote ? { isNote } : {}),
      private: { snapshots: [snapshot] },
    };
    return {
      tasks: [{ lane, task, name, dueMs: nowMs + albumQuietMs }],
      ...(isNote ? { notes: [{ chatId, messageId }] } : {}),
    };
  }
  const { job } = named;
  const first = { chatId, messageId: named.messageId };
  if (job?.task.kind !== "album" || job.task.isClosed || !hasRoom(job.task, snapshot)) {
    // A straggler: the album is full, has gone without it, or was not meant to go.
    if (isNote || await read.wasNote(first)) return {};
    return { tasks: [{ lane, task: { ...relay, answerTo: first.messageId } }] };
  }
  const task: AlbumTask = {
    ...job.task,
    ...(isNote ? { isNote } : {}),
    pieces: [...job.task.pieces, piece],
    private: { snapshots: [...job.task.private.snapshots, snapshot] },
  };
  const dueMs = Math.min(nowMs + albumQuietMs, job.acceptedMs + ALBUM_MOST_MS);
  return {
    rewrites: [{ ...job, task, dueMs }],
    ...(isNote ? { notes: [first] } : {}),
  };
}

/** Whether another piece fits into an album's record: long captions add up. */
function hasRoom(album: AlbumTask, piece: Snapshot): boolean {
  const snapshots = [...album.private.snapshots, piece];
  return new TextEncoder().encode(JSON.stringify(snapshots)).length <= ALBUM_MOST_BYTES;
}

/**
 * What tells the sender's side that a job was given up: one line, as an answer to the message that
 * was not delivered, or to the command that was not obeyed. If it is of a kind that cannot be shown,
 * the other side is told that something came. Tasks that carry nobody's message are given up in the
 * log alone.
 */
export function onGivenUp({ task, lane }: Job, why: Undeliverable): Change {
  const answerIn = chatOf(task);
  if (answerIn === undefined || task.kind === "reaction") return {};
  const answerTo = messageOf(task);
  if (task.kind === "command") {
    // It is answered where it was given: that may be in no thread.
    const answer: NoticeTask = { kind: "notice", notice: { text: "not-obeyed", why }, answerTo };
    return { tasks: [{ lane, task: { ...answer, chatId: answerIn } }] };
  }
  const notice: Notice = { text: "undeliverable", why };
  return {
    tasks: [{ lane: otherLane(lane), task: { kind: "notice", notice, answerTo, answerIn } }],
    ...(why.because === "kind" ? { instead: [cannotBeShown(why.content)] } : {}),
  };
}

/** What is said of a message that cannot be shown. */
export function cannotBeShown(content: ContentKind): NoticeTask {
  return { kind: "notice", notice: { text: "cannot-show", content } };
}

/** Not for the other side; if it is edited into something that is, it goes there then. */
export function staysHere({ chat, message_id }: Message): Change {
  return { notes: [{ chatId: chat.id, messageId: message_id }] };
}

/**
 * A message as it can wait until it is known whose it is: a record of the database takes 64 KiB
 * (https://docs.deno.com/deploy/kv/#limits), so of a very long one what it answers is left out.
 */
export function kept(message: Message): Message {
  const bytes = new TextEncoder().encode(JSON.stringify(message)).length;
  if (bytes < KEPT_MOST_BYTES) return message;
  const { reply_to_message: _answered, ...rest } = message;
  return rest as Message;
}

/** Comments that start with `#` are internal notes of the team. */
export function isNote(message: Message): boolean {
  return (message.text ?? message.caption ?? "").startsWith("#");
}

/** Where a message of a lane's writer is; in the group, with the thread it is in. */
export function placeOf({ chat, message_id, message_thread_id }: Message, lane: Lane): Place {
  const isInThread = lane.direction === "to-customer" && message_thread_id !== undefined;
  return {
    chatId: chat.id,
    messageId: message_id,
    ...(isInThread ? { rootId: message_thread_id } : {}),
  };
}

/** Under which name the album of a message can be found; nothing if it is in none. */
export function albumOf(message: Message): string | undefined {
  const isPiece = message.media_group_id !== undefined && snapshotOf(message).media !== undefined;
  return isPiece ? `album/${message.media_group_id}` : undefined;
}

/** Which message of its chat a message answers, if any. The root is answered by every comment. */
export function answering(message: Message): { answerTo?: number } {
  const answered = message.reply_to_message;
  return answered && !answered.is_automatic_forward ? { answerTo: answered.message_id } : {};
}
