/**
 * What a customer has written to a desk that was removed meanwhile, or went to another channel: it is
 * shown where they are served instead.
 */
import {
  broughtBack,
  type Conversation,
  openConversation,
  reopened,
  waitingFor,
} from "../conversation/conversation.ts";
import { laneOf } from "../conversation/lane.ts";
import type { DeskAmong } from "../desk/among.ts";
import { deskOfChannel } from "../desk/names.ts";
import type { Change, NewTask } from "../jobs/change.ts";
import type { Job } from "../jobs/job.ts";
import type { Reader } from "../jobs/reader.ts";
import { type CarryingTask, messageOf } from "../jobs/task_traits.ts";
import { openings } from "./handling.ts";

/** A message goes on in the lane of another desk, in the conversation that there is, or begins. */
export async function onLeftBehind(
  read: Reader,
  { lane: { customerId }, task, acceptedMs }: Job & { task: CarryingTask },
  desks: readonly [DeskAmong, ...DeskAmong[]],
): Promise<Change> {
  const left = await read.conversation(customerId);
  // They have erased their data meanwhile.
  if (!left) return {};
  const { desk, channelId: deskId } = await deskInstead(read, customerId, desks);
  const there = read.at(deskId);
  const known = await there.conversation(customerId);
  if (known?.status === "banned") return {};
  const lane = laneOf(desk, customerId, "to-team");
  const begins: NewTask["task"][] = known ? [] : [
    { kind: "card" },
    { kind: "notice", notice: { text: "panel" } },
  ];
  const open = known ? goingOn(known) : openConversation(left.customer, acceptedMs, left.source);
  const waits = waitingFor(open, { sinceMs: acceptedMs, messageId: messageOf(task) });
  return {
    servedBy: [{ customerId, deskId }],
    elsewhere: [{
      deskId,
      change: {
        conversations: [waits],
        ...(known?.status === "closed" ? { events: await openings(there, known, acceptedMs) } : {}),
      },
    }],
    tasks: [...begins, task].map((each) => ({ lane, task: each })),
  };
}

/** The desk that serves them since, else the one that newcomers come to. */
async function deskInstead(
  read: Reader,
  customerId: number,
  desks: readonly [DeskAmong, ...DeskAmong[]],
): Promise<DeskAmong> {
  const [by, route] = await Promise.all([read.servedBy(customerId), read.route()]);
  const decided = route !== null && route !== "even" ? deskOfChannel(desks, route.deskId) : null;
  return (by === null ? null : deskOfChannel(desks, by)) ?? decided ?? desks[0];
}

function goingOn(known: Conversation): Conversation {
  return known.status === "closed" ? reopened(known) : broughtBack(known);
}
