/**
 * Fair shares: each conversation that begins, or goes on without anybody's having it, goes to the one
 * whose turn it is of those on shift. Turns are taken in one lane of the desk's, so that no two
 * instances give the same one away.
 */
import { addressOfPost } from "../conversation/address.ts";
import { displayName } from "../conversation/card.ts";
import type { Conversation } from "../conversation/conversation.ts";
import { laneOf, laneOfTurns } from "../conversation/lane.ts";
import type { Desk } from "../desk/desk.ts";
import { afterTurn, withoutAgents } from "../desk/roster.ts";
import type { Agent } from "../desk/team.ts";
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import type { DealTask } from "../jobs/task.ts";
import { isOn } from "../settings/settings.ts";

/** The change, and whatever it opens is given to somebody, if the desk wants that. */
export async function withShares(change: Change, deskId: number, read: Reader): Promise<Change> {
  const tasks: NewTask[] = [];
  for (const conversation of change.conversations ?? []) {
    if (!isToDeal(conversation)) continue;
    const { id: customerId } = conversation.customer;
    const before = await read.conversation(customerId);
    if (before && isUnderWay(before)) continue;
    if (!isOn(await read.settings(), "distribute")) continue;
    const lane = laneOfTurns({ channelId: deskId });
    tasks.push({ lane, task: { kind: "deal", customerId } });
  }
  return tasks.length > 0 ? { ...change, tasks: [...change.tasks ?? [], ...tasks] } : change;
}

/** Whether the team sees it: until its card is posted, who writes may turn out to be one of them. */
function isUnderWay({ status, card }: Conversation): boolean {
  return status === "open" && card !== undefined;
}

function isToDeal(conversation: Conversation): boolean {
  return isUnderWay(conversation) && conversation.assignee === undefined;
}

/** Whether a conversation is to be given to somebody still. */
export async function isStillToDeal(read: Reader, customerId: number): Promise<boolean> {
  const conversation = await read.conversation(customerId);
  return conversation !== null && isToDeal(conversation) &&
    isOn(await read.settings(), "distribute");
}

/** Whose turn it was gets the conversation, and is told. Who has left the team has no more turns. */
export async function onDeal(
  read: Reader,
  task: DealTask,
  { agent, gone, desk }: {
    /** Absent: nobody is on shift. */
    agent: Agent | undefined;
    /** Who is on shift and has left the team, by their IDs. */
    gone: readonly number[];
    desk: Desk;
  },
): Promise<Change> {
  const known = await read.roster();
  const roster = withoutAgents(known, gone);
  const left: Change = roster.length < known.length ? { roster } : {};
  if (!agent || !await isStillToDeal(read, task.customerId)) return left;
  // Their shift has ended since it was looked whose turn it is.
  if (!roster.some(({ userId }) => userId === agent.userId)) return { ...left, instead: [task] };
  const conversation = (await read.conversation(task.customerId))!;
  const { customer, card } = conversation;
  const address = addressOfPost(desk.channelId, card!.postId);
  return {
    roster: afterTurn(roster, agent.userId),
    conversations: [{ ...conversation, assignee: agent }],
    tasks: [{
      lane: laneOf(desk, customer.id, "to-desk"),
      task: {
        kind: "notice",
        notice: { text: "dealt", name: displayName(customer), address },
        chatId: agent.userId,
      },
    }],
  };
}
