/** What a job asks of the pace: when its next call may be made, and what that call counts for. */
import type { Desk } from "./desk/desk.ts";
import { type Job, targetOf } from "./jobs/job.ts";
import { laneName } from "./conversation/lane.ts";
import type { Wish } from "./jobs/pace.ts";
import { isMessage, sizeOf, type Task } from "./jobs/task.ts";

/** The wish of a lane's next job, with a task of the kind `followedBy` behind it, if any is. */
export function wishOf(job: Job, followedBy: Task["kind"] | undefined, desk: Desk): Wish {
  const { lane, task } = job;
  return {
    lane: laneName(lane),
    chatId: targetOf(job, desk),
    count: sizeOf(task),
    isUrgent: isUrgent(task) || (followedBy !== undefined && isMessage(followedBy)),
    sinceMs: job.acceptedMs,
  };
}

/** Whether somebody waits for it: people's messages, their cards, and answers to what they ask. */
function isUrgent(task: Task): boolean {
  return isMessage(task.kind) || task.kind === "card" ||
    (task.kind === "notice" && task.chatId !== undefined);
}
