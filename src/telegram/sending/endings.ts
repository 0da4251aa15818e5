/** How a job ends that was done: what is kept of it, and what follows. */
import { awayOf } from "../../hours/away.ts";
import { onDelivered } from "../../decisions/arrival.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { Decision } from "../../jobs/reader.ts";
import type { Link } from "../../message/link.ts";
import type { NewTask } from "../../jobs/change.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { NoticeTask } from "../../jobs/notice_task.ts";
import type { Task } from "../../jobs/task.ts";
import { isCarrying, messageOf } from "../../jobs/task_traits.ts";
import type { Membership } from "../../desk/team.ts";
import { defined } from "../../values/defined.ts";
import { listenersAt } from "./alerts.ts";
import type { Delivery } from "./delivery.ts";

/** Done: the message here is shown there. */
export function linked(links: Link[], asked: Membership[]): Outcome {
  return { kind: "sent", decide: () => ({ links, asked }) };
}

/**
 * Done, and new on the other side; it was sent as this canned reply, if it was as one. What follows
 * is read when it is settled: a read that fails must not have it sent again.
 */
export function delivered(
  delivery: Delivery,
  links: Link[],
  asked: Membership[],
  replyId?: string,
): Outcome {
  const { job, desk, options: { config, desks, now } } = delivery;
  const nowMs = now();
  const writer = isCarrying(job.task) ? job.task.writer : undefined;
  return {
    kind: "sent",
    decide: async (read) => {
      read.ahead((soon) => [
        soon.conversation(delivery.customerId),
        soon.settings(),
        ...(writer?.kind === "person" ? [soon.agent(writer.userId)] : []),
      ]);
      const listeners = await listenersOf(delivery);
      const away = delivery.isToTeam
        ? awayOf(await delivery.read.settings(), config.timeZone, nowMs)
        : undefined;
      const arrival = { job, links, asked, listeners, ...defined({ away, replyId }) };
      // Another instance may have opened the desk at which it goes on.
      const { movedTo } = await read.conversation(delivery.customerId) ?? {};
      if (movedTo) await desks.learn(movedTo.deskId);
      const serves = (deskId: number) => desks.serves({ deskId });
      return await onDelivered(arrival, read, { desk, nowMs, serves });
    },
  };
}

/** The same outcome, and this is written as well, in the commit that settles the job. */
export function withChange(outcome: Outcome, more: Decision): Outcome {
  if (outcome.kind === "retry" || outcome.kind === "fault") return outcome;
  return {
    ...outcome,
    decide: async (read) => {
      const [change = {}, added] = await Promise.all([outcome.decide?.(read), more(read)]);
      return {
        ...change,
        ...added,
        ...defined({
          tasks: added.tasks && [...change.tasks ?? [], ...added.tasks],
          doubts: added.doubts && [...change.doubts ?? [], ...added.doubts],
        }),
      };
    },
  };
}

/** The same outcome, and the thread is told something. */
export function andTold(delivery: Delivery, outcome: Outcome, task: NoticeTask): Outcome {
  if (outcome.kind !== "sent") return outcome;
  const lane = laneOf(delivery.desk, delivery.customerId, "to-team");
  return withChange(outcome, () => ({ tasks: [{ lane, task }] }));
}

/** The same outcome, and these places show the message no longer. */
export function andUnlinked(outcome: Outcome, unlinks: Link[]): Outcome {
  if (outcome.kind !== "sent" || unlinks.length === 0) return outcome;
  return withChange(outcome, () => ({ unlinks }));
}

/** The same outcome, and what is left of the job goes on by itself. */
export function andInstead(outcome: Outcome, tasks: Task[]): Outcome {
  if (outcome.kind !== "sent") return outcome;
  return withChange(outcome, () => ({ instead: tasks }));
}

/** The same outcome; if the message is there after all, the line that something came is taken away. */
export function withoutLine(delivery: Delivery, outcome: Outcome): Outcome {
  const { desk, job: { lane, task } } = delivery;
  const saidAs = "saidAs" in task ? task.saidAs : undefined;
  if (saidAs === undefined || outcome.kind !== "sent") return outcome;
  const at = { chatId: desk.groupId, messageId: saidAs };
  const tidying: NewTask = {
    lane: { ...lane, direction: "to-desk" },
    task: { kind: "delete", at },
  };
  return withChange(outcome, () => ({ tasks: [tidying] }));
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
