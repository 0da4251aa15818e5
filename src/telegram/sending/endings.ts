/** How a job ends that was done: what is kept of it, and what follows. */
import { awayOf } from "../../hours/away.ts";
import { onDelivered } from "../../decisions/arrival.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { Link } from "../../message/link.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { NoticeTask, Task } from "../../jobs/task.ts";
import { messageOf } from "../../jobs/task_traits.ts";
import type { Membership } from "../../desk/team.ts";
import { defined } from "../../values/defined.ts";
import { listenersAt } from "./alerts.ts";
import type { Delivery } from "./delivery.ts";

/** Done: the message here is shown there. */
export function linked(links: Link[], asked: Membership[]): Outcome {
  return { kind: "sent", decide: () => ({ links, asked }) };
}

/** Done, and new on the other side; it was sent as this canned reply, if it was as one. */
export async function delivered(
  delivery: Delivery,
  links: Link[],
  asked: Membership[],
  replyId?: string,
): Promise<Outcome> {
  const { job, desk, read, options: { config, now } } = delivery;
  const nowMs = now();
  const listeners = await listenersOf(delivery);
  const away = delivery.isToTeam
    ? awayOf(await read.settings(), config.timeZone, nowMs)
    : undefined;
  const arrival = {
    job,
    links,
    asked,
    listeners,
    ...defined({ away, replyId }),
  };
  return { kind: "sent", decide: (read) => onDelivered(arrival, read, { desk, nowMs }) };
}

/** The same outcome, and the thread is told something. */
export function andTold(delivery: Delivery, outcome: Outcome, task: NoticeTask): Outcome {
  if (outcome.kind !== "sent") return outcome;
  const lane = laneOf(delivery.desk, delivery.customerId, "to-team");
  return {
    kind: "sent",
    decide: async (read) => {
      const change = await outcome.decide?.(read) ?? {};
      return { ...change, tasks: [...change.tasks ?? [], { lane, task }] };
    },
  };
}

/** Other tasks take the job's place. */
export function instead(tasks: Task[]): Outcome {
  return { kind: "sent", decide: () => ({ instead: tasks }) };
}

/** Who is told, if with this message a customer begins to wait. */
async function listenersOf(delivery: Delivery): Promise<number[]> {
  const { job, read, customerId } = delivery;
  const conversation = await read.conversation(customerId);
  const begins = delivery.isToTeam && conversation?.waiting?.messageId === messageOf(job.task);
  if (!begins) return [];
  return await listenersAt(delivery);
}
