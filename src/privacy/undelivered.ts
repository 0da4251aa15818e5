/** How many messages never arrive, on either side, because their customer is erased. */
import type { Lane } from "../conversation/lane.ts";
import type { Footprint } from "../jobs/footprint.ts";
import type { Undelivered } from "../jobs/erase_task.ts";
import { messagesIn } from "../jobs/task_traits.ts";

/** Everything arrived. */
export const NONE_UNDELIVERED: Undelivered = { fromTeam: 0, fromCustomer: 0 };

/** What was not delivered before, and since. */
export function addUndelivered(a: Undelivered = NONE_UNDELIVERED, b: Undelivered): Undelivered {
  return {
    fromTeam: a.fromTeam + b.fromTeam,
    fromCustomer: a.fromCustomer + b.fromCustomer,
  };
}

/** How many the jobs that wait would have brought to either side. */
export function undeliveredOf(jobs: Footprint["waiting"]): Undelivered {
  const of = (direction: Lane["direction"]) =>
    jobs.filter(({ lane }) => lane.direction === direction)
      .reduce((count, { task }) => count + messagesIn(task), 0);
  // What the team has put off may wait to be put off.
  return { fromTeam: of("to-customer") + of("to-desk"), fromCustomer: of("to-team") };
}
