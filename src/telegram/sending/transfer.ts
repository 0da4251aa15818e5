/** A conversation that goes on at another desk: the lanes follow each other, and nothing is lost. */
import { handoverName, onHandedOver } from "../../decisions/transfer.ts";
import type { Conversation } from "../../conversation/conversation.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { FollowTask, HandoverTask, Task } from "../../jobs/task.ts";
import { chatOf, messageOf } from "../../jobs/task_traits.ts";
import { type Delivery, PATIENT_WAIT_MS } from "./delivery.ts";

/** Whatever stood before it in its lane has gone. */
export function endLane({ job: { lane } }: Delivery, { to }: HandoverTask): Outcome {
  return { kind: "sent", decide: (read) => onHandedOver(read, { ...lane, to }) };
}

/** Waits until another desk has nothing more for the customer. */
export async function follow(delivery: Delivery, { id, from }: FollowTask): Promise<Outcome> {
  const { job: { lane }, read, options: { now } } = delivery;
  const waiting = await read.named({ ...lane, deskId: from }, handoverName(id));
  if (!waiting?.job) return { kind: "sent" };
  return { kind: "wait", untilMs: now() + PATIENT_WAIT_MS, waitsFor: "handover" };
}

/** Whether what the team does at a desk reaches nobody, since the conversation goes on elsewhere. */
export function goesNowhere(conversation: Conversation | null, task: Task): boolean {
  if (!conversation?.movedTo?.isHandedOver) return false;
  // What was promised before is kept.
  if ("isLater" in task && task.isLater) return false;
  return WRITTEN.has(task.kind);
}

/** What people of the team write or do in a thread. */
const WRITTEN: ReadonlySet<Task["kind"]> = new Set<Task["kind"]>([
  "relay",
  "album",
  "part",
  "send",
  "edit",
  "reaction",
]);

/** Who wrote it is told where the conversation goes on: of one message, once. */
export function toldWhereItGoesOn(
  { job: { task }, desk, customerId }: Delivery,
  { movedTo }: Conversation,
): Outcome {
  const chatId = chatOf(task);
  if (chatId === undefined || movedTo === undefined || task.kind === "reaction") {
    return { kind: "sent" };
  }
  const at = { chatId, messageId: messageOf(task) };
  return {
    kind: "sent",
    decide: async (read) => {
      if (await read.wasTold(at)) return {};
      return {
        told: [at],
        tasks: [{
          lane: laneOf(desk, customerId, "to-desk"),
          task: {
            kind: "notice",
            notice: { text: "moved-to", desk: movedTo.name },
            answerTo: at.messageId,
            answerIn: chatId,
          },
        }],
      };
    },
  };
}
