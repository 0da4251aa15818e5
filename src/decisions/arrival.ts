/** What follows when a message has arrived on the other side. */
import { addressOfPost } from "../conversation/address.ts";
import type { Away } from "../hours/away.ts";
import { displayName } from "../conversation/card.ts";
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { backHere, type Conversation } from "../conversation/conversation.ts";
import type { Desk } from "../desk/desk.ts";
import type { Job } from "../jobs/job.ts";
import type { AlertTask } from "../jobs/notice_task.ts";
import { chatOf, messageOf } from "../jobs/task_traits.ts";
import { laneOf } from "../conversation/lane.ts";
import type { Link } from "../message/link.ts";
import { usedAgain } from "../replies/use.ts";
import { isOn } from "../settings/settings.ts";
import type { Notice } from "../texts/notice.ts";
import type { Membership } from "../desk/team.ts";
import { defined } from "../values/defined.ts";
import { silentSince } from "./timers.ts";

/** A message that has arrived. */
export interface Arrival {
  job: Job;
  /** What shows what, where. */
  links: Link[];
  /** What was learned on the way about who is of the team. */
  asked: Membership[];
  /** It was sent as this canned reply. */
  replyId?: string;
  /** Who is to be told that this customer waits now. */
  listeners?: number[];
  /** Nobody is here: the day, and when somebody is back, if it is known. */
  away?: Away;
}

/** Colleagues whose answers are closer than this did not see each other's. */
const COLLISION_MS = 10_000;

/** A new message of the customer's, or an answer of the team's, is on the other side. */
export async function onDelivered(
  arrival: Arrival,
  read: Reader,
  { desk, nowMs, serves }: {
    desk: Desk;
    nowMs: number;
    /** Whether there is a desk with this ID. */
    serves: (deskId: number) => boolean;
  },
): Promise<Change> {
  const { links, asked, replyId } = arrival;
  const { lane } = arrival.job;
  const conversation = await read.conversation(lane.customerId);
  const more = conversation === null
    ? {}
    : lane.direction === "to-team"
    ? onShownToTeam(conversation, arrival, { desk, nowMs })
    : await onAnswered(hereUnless(serves, conversation), arrival, read, { desk, nowMs });
  if (replyId === undefined) return { ...more, links, asked };
  const use = usedAgain(await read.replyUse(replyId), nowMs);
  return { ...more, links, asked, replyUses: [{ id: replyId, use }] };
}

/** The conversation as it is, but for its going on at a desk that is no more: then it is here. */
function hereUnless(
  serves: (deskId: number) => boolean,
  conversation: Conversation,
): Conversation {
  const { movedTo } = conversation;
  return movedTo && !serves(movedTo.deskId) ? backHere(conversation) : conversation;
}

function onShownToTeam(
  conversation: Conversation,
  { links, listeners = [], away }: Arrival,
  { desk, nowMs }: { desk: Desk; nowMs: number },
): Change {
  const { customer: { id: customerId }, awayOn } = conversation;
  const begins = defined({ messageId: links[0]?.there.messageId });
  const tasks = alerting(conversation, begins, listeners, desk);
  const isAwayNews = away !== undefined && away.day !== awayOn;
  if (isAwayNews) {
    const { back } = away;
    const notice = { text: "away", ...defined({ back }) } as const;
    tasks.push({ lane: laneOf(desk, customerId, "to-customer"), task: { kind: "notice", notice } });
  }
  return {
    events: [{ kind: "from-customer", atMs: nowMs }],
    ...(tasks.length > 0 ? { tasks } : {}),
    ...(isAwayNews ? { conversations: [{ ...conversation, awayOn: away.day }] } : {}),
  };
}

/** How many are told at once that somebody waits: a commit takes a hundred checks. */
const ALERTED_AT_ONCE = 10;

/**
 * What tells listeners that a customer waits: the first of those who do not know yet. The others are
 * told by a job behind these, so that commands that come meanwhile are obeyed between.
 * @param listeners in the order of their IDs
 */
