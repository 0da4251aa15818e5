/** An album of which Telegram has copied only what is still there: which pieces those are. */
import type { AlbumTask } from "../../jobs/album_task.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { classify } from "../classify.ts";
import { albumLinksOf, earlierOfAlbum } from "./album_links.ts";
import { lookAt } from "./astray.ts";
import type { Delivery } from "./delivery.ts";
import { andTold, delivered } from "./endings.ts";

/** Links the copies to the pieces that are still where they were written, and says how many came. */
export async function incompleteAlbum(
  delivery: Delivery,
  task: AlbumTask,
  copies: number[],
): Promise<Outcome> {
  const earlier = await earlierOfAlbum(delivery, task);
  const left = await notGone(delivery, task);
  const links = left.length === copies.length
    ? albumLinksOf(delivery, { ...task, pieces: left }, copies, earlier)
    : [];
  const of = task.pieces.length;
  const notice = { text: "album-incomplete", sent: copies.length, of } as const;
  const answerTo = (left[0] ?? task.pieces[0]!).messageId;
  return andTold(delivery, delivered(delivery, links, []), {
    kind: "notice",
    notice,
    answerTo,
    answerIn: task.chatId,
  });
}

/** Whether anything of an album still is where it was written. */
export async function isLeft(delivery: Delivery, task: AlbumTask): Promise<boolean> {
  return (await notGone(delivery, task)).length > 0;
}

/** The pieces that still are where they were written. */
async function notGone(delivery: Delivery, task: AlbumTask): Promise<AlbumTask["pieces"]> {
  const looks = await Promise.all(
    task.pieces.map(({ messageId }) => lookAt(delivery, task.chatId, messageId)),
  );
  return task.pieces.filter((_, index) => {
    const { failure } = looks[index]!;
    return !failure || classify(failure).kind !== "no message";
  });
}
