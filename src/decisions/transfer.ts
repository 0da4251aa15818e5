/**
 * A conversation goes on at another desk. What was written before stays where it is: what waits in
 * the old lanes goes first, and only then what the new desk answers.
 */
import type { Conversation } from "../conversation/conversation.ts";
import { broughtBack, closed } from "../conversation/conversation.ts";
import { laneOf } from "../conversation/lane.ts";
import type { DeskAmong } from "../desk/among.ts";
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import type { Settings } from "../settings/settings.ts";
import { defined } from "../values/defined.ts";
import { doneBy, type Hand } from "./handling.ts";
import { backName } from "./later_names.ts";
import { silentSince } from "./timers.ts";

/** Under which name what ends the old lane can be found while it waits. */
export function handoverName(id: string): string {
  return `handover/${id}`;
}

/** Has a conversation go on at another desk: a new card there, or the one it had, lives again. */
export async function onTransfer(
  read: Reader,
  hand: Hand,
  { from, to }: { from: DeskAmong; to: DeskAmong },
): Promise<Change> {
  const { desk, customerId, by, nowMs } = hand;
  const conversation = await read.conversation(customerId);
  if (!conversation) return {};
  const { movedTo } = conversation;
  if (movedTo) return { tasks: doneBy(hand, { text: "moved-to", desk: movedTo.name }) };
  const deskId = to.desk.channelId;
  const there = read.at(deskId);
  const [known, settings] = await Promise.all([there.conversation(customerId), there.settings()]);
  const id = `${nowMs}/${deskId}`;
  const arriving = arrivingAt(conversation, known, {
    from: desk.channelId,
    to: deskId,
    settings,
    nowMs,
  });
  return {
    conversations: [leaving(conversation, to, known?.card)],
    // Whoever accepts what they write meanwhile looks again which desk it is for.
    servedBy: [{ customerId, deskId }],
    elsewhere: [{ deskId, change: { conversations: [arriving] } }],
    ...(conversation.putOff ? { unscheduled: [backName(desk, customerId)] } : {}),
    tasks: [
      ...doneBy(hand, { text: "did-transfer", by, to: to.name }),
      {
        lane: laneOf(desk, customerId, "to-customer"),
        task: { kind: "handover", id, to: deskId },
        name: handoverName(id),
        // Nobody is answered from here any more once this is written, but up to then they are.
        goesLast: true,
      },
      {
        lane: laneOf(to.desk, customerId, "to-customer"),
        task: { kind: "follow", id, from: desk.channelId },
      },
      ...beginning(arriving, to, { from: from.name, by }),
    ],
  };
}

/** What the new desk is shown, in the lane that leads to its thread. */
function beginning(
  { customer, card, status, waiting }: Conversation,
  { desk }: DeskAmong,
  { from, by }: { from: string; by: string },
): NewTask[] {
  const lane = laneOf(desk, customer.id, "to-team");
  const tasks: NewTask["task"][] = [
    ...(card ? [] : [
      { kind: "card", isTransferred: true },
      { kind: "notice", notice: { text: "panel" } },
    ] as const),
    { kind: "notice", notice: { text: "transferred", from, by } },
    ...(waiting && status === "open"
      ? [{ kind: "alert", waitingMessageId: waiting.messageId } as const]
      : []),
  ];
  return tasks.map((task) => ({ lane, task }));
}

/** The card that a conversation has left leads to the one under which it goes on now. */
export async function leadingTo(
  { deskId, postId }: { deskId: number; postId: number },
  { customer, cameFrom }: Conversation,
  read: Reader,
): Promise<Pick<Change, "elsewhere">> {
  if (cameFrom === undefined) return {};
  const left = await read.at(cameFrom).conversation(customer.id);
  if (left?.movedTo?.deskId !== deskId) return {};
  const movedTo = { ...left.movedTo, postId };
  return { elsewhere: [{ deskId: cameFrom, change: { conversations: [{ ...left, movedTo }] } }] };
}

/** The conversation as it is left behind: its card says where it goes on. */
function leaving(
  conversation: Conversation,
  { name, desk }: DeskAmong,
  card: Conversation["card"],
): Conversation {
  const { assignee: _assignee, ...rest } = closed(conversation);
  const { status } = conversation;
  return {
    ...rest,
    // Of who is banned nothing is shown here either.
    status: status === "banned" ? status : "closed",
    movedTo: { deskId: desk.channelId, name, ...defined({ postId: card?.postId }) },
  };
}

/** The conversation as it goes on. Whose it was, and that it was put off, does not go with it. */
function arrivingAt(
  conversation: Conversation,
  known: Conversation | null,
  { from, to, settings, nowMs }: { from: number; to: number; settings: Settings; nowMs: number },
): Conversation {
  const {
    assignee: _assignee,
    card: _card,
    timers: _timers,
    lastAnswer: _lastAnswer,
    awayOn: _awayOn,
    movedTo: _movedTo,
    cameFrom,
    earlierDesks = [],
    silence,
    waiting,
    laterUntilMs = 0,
    ...rest
  } = broughtBack(conversation);
  const later = Math.max(laterUntilMs, known?.laterUntilMs ?? 0);
  // Back at a desk, it is there, and not before.
  const earlier = [...cameFrom === undefined ? [] : [cameFrom], ...earlierDesks]
    .filter((each) => each !== to);
  const arriving: Conversation = {
    ...rest,
    cameFrom: from,
    ...defined({
      earlierDesks: earlier.length > 0 ? earlier : undefined,
      card: known?.card,
      timers: known?.timers,
      awayOn: known?.awayOn,
      // The new desk has its own time to answer.
      waiting: waiting && {
        sinceMs: waiting.sinceMs,
        messageId: waiting.messageId,
        countsFromMs: nowMs,
      },
      laterUntilMs: later > 0 ? later : undefined,
    }),
  };
  return silence ? silentSince(arriving, settings, nowMs) : arriving;
}
