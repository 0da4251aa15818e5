/** The call that a lane's next job wants to make, and whose words it carries. */
import type { Desk } from "../desk/desk.ts";
import type { WantedCall, Whose } from "./chat_line.ts";
import { type Job, targetOf } from "./job.ts";
import { laneName } from "../conversation/lane.ts";
import type { Task } from "./task.ts";
import { isMessage, sizeOf } from "./task_traits.ts";

/** The call, apart from whose words it carries; `desk` is asked only if it goes to one of its chats. */
export function wantedCallOf(job: Job, desk: () => Desk): Omit<WantedCall, "whose"> {
  const { lane, task } = job;
  return {
    lane: laneName(lane),
    conversation: `${lane.deskId}/${lane.customerId}`,
    chatId: targetOf(job, desk),
    count: sizeOf(task),
  };
}

/** Whether a job brings the team's own words to a customer. */
export function isAnswer({ lane, task }: Pick<Job, "lane" | "task">): boolean {
  return lane.direction === "to-customer" && "writer" in task && task.writer.kind !== "customer";
}

/**
 * Whose words a job's call carries. Behind the bot's own words people's may wait, which make them as
 * urgent as they are.
 * @param behind the kinds of the tasks that wait behind it in its lane
 */
export function whoseOf(
  job: Job,
  { isServed, behind }: { isServed: boolean; behind: readonly Task["kind"][] },
): Whose {
  if (isAnswer(job)) return "served";
  if (!isPeoples(job) && !behind.some((kind) => PEOPLES.has(kind))) return "own";
  return isServed ? "served" : "new";
}

/** Whether somebody waits for it: people's words, their cards, and answers to what they ask. */
export function isPeoples({ task }: Pick<Job, "task">): boolean {
  return isMessage(task.kind) || task.kind === "edit" || task.kind === "reaction" ||
    task.kind === "card" || (task.kind === "notice" && task.chatId !== undefined);
}

/** What people have said, or asked for. */
const PEOPLES: ReadonlySet<Task["kind"]> = new Set<Task["kind"]>([
  "relay",
  "album",
  "part",
  "send",
  "edit",
  "reaction",
  "command",
  "press",
]);
