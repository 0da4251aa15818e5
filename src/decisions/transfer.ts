/**
 * A conversation goes on at another desk. What was written before stays where it is: what waits in
 * the old lanes goes first, and only then what the new desk answers.
 */
import type { Conversation } from "../conversation/conversation.ts";
import { broughtBack, closed } from "../conversation/conversation.ts";
import { laneOf } from "../conversation/lane.ts";
import { servedAt } from "../conversation/served.ts";
import type { DeskAmong } from "../desk/among.ts";
import { deskOfChannel } from "../desk/names.ts";
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import type { Settings } from "../settings/settings.ts";
import { defined } from "../values/defined.ts";
import { formerlyAt } from "./former.ts";
import { doneBy, type Hand } from "./handling.ts";
import { backName } from "./later_names.ts";
import { silentSince } from "./timers.ts";

/** Under which name what ends the old lane can be found while it waits. */
export function handoverName(id: string): string {
  return `handover/${id}`;
}

/**
 * Has a conversation go on at another desk: a new card there, or the one it had, lives again. One that
 * is at its end, while another desk serves its customer, stays where it is.
 * @param among all desks that there are
 */
export async function onTransfer(
  read: Reader,
  hand: Hand,
  { from, to, among }: { from: DeskAmong; to: DeskAmong; among: readonly DeskAmong[] },
): Promise<Change> {
  const { desk, customerId, by, nowMs } = hand;
  const conversation = await read.conversation(customerId);
  if (!conversation) return {};
  const { movedTo } = conversation;
  if (movedTo) return { tasks: doneBy(hand, { text: "moved-to", desk: movedTo.name }) };
  const serving = await servingElsewhere(read, hand, among);
  if (serving) return { tasks: doneBy(hand, { text: "transfer-elsewhere", name: serving.name }) };
  const deskId = to.desk.channelId;
  const there = read.at(deskId);
  const [known, settings, served] = await Promise.all([
    there.conversation(customerId),
    there.settings(),
    read.servedBy(customerId),
  ]);
  const id = `${nowMs}/${deskId}`;
  const arriving = arrivingAt(conversation, known, { settings, nowMs });
  return {
    conversations: [leaving(conversation, to, known?.card)],
    // Whoever accepts what they write meanwhile looks again which desk it is for.
    servedBy: [{ customerId, ...servedAt(served, deskId, desk.channelId) }],
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

/** The desk that serves somebody by now, or has banned them, if it is another one. */
async function servingElsewhere(
  read: Reader,
  { desk, customerId }: Hand,
  among: readonly DeskAmong[],
): Promise<DeskAmong | null> {
  const served = await read.servedBy(customerId);
  const serving = served && deskOfChannel(among, served.deskId);
  return serving && serving.channelId !== desk.channelId ? serving : null;
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

/** The cards that a conversation has left for this one lead to it. */
export async function leadingTo(
  { deskId, postId }: { deskId: number; postId: number },
  customerId: number,
  read: Reader,
): Promise<Pick<Change, "elsewhere">> {
  const elsewhere: NonNullable<Change["elsewhere"]> = [];
  for (const { deskId: leftId, conversation: left } of await formerlyAt(read, customerId)) {
    if (left.movedTo?.deskId !== deskId) continue;
    const movedTo = { ...left.movedTo, postId };
    elsewhere.push({ deskId: leftId, change: { conversations: [{ ...left, movedTo }] } });
  }
  return elsewhere.length > 0 ? { elsewhere } : {};
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
  { settings, nowMs }: { settings: Settings; nowMs: number },
): Conversation {
  const {
    assignee: _assignee,
    card: _card,
    timers: _timers,
    lastAnswer: _lastAnswer,
    awayOn: _awayOn,
    movedTo: _movedTo,
    silence,
    waiting,
    laterUntilMs = 0,
    ...rest
  } = broughtBack(conversation);
  const later = Math.max(laterUntilMs, known?.laterUntilMs ?? 0);
  const arriving: Conversation = {
    ...rest,
    ...defined({
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
