/**
 * What is carried across: a message in its lane, alone or in its album. Decisions, as pure functions
 * from a message's facts and the little we know to the change it causes.
 */
import type { CommandName } from "../commands/command.ts";
import type { Change } from "../jobs/change.ts";
import type { NamedJob, Reader } from "../jobs/reader.ts";
import type { Lane } from "../conversation/lane.ts";
import { answering, commandFacts, type MessageFacts } from "../message/facts.ts";
import { isWorded } from "../message/signature.ts";
import { needsCarrying, signed, type Snapshot, unsigned } from "../message/snapshot.ts";
import { isOn } from "../settings/settings.ts";
import type { RelayTask } from "../jobs/message_task.ts";
import type { AlbumTask } from "../jobs/album_task.ts";
import type { Writer } from "../jobs/writer.ts";
import { defined } from "../values/defined.ts";
import type { Circumstances } from "./circumstances.ts";

/** An album is sent this long after its first piece at the latest. */
const ALBUM_MOST_MS = 10_000;
/** So many pieces has an album (Bot API, sendMediaGroup). */
const ALBUM_MOST_PIECES = 10;
/** A record takes 64 KiB (https://docs.deno.com/deploy/kv/#limits); this leaves room for the rest. */
const ALBUM_MOST_BYTES = 56_000;

/** What is to be carried where, and whose it is. */
export interface ToCarry {
  message: MessageFacts;
  lane: Lane;
  writer: Writer;
  /** An internal note: it is kept, and stays here. */
  isNote?: boolean;
  /** It puts its whole album off. */
  isLater?: boolean;
  /** A command, if the team gave it. */
  asks?: CommandName | undefined;
}

/** What is to be carried, with what is kept of its words until it goes. */
interface Carried extends ToCarry {
  snapshot: Snapshot;
}

/**
 * Puts a message into its lane: by itself, or with the other pieces of its album. A piece that is a
 * note makes one of the whole album.
 */
export async function carry(
  toCarry: ToCarry,
  read: Reader,
  { nowMs, albumQuietMs }: Circumstances,
): Promise<Change> {
  const { message, lane } = toCarry;
  const carried = { ...toCarry, snapshot: await carriedSnapshot(toCarry, read) };
  const name = albumName(message);
  if (name === undefined) return { tasks: [{ lane, task: relayOf(carried) }] };
  const named = await read.named(lane, name);
  if (named) return await joinAlbum(carried, named, read, { nowMs, albumQuietMs });
  return {
    tasks: [{ lane, task: albumOf(carried), name, dueMs: nowMs + albumQuietMs }],
    ...(carried.isNote || carried.isLater ? staysHere(message) : {}),
  };
}

/** Under which name the album of a message can be found; `undefined`: it is in none. */
export function albumName({ album }: MessageFacts): string | undefined {
  return album === undefined ? undefined : `album/${album}`;
}

/**
 * What a message holds; who signs is kept only while answers are signed, or if it goes later, when
 * they may be.
 */
async function carriedSnapshot(
  { message, writer, isNote, isLater }: ToCarry,
  read: Reader,
): Promise<Snapshot> {
  const snapshot = snapshotBy(writer, message);
  if (isLater) return snapshot;
  const canBeSigned = writer.kind !== "customer" && !isNote && isWorded(message.shows.kind);
  const isSigned = canBeSigned && isOn(await read.settings(), "signature");
  return isSigned ? snapshot : unsigned(snapshot);
}

/** What a writer's message holds, with who signs it. */
export function snapshotBy(writer: Writer, { content }: MessageFacts): Snapshot {
  return "name" in writer ? signed(content.snapshot, writer.name) : content.snapshot;
}

/** Another piece of an album that waits or has gone. */
async function joinAlbum(
  carried: Carried,
  { job, messageId: firstId }: NamedJob,
  read: Reader,
  { nowMs, albumQuietMs }: Pick<Circumstances, "nowMs" | "albumQuietMs">,
): Promise<Change> {
  const { message: { place, shows }, lane, isNote, isLater, snapshot } = carried;
  const first = { chatId: place.chatId, messageId: firstId };
  if (job?.task.kind !== "album" || job.task.isClosed || !hasRoomForPiece(job.task, snapshot)) {
    // A straggler: the album is full, has gone without it, or was not meant to go.
    if (isNote || await read.wasNote(first)) return {};
    return { tasks: [{ lane, task: { ...relayOf(carried), answerTo: firstId } }] };
  }
  const task: AlbumTask = {
    ...job.task,
    ...defined({ isNote: isNote || undefined }),
    pieces: [...job.task.pieces, { messageId: place.messageId, shows }],
    ...(job.task.later ? {} : defined({ later: laterOf(carried) })),
    private: {
      ...job.task.private,
      snapshots: [...job.task.private.snapshots, snapshot],
      ...(isLater ? { wording: carried.message.wording } : {}),
    },
  };
  const dueMs = Math.min(nowMs + albumQuietMs, job.acceptedMs + ALBUM_MOST_MS);
  return {
    rewrites: [{ ...job, task, dueMs, decidedMs: nowMs }],
    ...(isNote || isLater ? { notes: [first] } : {}),
  };
}

/** What puts the album of a message off, if the message does. */
function laterOf({ message: { place, album }, isLater }: Carried): AlbumTask["later"] {
  return isLater && album !== undefined ? { messageId: place.messageId, album } : undefined;
}

function relayOf({ message, writer, asks, snapshot }: Carried): RelayTask {
  const { place: from, shows, replyTrace } = message;
  const secret = defined({
    snapshot: needsCarrying(snapshot, shows.kind) ? snapshot : undefined,
    given: asks && commandFacts(message),
  });
  return {
    kind: "relay",
    from,
    shows,
    writer,
    ...answering(message),
    ...defined({ asks, replyTrace: writer.kind === "customer" ? undefined : replyTrace }),
    ...(Object.keys(secret).length > 0 ? { private: secret } : {}),
  };
}

/** The album that begins with a message. */
export function albumOf(carried: Carried): AlbumTask {
  const { message, writer, isNote, snapshot } = carried;
  const { place: { chatId, messageId, rootId }, shows, wording } = message;
  const later = laterOf(carried);
  return {
    kind: "album",
    chatId,
    ...defined({ rootId }),
    pieces: [{ messageId, shows }],
    writer,
    ...answering(message),
    ...defined({ isNote: isNote || undefined, later }),
    private: {
      snapshots: [snapshot],
      ...defined({ wording: later && wording }),
    },
  };
}

/** Whether another piece fits into an album's record: long captions add up. */
export function hasRoomForPiece(album: AlbumTask, piece: Snapshot): boolean {
  if (album.pieces.length >= ALBUM_MOST_PIECES) return false;
  const snapshots = [...album.private.snapshots, piece];
  return new TextEncoder().encode(JSON.stringify(snapshots)).length <= ALBUM_MOST_BYTES;
}

/** Not for the other side; if it is edited into something that is, it goes there then. */
export function staysHere({ place: { chatId, messageId } }: MessageFacts): Change {
  return { notes: [{ chatId, messageId }] };
}
