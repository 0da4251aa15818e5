/**
 * What agents do to a conversation: close it, give it another priority, ban, assign. Each is one
 * change with all that follows: the card, what the customer is told, one line in the thread.
 */
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import {
  banned,
  closed,
  type Conversation,
  type Priority,
  reopened,
} from "../conversation/conversation.ts";
import type { Desk } from "../desk/desk.ts";
import { alsoFormerly, banOf } from "./ban.ts";
import { callingOffElsewhere } from "./former.ts";
import { isCarrying } from "../jobs/task_traits.ts";
import { laneOf } from "../conversation/lane.ts";
import type { Place } from "../message/link.ts";
import type { Notice } from "../texts/notice.ts";
import { isOn, type Settings } from "../settings/settings.ts";
import type { DeskEvent } from "../stats/stats.ts";
import type { Agent } from "../desk/team.ts";
import { type TagAsked, withTag } from "../conversation/tags.ts";
import { defined } from "../values/defined.ts";
import type { Wording } from "../words/language.ts";

/** Who does it to which conversation, and how that is shown. */
export interface Hand {
  desk: Desk;
  customerId: number;
  /** The name of who does it. */
  by: string;
  nowMs: number;
  /** The comment with the command: it has been obeyed. */
  command?: Place;
  /** A question of ours, whose answer this is: the line takes its place. */
  question?: Place;
}

/** Closes a conversation; unless silently, the customer is told, and may be asked how it was. */
export async function onClose(
  read: Reader,
  hand: Hand,
  { isSilent }: { isSilent: boolean },
): Promise<Change> {
  const { customerId, by } = hand;
  const conversation = await read.conversation(customerId);
  if (!conversation) return {};
  if (conversation.status !== "open") return already(conversation, hand);
  const line: Notice = { text: "did-close", by, isSilent };
  return onCloseOf(conversation, await read.settings(), hand, { isSilent, line });
}

/** Closes an open conversation; the thread is told by this line. */
export function onCloseOf(
  conversation: Conversation,
  settings: Settings,
  hand: Hand,
  { isSilent, line, wording }: {
    isSilent: boolean;
    line: Notice;
    /** The customer's language, if they close it themselves. */
    wording?: Wording;
  },
): Change {
  const { desk, customerId, nowMs } = hand;
  // Who has blocked the bot is told nothing: they would be told when they come back.
  const isTold = !isSilent && conversation.blockedSinceMs === undefined;
  const isRated = isTold && isOn(settings, "rating");
  const told: Notice[] = [
    ...(isTold ? [{ text: "end" } as const] : []),
    ...(isRated ? [{ text: "rate" } as const] : []),
  ];
  const lane = laneOf(desk, customerId, "to-customer");
  return {
    conversations: [{ ...closed(conversation), ...(isRated ? { isRatingAsked: true } : {}) }],
    tasks: [
      ...told.map((notice): NewTask => ({
        lane,
        task: { kind: "notice", notice, ...defined({ private: wording && { wording } }) },
      })),
      ...doneBy(hand, line),
    ],
    events: [{ kind: "closed", atMs: nowMs }],
  };
}

/** Gives a conversation a priority; one that was closed goes on with it. */
export async function onPriority(read: Reader, hand: Hand, priority: Priority): Promise<Change> {
  const { customerId, by, nowMs } = hand;
  const conversation = await read.conversation(customerId);
  if (!conversation) return {};
  if (conversation.status === "banned") return already(conversation, hand);
  const isReopened = conversation.status === "closed";
  const open = isReopened ? reopened(conversation) : conversation;
  return {
    conversations: [{ ...open, priority }],
    tasks: doneBy(hand, { text: "did-priority", by, priority }),
    events: isReopened ? await openings(read, conversation, nowMs) : [],
  };
}

/** Bans a customer: nothing of theirs is shown any more. */
export async function onBan(read: Reader, hand: Hand): Promise<Change> {
  const { customerId, by, nowMs } = hand;
  const conversation = await read.conversation(customerId);
  if (!conversation) return {};
  if (conversation.status === "banned") return already(conversation, hand);
  const wasOpen = conversation.status === "open";
  return {
    ...await alsoFormerly(read, customerId, "ban", nowMs),
    conversations: [banned(conversation)],
    tasks: [
      ...doneBy(hand, { text: "did-ban", by }),
      ...await callingOff(read, hand),
    ],
    ...(wasOpen ? { events: [{ kind: "closed", atMs: nowMs }] } : {}),
  };
}

