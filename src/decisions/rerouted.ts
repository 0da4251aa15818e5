/**
 * What a customer has written to a desk that was removed meanwhile, or went to another channel: it is
 * shown where they are served instead, and where what they write next is shown.
 */
import {
  backHere,
  broughtBack,
  type Conversation,
  heard,
  openConversation,
  reopened,
  waitingFor,
} from "../conversation/conversation.ts";
import { type Lane, laneOf, otherLane } from "../conversation/lane.ts";
import { servedAt } from "../conversation/served.ts";
import type { DeskAmong } from "../desk/among.ts";
import { deskOfChannel } from "../desk/names.ts";
import type { Change, NewTask } from "../jobs/change.ts";
import type { Job } from "../jobs/job.ts";
import type { Reader } from "../jobs/reader.ts";
import type { EditTask } from "../jobs/message_task.ts";
import { type CarryingTask, messageOf } from "../jobs/task_traits.ts";
import { isBannedAt } from "./ban.ts";
import { tooOld } from "./edit.ts";
import { openings } from "./handling.ts";
import { backName } from "./later_names.ts";
import { deskHaving } from "./routing.ts";

/** What another desk is shown: a message of a customer's, or what it has become. */
export type ReroutedTask = CarryingTask | EditTask;

/**
 * A message goes on in the lane of another desk, in the conversation that there is, or begins; an edit,
 * if its message is there.
 */
export async function onRerouted(
  read: Reader,
  { lane: { customerId, deskId: leftId }, task, acceptedMs }: Job & { task: ReroutedTask },
  desks: readonly [DeskAmong, ...DeskAmong[]],
): Promise<Change> {
  const [left, served] = await Promise.all([
    read.conversation(customerId),
    read.servedBy(customerId),
  ]);
  // They have erased their data meanwhile.
  if (!left) return {};
  const { desk, channelId: deskId } = await deskInstead(read, customerId, desks);
  const there = read.at(deskId);
  const known = await there.conversation(customerId);
  if (await isBannedAt(there, customerId)) return {};
  const lane = laneOf(desk, customerId, "to-team");
  if (task.kind === "edit") return await onEditRerouted(there, task, lane);
  const begins: NewTask["task"][] = known ? [] : [
    { kind: "card" },
    { kind: "notice", notice: { text: "panel" } },
  ];
  const open = known ? goingOn(known) : openConversation(left.customer, acceptedMs, left.source);
  const waits = waitingFor(open, { sinceMs: acceptedMs, messageId: messageOf(task) });
  return {
    ...(served?.deskId === deskId
      ? {}
      : { servedBy: [{ customerId, ...servedAt(served, deskId, leftId) }] }),
    elsewhere: [{
      deskId,
      change: {
        conversations: [waits],
        ...(known?.status === "closed" ? { events: await openings(there, known, acceptedMs) } : {}),
      },
    }],
    ...(known?.putOff ? { unscheduled: [backName(desk, customerId)] } : {}),
    tasks: [...begins, task].map((each) => ({ lane, task: each })),
  };
}

/** What was shown at the desk that is left is edited nowhere: its author is told. */
async function onEditRerouted(there: Reader, edit: EditTask, lane: Lane): Promise<Change> {
  const { at } = edit;
  const isThere = await there.counterpart(at) !== null ||
    (await there.carriers(lane, at)).length > 0;
  if (isThere) return { tasks: [{ lane, task: edit }] };
  return { tasks: [{ lane: otherLane(lane), task: tooOld(edit) }] };
}

/** The desk that serves them since, or has them; else the one that newcomers come to. */
async function deskInstead(
  read: Reader,
  customerId: number,
  desks: readonly [DeskAmong, ...DeskAmong[]],
): Promise<DeskAmong> {
  const [by, route] = await Promise.all([read.servedBy(customerId), read.route()]);
  const serving = by === null ? null : deskOfChannel(desks, by.deskId);
  if (serving) return serving;
  const decided = route !== null && route !== "even" ? deskOfChannel(desks, route.deskId) : null;
  return (await deskHaving(customerId, desks, read))?.desk ?? decided ?? desks[0];
}

function goingOn(known: Conversation): Conversation {
  const here = heard(backHere(known));
  return known.status === "closed" ? reopened(here) : broughtBack(here);
}
