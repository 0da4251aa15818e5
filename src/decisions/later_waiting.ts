/** Answers that wait for their time beside the lane to the customer: which there are, and how one is taken away. */
import type { Change } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import type { Scheduled } from "../jobs/scheduled.ts";
import type { RelayTask } from "../jobs/message_task.ts";
import type { AlbumTask } from "../jobs/album_task.ts";
import { placesIn } from "../jobs/task_traits.ts";
import type { Conversation } from "../conversation/conversation.ts";
import { type Lane, laneOf } from "../conversation/lane.ts";
import type { Place } from "../message/link.ts";
import type { Hand } from "./handling.ts";
import { laterName } from "./later_names.ts";

/** An answer as it waits for its time. */
export interface WaitingLater extends Scheduled {
  task: RelayTask | AlbumTask;
}

/** The answer that waits for its time, by its command, a piece of its album, or what confirms it. */
export async function waitingAnswer(
  read: Reader,
  hand: Pick<Hand, "desk" | "customerId">,
  place: Place,
): Promise<WaitingLater | null> {
  const lane = laneToCustomer(hand);
  const { chatId } = place;
  const confirmed = await read.confirmation(hand.customerId, place);
  const places = [place, ...confirmed ? [{ chatId, messageId: confirmed.messageId }] : []];
  for (const each of places) {
    const found = await read.scheduled(lane, laterName(each));
    if (found && isWaitingLater(found)) return found;
  }
  const ofAlbum = (await allWaiting(read, hand)).find(({ task }) =>
    placesIn(task).some((each) => each.chatId === chatId && each.messageId === place.messageId)
  );
  const found = ofAlbum && await read.scheduled(lane, ofAlbum.name);
  return found && isWaitingLater(found) ? found : null;
}

/** All answers that wait for their time in a conversation. */
export async function allWaiting(
  read: Reader,
  hand: Pick<Hand, "desk" | "customerId">,
): Promise<WaitingLater[]> {
  return (await read.allScheduled(laneToCustomer(hand))).filter(isWaitingLater);
}

/** Whether something that waits for its time is an answer to the customer. */
export function isWaitingLater(scheduled: Scheduled): scheduled is WaitingLater {
  const { task } = scheduled;
  return (task.kind === "relay" || task.kind === "album") && task.isLater === true;
}

/** The command that has put an answer off. */
export function commandOf(task: WaitingLater["task"]): Place {
  if (task.kind === "relay") return task.from;
  const { chatId, pieces, later } = task;
  return { chatId, messageId: later?.messageId ?? pieces[0]!.messageId };
}

/** One answer waits no longer. */
export async function unscheduling(
  read: Reader,
  hand: Pick<Hand, "desk" | "customerId">,
  { lane, name }: WaitingLater,
): Promise<Change> {
  const conversation = await read.conversation(hand.customerId);
  const others = (await allWaiting(read, hand)).filter((other) => other.name !== name);
  return {
    unscheduled: [{ lane, name }],
    ...(conversation
      ? { conversations: [waitingUntil(conversation, others.map(({ dueMs }) => dueMs))] }
      : {}),
  };
}

/** A conversation in which answers wait for these times. */
export function waitingUntil(
  { laterUntilMs: _before, ...conversation }: Conversation,
  duesMs: number[],
): Conversation {
  return duesMs.length === 0
    ? conversation
    : { ...conversation, laterUntilMs: Math.max(...duesMs) };
}

/** The lane in which answers go to the customer of a conversation. */
export function laneToCustomer({ desk, customerId }: Pick<Hand, "desk" | "customerId">): Lane {
  return laneOf(desk, customerId, "to-customer");
}
