/** Messages with the command that puts them off: how they come, and what they become. */
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { wordsAfterCommand } from "../commands/command.ts";
import { wordsBehindWhen } from "../later/request.ts";
import { plain } from "../words/formatted.ts";
import type { Amended, CarriedLater, CommandTask } from "../jobs/request_task.ts";
import type { AlbumTask } from "../jobs/album_task.ts";
import { type Lane, laneOf } from "../conversation/lane.ts";
import type { Desk } from "../desk/desk.ts";
import { commandFacts, type MessageFacts } from "../message/facts.ts";
import { defined } from "../values/defined.ts";
import { albumName, albumOf, snapshotBy } from "./carry.ts";
import { laterAlbumName, laterCommandName } from "./later_names.ts";

/** Whether a message begins with the command. */
export function putsOff({ given }: Pick<MessageFacts, "given">): boolean {
  return given !== null && given !== "of another bot" && given.name === "later";
}

/** What a message has sent later, if it has anything: a text alone may put off the conversation. */
export function carriedLater(
  { content: { kind, snapshot }, shows, sentMs }: MessageFacts,
): CarriedLater | undefined {
  const words = wordsBehindWhen(wordsAfterCommand(snapshot.words ?? plain("")));
  return kind === "text" && !words ? undefined : { shows, sentMs, count: 1 };
}

/** The command that puts an album off, once all its pieces are there. */
export function laterAlbum({ customerId, deskId }: Lane, album: AlbumTask): NewTask[] {
  const { writer, later, chatId, rootId, pieces } = album;
  const piece = pieces.find(({ messageId }) => messageId === later?.messageId);
  if (!later || !piece || writer.kind === "customer") return [];
  const given = {
    author: writer,
    wording: album.private.wording ?? {},
    content: { kind: piece.shows.kind, snapshot: {} },
    isOfAlbum: true,
  } as const;
  return [{
    lane: { deskId, customerId, direction: "to-desk" },
    name: laterAlbumName(later.album),
    task: {
      kind: "command",
      name: "later",
      at: { chatId, messageId: later.messageId, ...defined({ rootId }) },
      by: writer,
      carries: { shows: piece.shows, sentMs: 0, count: pieces.length },
      private: { given, album },
    },
  }];
}

/** A piece that comes when its album has been put off already; `null`: it is no such piece. */
export async function latePiece(
  message: MessageFacts,
  customerId: number,
  read: Reader,
  { desk }: { desk: Desk },
): Promise<Change | null> {
  const { album, place: { messageId } } = message;
  const lane = laneOf(desk, customerId, "to-desk");
  const isLate = album !== undefined && await read.named(lane, laterAlbumName(album)) !== null;
  if (!isLate) return null;
  const { author: writer } = message;
  const piece = {
    ...albumOf({ message, lane, writer, snapshot: snapshotBy(writer, message) }),
    later: { messageId, album },
  };
  const change = amending(message, lane, "piece", piece);
  return change;
}

/** What follows from editing a message that was given as such a command; `null`: it never was. */
export async function amendment(
  message: MessageFacts,
  customerId: number,
  read: Reader,
  desk: Desk,
): Promise<Change | null> {
  const lane = laneOf(desk, customerId, "to-desk");
  if (await read.named(lane, laterCommandName(message)) === null) {
    return await amendedAlbum(message, customerId, read, desk);
  }
  if (message.treatment !== "copy") return {};
  const isNote = message.isNote || message.given !== null;
  return amending(message, lane, putsOff(message) ? "command" : isNote ? "note" : "answer");
}

/** It goes behind the command itself, and behind what it has become before. */
function amending(
  message: MessageFacts,
  lane: Lane,
  amends: Amended,
  album?: AlbumTask,
): Change {
  const { place: at, author: by, shows, sentMs } = message;
  const task: CommandTask = {
    kind: "command",
    name: "later",
    at,
    by,
    carries: { shows, sentMs, count: amends === "piece" ? 1 : 0 },
    amends,
    private: { given: commandFacts(message), ...defined({ album }) },
  };
  return { tasks: [{ lane, task, name: laterCommandName(message) }] };
}

/** An edit of a piece while more of its album may come; `null`: its album is not to be put off. */
async function amendedAlbum(
  message: MessageFacts,
  customerId: number,
  read: Reader,
  desk: Desk,
): Promise<Change | null> {
  const { author: writer, place: { messageId }, shows } = message;
  const name = albumName(message);
  const lane = laneOf(desk, customerId, "to-customer");
  const job = name === undefined ? null : (await read.named(lane, name))?.job;
  if (job?.task.kind !== "album" || !job.task.later || job.task.isLater) return null;
  const { later, ...album } = job.task;
  const at = album.pieces.findIndex((piece) => piece.messageId === messageId);
  if (at < 0) return null;
  const isNoMore = later.messageId === messageId && !putsOff(message);
  const isNote = isNoMore && (message.isNote || message.given !== null);
  const task: AlbumTask = {
    ...album,
    ...(isNoMore ? defined({ isNote: isNote || undefined }) : { later }),
    pieces: album.pieces.with(at, { messageId, shows }),
    private: {
      ...album.private,
      snapshots: album.private.snapshots.with(at, snapshotBy(writer, message)),
    },
  };
  return { rewrites: [{ ...job, task }] };
}
