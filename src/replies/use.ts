/** How much a canned reply is used: a count for people to read, a score that fades for the order. */
import { DAY_MS } from "../time/duration.ts";

/** What is kept of a reply's uses. */
export interface ReplyUse {
  count: number;
  /** One for each use, halved every two weeks; as it was at `atMs`. */
  score: number;
  atMs: number;
}

/** After this long a use counts half. */
export const HALF_LIFE_MS = 14 * DAY_MS;

/** One use more. */
export function usedAgain(use: ReplyUse | null, nowMs: number): ReplyUse {
  const { count, score, atMs } = use ?? { count: 0, score: 0, atMs: nowMs };
  const faded = score * 2 ** ((atMs - nowMs) / HALF_LIFE_MS);
  return { count: count + 1, score: faded + 1, atMs: nowMs };
}

/**
 * A number that orders replies by their scores. All fade alike, so the order is the same at any
 * time, and so is the number.
 */
export function usageRankOf(use: ReplyUse | undefined): number {
  return use ? Math.log2(use.score) + use.atMs / HALF_LIFE_MS : -Infinity;
}