/** What has nothing go to the customer that waits for its time, and says how much that is. */
async function callingOff(
  read: Reader,
  { desk, customerId }: Hand,
): Promise<NewTask[]> {
  const waiting = await read.allScheduled(laneOf(desk, customerId, "to-customer"));
  const here = waiting.filter(({ task }) => isCarrying(task)).length;
  const elsewhere = await callingOffElsewhere(read, customerId);
  const count = here + elsewhere.count;
  if (count === 0) return [];
  const lane = laneOf(desk, customerId, "to-desk");
  return [
    ...elsewhere.tasks,
    { lane, task: { kind: "call-off" } },
    { lane, task: { kind: "notice", notice: { text: "did-call-off", count } } },
  ];
}

/** Lifts a ban. */
export async function onUnban(read: Reader, hand: Hand): Promise<Change> {
  const { customerId, by, nowMs } = hand;
  const conversation = await read.conversation(customerId);
  if (!conversation) return {};
  if (conversation.status !== "banned") return already(conversation, hand);
  return {
    ...await alsoFormerly(read, customerId, "lift", nowMs),
    conversations: [reopened(conversation)],
    tasks: doneBy(hand, { text: "did-unban", by }),
    events: await openings(read, conversation, nowMs),
  };
}

/**
 * Lifts the ban of whoever has this ID, also if there is no thread of theirs to say it in: they came
 * from the older bot, or have erased their data. `null`: they are not banned.
 */
export async function onUnbanOf(read: Reader, hand: Hand): Promise<Change | null> {
  const { customerId, nowMs } = hand;
  const ban = await banOf(read, customerId);
  if (!ban) return null;
  const isHere = ban.deskId === undefined;
  // Nobody gets a card before they write.
  if (isHere && "conversation" in ban && await hasThread(read, ban.conversation)) {
    return await onUnban(read, hand);
  }
  const lifted = await alsoFormerly(read, customerId, "lift", nowMs);
  if (!isHere) return lifted;
  return "conversation" in ban
    ? { ...lifted, conversations: [reopened(ban.conversation)] }
    : { ...lifted, erasures: [{ customerId, erasure: { untilMs: nowMs } }] };
}

/** Gives a conversation to a colleague; `null`: to nobody. */
export async function onAssign(read: Reader, hand: Hand, agent: Agent | null): Promise<Change> {
  const { customerId, by } = hand;
  const conversation = await read.conversation(customerId);
  if (!conversation) return {};
  const { assignee: _before, ...rest } = conversation;
  return {
    conversations: [agent ? { ...rest, assignee: agent } : rest],
    tasks: doneBy(hand, { text: "did-assign", by, ...defined({ to: agent?.name }) }),
  };
}

/**
 * Puts a tag on the card, or takes one away. A notice instead: nothing changes, and who asked is told
 * why, or which there are.
 */
export async function onTag(
  read: Reader,
  hand: Hand,
  asked: TagAsked,
): Promise<Change | { notice: Notice }> {
  const conversation = await read.conversation(hand.customerId);
  if (!conversation) return {};
  const { tags: known = [], ...rest } = conversation;
  if (asked.does === "list") return { notice: { text: "tags", tags: known } };
  const outcome = asked.does === undefined ? asked : withTag(known, asked);
  if ("problem" in outcome) {
    return { notice: { text: "tag-problem", problem: outcome.problem, tags: known } };
  }
  const { tags, tag, isOn } = outcome;
  return {
    conversations: [{ ...rest, ...defined({ tags: tags.length > 0 ? tags : undefined }) }],
    tasks: doneBy(hand, { text: "did-tag", by: hand.by, tag, isOn }),
  };
}

/**
 * What counts for statistics when a conversation goes on: that it is opened, unless it never had a
 * card, having come from the older bot. Then its first card counts, as of everybody.
 */
export async function openings(
  read: Reader,
  conversation: Conversation,
  atMs: number,
): Promise<DeskEvent[]> {
  return await hasThread(read, conversation) ? [{ kind: "opened", atMs }] : [];
}

async function hasThread(read: Reader, { customer, card }: Conversation): Promise<boolean> {
  return card !== undefined || await read.rootOf(customer.id) !== null;
}

/** One line that says who did what; and what asked for it is taken away. */
export function doneBy(hand: Hand, notice: Notice): NewTask[] {
  const { desk, customerId, command, question } = hand;
  const lane = laneOf(desk, customerId, "to-desk");
  const inPlace = question ? { replaces: question.messageId, answerIn: question.chatId } : {};
  return [
    { lane, task: { kind: "notice", notice, ...inPlace } },
    ...(command ? [{ lane, task: { kind: "delete", at: command } } as const] : []),
  ];
}

function already({ status }: Conversation, hand: Hand): Change {
  return { tasks: doneBy(hand, { text: "already", status }) };
}
