/** How long ago a moment was, and which of two came later, where the clock may have been set back. */

/**
 * Whether a moment is less than `forMs` ago. One that lies ahead shows that the clock was set back
 * since: nothing tells how long ago it was then, so it is taken for long past; as is one that never
 * was.
 */
export function isWithin(forMs: number, sinceMs: number | undefined, nowMs: number): boolean {
  return sinceMs !== undefined && sinceMs <= nowMs && nowMs - sinceMs < forMs;
}

/** Whether a moment came after another; what lies ahead was before the clock was set back. */
export function isLater(momentMs: number, otherMs: number, nowMs: number): boolean {
  const past = (ms: number) => ms <= nowMs ? ms : -Infinity;
  return past(momentMs) > past(otherMs);
}
