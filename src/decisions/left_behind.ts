/**
 * What is said of what a desk owed that is no more and that is shown nowhere: no people of another desk
 * are shown what its team wrote, of which the bot's owner is told; a customer is told of what they wrote
 * themselves, if nobody can be shown it any more.
 */
import { displayName } from "../conversation/card.ts";
import type { Conversation } from "../conversation/conversation.ts";
import { laneOf } from "../conversation/lane.ts";
import type { Desk } from "../desk/desk.ts";
import type { Change } from "../jobs/change.ts";
import type { Job } from "../jobs/job.ts";
import type { Reader } from "../jobs/reader.ts";
import { chatOf, messageOf, messagesIn } from "../jobs/task_traits.ts";
import { MINUTE_MS } from "../time/duration.ts";
import type { Unanswered } from "../texts/notices/desks.ts";
import { defined } from "../values/defined.ts";

/** How long it is collected what the owner is told in one message. */
const COLLECTED_MS = MINUTE_MS;
/** So many customers are named. */
const MOST_NAMED = 20;

/** Who tells it: a desk that there is, to the owner. */
export interface LeftTo {
  desk: Desk;
  ownerId: number | undefined;
  /** What the desk was called that is no more, if that is known. */
  left: string | undefined;
  nowMs: number;
}

/** Tells who wrote what a job was to bring that it is given up, since its desk is no more. */
export async function onLeftBehind(read: Reader, job: Job, to: LeftTo): Promise<Change> {
  const { lane: { customerId, direction }, task } = job;
  const conversation = await read.conversation(customerId);
  if (!conversation) return {};
  if (direction !== "to-team") return await ownerTold(read, job, conversation, to);
  if (conversation.status === "banned") return {};
  return {
    tasks: [{
      lane: laneOf(to.desk, customerId, "to-customer"),
      task: {
        kind: "notice",
        notice: { text: "undeliverable", why: { because: "no desk" } },
        answerTo: messageOf(task),
        ...defined({ answerIn: chatOf(task) }),
      },
    }],
  };
}

/** One more customer whom something of the team's does not reach. */
async function ownerTold(
  read: Reader,
  { lane: { deskId }, task }: Job,
  { customer }: Conversation,
  { desk, ownerId, left, nowMs }: LeftTo,
): Promise<Change> {
  if (ownerId === undefined) return {};
  const lane = laneOf(desk, 0, "to-desk");
  const name = `left-behind/${deskId}`;
  const waiting = await read.scheduled(lane, name);
  const { dueMs = nowMs + COLLECTED_MS } = waiting ?? {};
  const known = waiting?.task.kind === "notice" && waiting.task.notice.text === "left-behind"
    ? waiting.task.notice
    : { people: [], more: 0 };
  // What comes in parts may have begun to arrive.
  const count = Math.max(1, messagesIn(task));
  const unanswered = { customerId: customer.id, name: displayName(customer), count };
  const people = withOneMore(known.people, unanswered);
  const more = known.more + (people.length > MOST_NAMED ? count : 0);
  return {
    scheduled: [{
      lane,
      name,
      dueMs,
      task: {
        kind: "notice",
        notice: {
          text: "left-behind",
          ...defined({ desk: left }),
          people: people.slice(0, MOST_NAMED),
          more,
        },
        chatId: ownerId,
        isSealed: true,
      },
    }],
  };
}

/** Each customer once, with all that does not reach them. */
function withOneMore(known: readonly Unanswered[], one: Unanswered): Unanswered[] {
  const isKnown = known.some(({ customerId }) => customerId === one.customerId);
  if (!isKnown) return [...known, one];
  return known.map((each) =>
    each.customerId === one.customerId ? { ...one, count: each.count + one.count } : each
  );
}
