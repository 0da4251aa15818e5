/** How many messages never arrive, on either side, because their customer is erased. */
import type { Lane } from "../conversation/lane.ts";
import type { Footprint } from "../jobs/footprint.ts";
import type { Undelivered } from "../jobs/erase_task.ts";
import type { Task } from "../jobs/task.ts";
import { ruleOf } from "../commands/command.ts";
import type { CommandTask } from "../jobs/request_task.ts";

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

/** How many messages of a person's a task would have brought. */
function messagesIn(task: Task): number {
  switch (task.kind) {
    case "relay":
      return task.isNote || task.isEdited ? 0 : 1;
    case "album":
      return task.isNote ? 0 : task.pieces.length;
    case "part":
      return task.isFirst ? 1 : 0;
    case "send":
      return task.isNote ? 0 : 1;
    case "command":
      return task.isNote ? 0 : countAsked(task);
    default:
      return 0;
  }
}

/** How many answers a command is to have sent. */
function countAsked({ name, carries }: CommandTask): number {
  if (carries) return carries.count;
  return name !== undefined && ruleOf(name).isAnswer ? 1 : 0;
}
