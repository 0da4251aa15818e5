/** What links the pieces of an album to their copies, and to what is there of it already. */
import type { Link, Place } from "../../message/link.ts";
import type { AlbumTask } from "../../jobs/album_task.ts";
import { defined } from "../../values/defined.ts";
import type { Delivery } from "./delivery.ts";
import { straysOf, withEarlier } from "./parts.ts";

/** What is there of an album before it goes itself. */
export interface EarlierOfAlbum {
  /** The line before it, if there is one. */
  earlier: number[];
  /** What is there of the album in a group that is no longer the desk's. */
  strays: Link[];
}

/**
 * What is there of an album, to be read before it is sent: a read that fails must not have it sent
 * again.
 */
export async function earlierOfAlbum(delivery: Delivery, task: AlbumTask): Promise<EarlierOfAlbum> {
  const places = task.isPrefixed
    ? task.pieces.map(({ messageId }) => placeIn(task, messageId))
    : [];
  const known = await Promise.all(places.map((place) => delivery.read.counterpart(place)));
  const strays = await Promise.all(
    places.map((place, index) => straysOf(delivery, place, known[index]!)),
  );
  return {
    earlier: known.flatMap((each) => withEarlier(delivery, each).also ?? []),
    strays: strays.flat(),
  };
}

/** The links of the pieces to their copies, one for each in their order. */
export function albumLinksOf(
  delivery: Delivery,
  task: AlbumTask,
  copies: number[],
  { earlier }: Pick<EarlierOfAlbum, "earlier">,
): Link[] {
  return task.pieces.flatMap(({ messageId, shows }, index) => {
    const copy = copies[index];
    if (copy === undefined) return [];
    const also = [...earlier, ...copies.filter((other) => other !== copy)];
    const shown = { ...shows, ...defined({ answerTo: task.answerTo }) };
    const there = delivery.placeThere(copy);
    return [{ here: placeIn(task, messageId), there, shows: shown, also }];
  });
}

/** Where a piece was written. */
export function placeIn({ chatId, rootId }: AlbumTask, messageId: number): Place {
  return { chatId, messageId, ...defined({ rootId }) };
}
