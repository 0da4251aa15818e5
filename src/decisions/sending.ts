/** What follows when the team has the bot send something: it goes the way of an answer. */
import type { NewTask } from "../jobs/change.ts";
import type { SendTask } from "../jobs/message_task.ts";
import { laneOf } from "../conversation/lane.ts";
import type { Desk } from "../desk/desk.ts";
import type { ContentKind } from "../message/content.ts";

/** What is sent, for whom, and at whose wish. */
export type Sending = Omit<SendTask, "kind" | "shows">;

/** The task that sends a reply, or a payment. */
export function sendTask(sending: Sending): SendTask {
  const { kind } = sending.private.content;
  const shown: ContentKind = kind === "pix" ? "photo" : kind;
  // What the bot itself sends nobody edits: there is nothing to compare.
  return { kind: "send", shows: { kind: shown, content: "", media: "" }, ...sending };
}

/** The task that sends a reply, or a payment, at the end of the customer's lane. */
export function sendingTo(desk: Desk, customerId: number, sending: Sending): NewTask {
  return { lane: laneOf(desk, customerId, "to-customer"), task: sendTask(sending) };
}
