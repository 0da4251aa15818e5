/** Timers: something is called after a while, unless that is taken back. */

/** Has `ring` called after so many milliseconds; returns what takes that back. */
export type SetTimer = (ms: number, ring: () => void) => () => void;

/** The runtime's own timers. */
export const setRealTimer: SetTimer = (ms, ring) => {
  const id = setTimeout(ring, ms);
  return () => clearTimeout(id);
};
