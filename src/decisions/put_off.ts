/** Conversations that are put off: until when, and what brings them back. */
import { broughtBack } from "../conversation/conversation.ts";
import type { Lane } from "../conversation/lane.ts";
import type { Change } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { doneBy, type Hand } from "./handling.ts";
import { backName } from "./later_names.ts";

/** A conversation is put off until a time, or until its customer writes. */
export async function onPutOff(
  read: Reader,
  hand: Hand,
  { dueMs, until }: { dueMs: number; until: string },
): Promise<Change> {
  const { desk, customerId, by } = hand;
  const conversation = await read.conversation(customerId);
  if (!conversation) return {};
  const { status } = conversation;
  if (status !== "open") return { tasks: doneBy(hand, { text: "not-put-off-here", status }) };
  return {
    conversations: [{ ...conversation, putOff: { untilMs: dueMs, by } }],
    scheduled: [{ ...backName(desk, customerId), task: { kind: "back" }, dueMs }],
    tasks: doneBy(hand, { text: "did-put-off", by, until }),
  };
}

/** Somebody brings a conversation back that was put off. */
export async function onBringBack(read: Reader, hand: Hand): Promise<Change> {
  const { desk, customerId, by } = hand;
  const conversation = await read.conversation(customerId);
  if (!conversation?.putOff) return { tasks: doneBy(hand, { text: "not-put-off" }) };
  const putOffBy = conversation.putOff.by;
  return {
    conversations: [broughtBack(conversation)],
    unscheduled: [backName(desk, customerId)],
    tasks: doneBy(hand, { text: "did-bring-back", because: "hand", by, putOffBy }),
  };
}

/** The time has come until which a conversation was put off, unless it was brought back before. */
export async function onTimeBack(
  read: Reader,
  { lane, nowMs }: { lane: Lane; nowMs: number },
): Promise<Change> {
  const conversation = await read.conversation(lane.customerId);
  if (!conversation?.putOff || conversation.putOff.untilMs > nowMs) return {};
  const putOffBy = conversation.putOff.by;
  const notice = { text: "did-bring-back", because: "time", putOffBy } as const;
  return {
    conversations: [broughtBack(conversation)],
    tasks: [{ lane, task: { kind: "notice", notice } }],
  };
}
