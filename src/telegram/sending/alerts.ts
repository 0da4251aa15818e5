/** Who of the team is told that a customer waits: a few at a time, since a team may be of any size. */
import { alerting } from "../../decisions/arrival.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { AlertTask } from "../../jobs/notice_task.ts";
import { isOn } from "../../settings/settings.ts";
import { answerOf } from "../api.ts";
import type { Delivery } from "./delivery.ts";
import { unasked } from "./failures.ts";

/** Tells the next of them, and has the others told after whatever waits by then. */
export async function alert(delivery: Delivery, given: AlertTask): Promise<Outcome> {
  const { desk, customerId, read } = delivery;
  const assignee = (await read.conversation(customerId))?.assignee;
  const task = assignee ? given : withoutAssignee(given);
  const listeners = await heardBy(delivery, task);
  if ("kind" in listeners) return listeners;
  return {
    kind: "sent",
    decide: async (read) => {
      const conversation = await read.conversation(customerId);
      // Who has an answer by now waits no more, or anew.
      if (conversation?.waiting?.messageId !== task.waitingMessageId) return {};
      return { tasks: alerting(conversation, task, listeners, desk) };
    },
  };
}

/** What nobody in particular is to be told, all who want to know it are. */
function withoutAssignee({ late, ...task }: AlertTask): AlertTask {
  if (!late) return task;
  return { ...task, late: late.tells === "assignee" ? { ...late, tells: "listeners" } : late };
}

/** Who is to be told, in the order of their IDs; of who is late, the one whose customer it is first. */
async function heardBy(delivery: Delivery, { late }: AlertTask): Promise<number[] | Outcome> {
  const { api, desk: { channelId }, read, customerId } = delivery;
  switch (late?.tells) {
    case "assignee": {
      const assignee = (await read.conversation(customerId))?.assignee;
      return assignee ? [assignee.userId] : [];
    }
    case "admins": {
      const administrators = await answerOf(api.getChatAdministrators(channelId));
      if (administrators.failure) return unasked(delivery, administrators.failure);
      return administrators.result.filter(({ user }) => !user.is_bot).map(({ user }) => user.id)
        .sort((a, b) => a - b);
    }
    default:
      return await listenersAt(delivery);
  }
}

/** Everybody who wants to know when a customer begins to wait, in the order of their IDs. */
export async function listenersAt(delivery: Delivery): Promise<number[]> {
  const { read, desk: { channelId }, options: { lists } } = delivery;
  const wanted = await lists.noticesWanted(channelId);
  const isDefault = isOn(await read.settings(), "notify");
  const agents = isDefault ? await lists.agents(channelId) : [];
  const silent = agents.map(({ userId }) => userId).filter((userId) => !wanted.has(userId));
  return [...wanted].filter(([, isWanted]) => isWanted).map(([userId]) => userId).concat(silent)
    .sort((a, b) => a - b);
}
