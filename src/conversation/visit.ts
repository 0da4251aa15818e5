/**
 * A visit: what is kept of somebody who has read what the desk's menu offers, or come by its link, and
 * has written nothing yet. It costs the desk no card.
 */
import { MINUTE_MS } from "../time/duration.ts";
import { isWithin } from "../time/elapsed.ts";

/** What is kept of a visit. */
export interface Visit {
  sinceMs: number;
  /** The parameter of the link by which they came. */
  source?: string;
  /** The buttons that they pressed and nobody of the team knows of, by what is on them. */
  read?: string[];
  /** When each button was last pressed, by what it leads to. */
  pressedMs?: Record<string, number>;
}

/** How often the same button does something. */
const PRESS_MS = MINUTE_MS;

/** Whether a button did what it does a moment ago. */
export function isPressedLately({ pressedMs = {} }: Visit, key: string, nowMs: number): boolean {
  return isWithin(PRESS_MS, pressedMs[key], nowMs);
}

/** A button is pressed. What was pressed long ago needs no mark any more. */
export function withPress(visit: Visit, key: string, nowMs: number): Visit {
  const others = Object.entries(visit.pressedMs ?? {})
    .filter(([other]) => other !== key && isPressedLately(visit, other, nowMs));
  return { ...visit, pressedMs: Object.fromEntries([...others, [key, nowMs]]) };
}

/** Something was read that nobody of the team knows of. */
export function withRead(visit: Visit, label: string): Visit {
  const { read = [] } = visit;
  return read.includes(label) ? visit : { ...visit, read: [...read, label] };
}

/** They have written: the team knows all there is to know. */
export function toldOf({ sinceMs, pressedMs }: Visit): Visit {
  return { sinceMs, ...(pressedMs === undefined ? {} : { pressedMs }) };
}
