/** What the refusal of an album says of its pieces. */
import type { AlbumTask } from "../../jobs/task.ts";
import { classify, type Failure } from "../classify.ts";

/** Which pieces may be to blame, the likeliest first: one alone, or all of a kind. */
export function suspectsIn({ pieces }: AlbumTask, failure: Failure): number[][] {
  const named = namedPieceIn(failure);
  if (named > 0) return pieces.length > 2 ? [[named]] : [];
  const each = pieces.map((_, index) => [index]);
  const ofAKind = [...Map.groupBy(pieces.keys(), (index) => pieces[index]!.shows.kind).values()];
  return [...each, ...ofAKind.filter(({ length }) => length > 1)]
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

/** Whether an album may be refused in this way for the sake of some of its pieces. */
export function isOfPieces(failure: Failure): boolean {
  const { kind } = classify(failure);
  const isOfKind = failure.code === 400 && /not enough rights to send /i.test(failure.description);
  return kind === "refused" || kind === "uneditable" || kind === "uncopyable" || isOfKind;
}
