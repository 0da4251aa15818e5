/** Cards whose threads came late, or never. */
import type { Card } from "./cast.ts";
import type { Rest } from "./rest.ts";

/** A thread that has not begun this long after its desk was repaired is begun anew. */
const LATE_ROOT_MS = 30_000;

/** The cards whose threads were heard of so late that others may have been begun instead, or never. */
export function lateAmong(
  cards: readonly Card[],
  { cast, rootsLearnedMs }: Pick<Rest, "cast" | "rootsLearnedMs">,
): Card[] {
  const learnedMs = new Map(
    cast.threads().map(({ chat, rootId, card }) => [
      card.postId,
      rootsLearnedMs.get(`${chat.id}/${rootId}`),
    ]),
  );
  return cards.filter(({ postId, postedMs }) =>
    (learnedMs.get(postId) ?? Infinity) - postedMs >= LATE_ROOT_MS
  );
}