export function alerting(
  { customer, card, waiting }: Conversation,
  { messageId, after = -Infinity, late }: Pick<AlertTask, "messageId" | "after" | "late">,
  listeners: readonly number[],
  desk: Desk,
): NewTask[] {
  if (!card || !waiting) return [];
  const left = listeners.filter((userId) => userId > after);
  const some = left.slice(0, ALERTED_AT_ONCE);
  const lane = laneOf(desk, customer.id, "to-desk");
  const address = addressOfPost(desk.channelId, card.postId, messageId);
  const { messageId: waitingMessageId } = waiting;
  const name = displayName(customer);
  const notice: Notice = late
    ? { text: "late", name, address, minutes: late.minutes, waitingMessageId }
    : { text: "waits", name, address };
  const about = { waitingMessageId, ...defined({ messageId }) };
  const orAlert: AlertTask | undefined = late?.tells === "assignee"
    ? { kind: "alert", ...about, late: { ...late, tells: "listeners" } }
    : undefined;
  const told = some.map((chatId): NewTask => ({
    lane,
    task: { kind: "notice", notice, chatId, ...defined({ orAlert }) },
  }));
  const last = some.at(-1);
  if (left.length === some.length || last === undefined) return told;
  const rest = { ...about, after: last, ...defined({ late }) };
  return [...told, { lane, task: { kind: "alert", ...rest } }];
}

async function onAnswered(
  conversation: Conversation,
  { job, links }: Arrival,
  read: Reader,
  { desk, nowMs }: { desk: Desk; nowMs: number },
): Promise<Change> {
  const { task, acceptedMs: atMs } = job;
  if (!("writer" in task) || task.writer.kind === "customer") return {};
  const { writer } = task;
  const { waiting: waitsHere, lastAnswer, ...rest } = conversation;
  const there = await goesOnAt(conversation, read);
  const waiting = there ? there.conversation.waiting : waitsHere;
  const settings = await read.settings();
  // What they wrote after the answer was written is not answered by it; but what they wrote in what
  // is the future by now they wrote before the clock was set back.
  const isAnswered = waiting !== undefined &&
    (waiting.sinceMs <= atMs || waiting.sinceMs > nowMs);
  const { id: customerId } = conversation.customer;
  const agentId = writer.kind === "person" ? writer.userId : 0;
  const tasks: NewTask[] = [];
  const isClose = lastAnswer !== undefined && lastAnswer.agentId !== agentId &&
    Math.abs(atMs - lastAnswer.atMs) <= COLLISION_MS;
  if (isClose && isOn(settings, "collision")) {
    const name = (await read.agent(lastAnswer.agentId))?.name ?? desk.title;
    tasks.push({
      lane: laneOf(desk, customerId, "to-desk"),
      task: {
        kind: "notice",
        notice: { text: "collision", name },
        answerTo: links[0]?.here.messageId ?? messageOf(task),
        ...defined({ answerIn: links[0]?.here.chatId ?? chatOf(task) }),
      },
    });
  }
  const known = writer.kind === "person" ? await read.agent(writer.userId) : null;
  const isAgentNew = writer.kind === "person" && known?.name !== writer.name;
  const answered: Conversation = {
    ...rest,
    ...defined({ waiting: isAnswered ? undefined : waitsHere }),
    lastAnswer: { agentId, atMs },
  };
  return {
    conversations: [silentSince(answered, settings, nowMs)],
    ...(there && isAnswered ? { elsewhere: [answeredThere(there)] } : {}),
    events: [{
      kind: "from-team",
      atMs: nowMs,
      agentId,
      ...(isAnswered ? { waitedMs: Math.max(0, nowMs - waiting.sinceMs) } : {}),
    }],
    ...(isAgentNew ? { agents: [{ userId: writer.userId, name: writer.name }] } : {}),
    ...(tasks.length > 0 ? { tasks } : {}),
  };
}

/** A conversation as it goes on at another desk. */
interface GoesOn {
  deskId: number;
  conversation: Conversation;
}

/** Where a conversation goes on whose last answers from here are under way; `null`: here. */
async function goesOnAt(
  { customer, movedTo }: Conversation,
  read: Reader,
): Promise<GoesOn | null> {
  if (!movedTo) return null;
  const { deskId } = movedTo;
  const conversation = await read.at(deskId).conversation(customer.id);
  return conversation && { deskId, conversation };
}

/** The customer has the answer that they wait for there. */
function answeredThere(
  { deskId, conversation: { waiting: _answered, ...conversation } }: GoesOn,
): { deskId: number; change: Change } {
  return { deskId, change: { conversations: [conversation] } };
}
