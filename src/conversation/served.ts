/** Which desk serves a customer, and at which they were before: what was written there is shown there. */
import { defined } from "../values/defined.ts";

/** Who serves a customer, of all desks of a bot. */
export interface Served {
  /** The desk that has served them last. */
  deskId: number;
  /** Those at which they were before, each once, the last first. */
  before?: number[];
}

/**
 * Who serves a customer once a desk does.
 * @param known who has served them so far; `null`: that was never written down
 * @param leftId the desk at which they were then, all the same
 */
export function servedAt(known: Served | null, deskId: number, leftId?: number): Served {
  const { before = [] } = known ?? {};
  const left = known?.deskId ?? leftId;
  const all = left === undefined ? before : [left, ...before];
  const others = [...new Set(all)].filter((each) => each !== deskId);
  return { deskId, ...defined({ before: others.length > 0 ? others : undefined }) };
}
