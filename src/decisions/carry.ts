/**
 * What is carried across: a message in its lane, alone or in its album; and what is said if it cannot
 * be. Decisions, as pure functions from a message and the little we know to the change it causes.
 */
import type { Message } from "grammy/types";
import type { Change } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { showsOf } from "../message/fingerprint.ts";
import { type Lane } from "../conversation/lane.ts";
import { toContent, traceOf } from "../replies/reply.ts";
import { needsCarrying, signed, type Snapshot, snapshotOf } from "../message/snapshot.ts";
import { type AlbumTask, type RelayTask, type Writer } from "../jobs/task.ts";
import { Circumstances } from "./circumstances.ts";
import { albumOf, answering, placeOf } from "../message/facts.ts";

/** An album is sent this long after its first piece at the latest. */
const ALBUM_MOST_MS = 10_000;
/** A record takes 64 KiB (https://docs.deno.com/deploy/kv/#limits); this leaves room for the rest. */
const ALBUM_MOST_BYTES = 56_000;

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

/** Not for the other side; if it is edited into something that is, it goes there then. */
export function staysHere({ chat, message_id }: Message): Change {
  return { notes: [{ chatId: chat.id, messageId: message_id }] };
}
