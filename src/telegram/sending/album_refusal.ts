/** What the refusal of an album says of its pieces. */
import type { AlbumTask } from "../../jobs/album_task.ts";
import { classify, type Failure } from "../classify.ts";

/** Which pieces may be to blame, the likeliest first: one alone, or all of a kind. */
export function suspectsIn({ pieces }: AlbumTask, failure: Failure): number[][] {
  const named = namedPieceIn(failure);
  if (named > 0) return pieces.length > 2 ? [[named]] : [];
  const each = isOfKind(failure) ? [] : pieces.map((_, index) => [index]);
  const ofAKind = [...Map.groupBy(pieces.keys(), (index) => pieces[index]!.shows.kind).values()];
  return [...each, ...ofAKind.filter(({ length }) => length > 1 || isOfKind(failure))]
    .filter((suspect) => pieces.length - suspect.length > 1);
}

/** The index of the piece that a refusal names; 0: it may be any. */
function namedPieceIn({ description }: Failure): number {
  return Number(/failed to send message #(\d+)/i.exec(description)?.[1] ?? 1) - 1;
}

/** Whether a refusal is the same as one with more pieces: then those left out are not to blame. */
export function isSameRefusal(failure: Failure, earlier: Failure): boolean {
  const [words, before] = [failure, earlier].map(({ description }) =>
    description.replace(/#\d+/, "")
  );
  return words === before && namedPieceIn(failure) === 0;
}

/**
 * Whether an album may be refused in this way for the sake of some of its pieces. That a kind is not
 * allowed is of some pieces only while there are others, more than one.
 */
export function isOfPieces(failure: Failure, { pieces }: AlbumTask): boolean {
  if (isOfKind(failure)) {
    const kinds = Map.groupBy(pieces, ({ shows }) => shows.kind);
    return [...kinds.values()].some(({ length }) => pieces.length - length > 1);
  }
  const { kind } = classify(failure);
  return kind === "refused" || kind === "uneditable" || kind === "uncopyable";
}

/** Whether a kind is not allowed, and there are pieces of another. */
export function isOfAKind(failure: Failure, { pieces }: AlbumTask): boolean {
  return isOfKind(failure) && new Set(pieces.map(({ shows }) => shows.kind)).size > 1;
}

/** Whether a chat does not let a kind of media be sent to it. */
export function isOfKind({ code, description }: Failure): boolean {
  return code === 400 && /not enough rights to send /i.test(description);
}
