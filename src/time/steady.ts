/** A clock that only goes forward, for what lasts a while and is no moment of anybody's day. */

/**
 * A clock that goes on from where another one is, and stands still where that one is set back.
 * @param now milliseconds from any beginning
 */
export function steadyClock(now: () => number): () => number {
  let lastMs = now();
  let aheadMs = 0;
  return () => {
    const nowMs = now();
    if (nowMs < lastMs) aheadMs += lastMs - nowMs;
    lastMs = nowMs;
    return nowMs + aheadMs;
  };
}
