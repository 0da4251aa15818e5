/** The pieces of an album: in their order, some of them, or each by itself. */
import type { RelayTask } from "../../jobs/message_task.ts";
import type { AlbumTask } from "../../jobs/album_task.ts";
import { defined } from "../../values/defined.ts";
import { placeIn } from "./album_links.ts";

/** The album of some of the pieces. */
export function someOfAlbum(task: AlbumTask, isIn: (index: number) => boolean): AlbumTask {
  return {
    ...task,
    pieces: task.pieces.filter((_, index) => isIn(index)),
    private: { snapshots: task.private.snapshots.filter((_, index) => isIn(index)) },
  };
}

/** Each piece as a message of its own. */
export function singly(task: AlbumTask): RelayTask[] {
  return task.pieces.map((_, index) => asRelay(task, index));
}

/** One of the pieces as a message of its own. */
export function asRelay(task: AlbumTask, index: number): RelayTask {
  const { messageId, shows } = task.pieces[index]!;
  return {
    kind: "relay",
    from: placeIn(task, messageId),
    shows,
    writer: task.writer,
    // Its caption follows as a text already.
    ...(shows.isInParts ? { isWithoutCaption: true } : {}),
    ...defined({
      answerTo: task.answerTo,
      isLater: task.isLater,
      isPrefixed: task.isPrefixed,
    }),
    private: { snapshot: task.private.snapshots[index]! },
  };
}

/** Copies need increasing IDs, and pieces may have come in any order. */
export function piecesInOrder(task: AlbumTask): AlbumTask {
  const order = task.pieces.map((_, index) => index)
    .sort((a, b) => task.pieces[a]!.messageId - task.pieces[b]!.messageId);
  return {
    ...task,
    pieces: order.map((index) => task.pieces[index]!),
    private: { snapshots: order.map((index) => task.private.snapshots[index]!) },
  };
}
