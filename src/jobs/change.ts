/**
 * What a decision wants written: records and tasks, as plain data. One change becomes one commit,
 * all of it or nothing.
 */
import type { Conversation } from "../conversation/conversation.ts";
import type { Served } from "../conversation/served.ts";
import type { Visit } from "../conversation/visit.ts";
import type { Route } from "../desk/route.ts";
import type { Doubt } from "../message/doubt.ts";
import type { CustomerTrace, Erasure } from "./footprint.ts";
import type { Formatted } from "../words/formatted.ts";
import type { Cause, Job } from "./job.ts";
import type { Lane } from "../conversation/lane.ts";
import type { Link, Place } from "../message/link.ts";
import type { ReplyUse } from "../replies/use.ts";
import type { OwnText, Settings } from "../settings/settings.ts";
import type { Scheduled, ScheduledName } from "./scheduled.ts";
import type { DeskEvent } from "../stats/stats.ts";
import type { Task } from "./task.ts";
import type { Roster } from "../desk/roster.ts";
import type { Agent, Membership } from "../desk/team.ts";

/** The root of a customer's thread: the automatic forward of their card in the group. */
export interface Root {
  customerId: number;
  at: RootPlace;
}

/** Where a root stands, and which post it is the forward of. */
export interface RootPlace extends Place {
  postId?: number;
}

/** A chat that Telegram asked us to leave alone for a while. */
export interface Pause {
  chatId: number;
  untilMs: number;
}

/** A task and the lane it goes to. */
export interface NewTask {
  lane: Lane;
  task: Task;
  /** How the job can be found again while it waits. */
  name?: string;
  /** Not to be worked before; absent: at once. */
  dueMs?: number;
  /** It goes behind what is accepted into the lane while the change is being written, too. */
  goesLast?: true;
}

/** The other message of the two, and who gave the command, if that was a person. */
export interface Confirmation {
  messageId: number;
  userId?: number;
}

/** A change with all that its parts at other desks have done, in whichever lanes, as its own. */
export function withLifted(
  change: Change,
  elsewhere: { deskId: number; change: Change }[],
): Change {
  const lifted = elsewhere.map(({ change }) => change);
  const all = [change, ...lifted];
  return {
    ...change,
    tasks: all.flatMap(({ tasks = [] }) => tasks),
    scheduled: all.flatMap(({ scheduled = [] }) => scheduled),
    unscheduled: all.flatMap(({ unscheduled = [] }) => unscheduled),
    wake: all.flatMap(({ wake = [] }) => wake),
    elsewhere: elsewhere.map(({ deskId, change }) => {
      const { tasks: _t, scheduled: _s, unscheduled: _u, wake: _w, ...records } = change;
      return { deskId, change: records };
    }),
  };
}

/** Records to write and tasks to append to lanes, in one commit. */
export interface Change {
  conversations?: Conversation[];
  /** Which desk serves customers from now on, and which have before. */
  servedBy?: ({ customerId: number } & Served)[];
  /** Which desk newcomers come to; `null`: the first. */
  route?: Route | null;
  /** Conversations to forget, by customer ID. */
  forget?: number[];
  /** A root leads to its customer, and becomes the customer's thread. */
  roots?: Root[];
  /** A root that leads to its customer without replacing their thread. */
  sideRoots?: Root[];
  /** Customers whose root is gone: their thread has to begin anew. */
  lostRoots?: number[];
  /** What is in doubt under a root; `null`: nothing any more. */
  doubts?: { customerId: number; root: Place; doubt: Doubt | null }[];
  /** Posts that stand for a customer. */
  posts?: { customerId: number; postId: number }[];
  /** Roots, and posts, that lead to nobody from now on, whatever they say. */
  erasedRoots?: Place[];
  erasedPosts?: number[];
  /** What stays of customers who are erased, under marks of their IDs. */
  erasures?: { customerId: number; erasure: Erasure }[];
  /** Records to delete. */
  traces?: CustomerTrace[];
  links?: Link[];
  /** What is no longer shown on the other side. */
  unlinks?: Link[];
  memberships?: Membership[];
  /** Memberships as they were asked for, kept only where nothing is known by now. */
  asked?: Membership[];
  pauses?: Pause[];
  /** Colleagues who have answered a customer. */
  agents?: Agent[];
  /** Whether an agent wants to be told when somebody waits. */
  notices?: { userId: number; isWanted: boolean }[];
  /** Who is on shift, and in which order their turns come. */
  roster?: Roster;
  /** What is kept of those who have only read; `null`: nothing any more. */
  visits?: { customerId: number; visit: Visit | null }[];
  /** Whom the creator lets into the group, or no longer does. */
  allowed?: { userId: number; isAllowed: boolean }[];
  /** The link by which agents ask to join; `null`: there is none any more. */
  invite?: string | null;
  settings?: Settings;
  /** The desk's own words; `null`: those of the program again. */
  ownTexts?: { name: OwnText; words: Formatted | null }[];
  /** What counts for statistics. */
  events?: DeskEvent[];
  /** Whose reaction is now the last on a message. */
  reactors?: { at: Place; reactorId: number }[];
  /** How much canned replies are used now, by their IDs. */
  replyUses?: { id: string; use: ReplyUse }[];
  /** Messages about which something was said that is said only once. */
  told?: Place[];
  /** Messages that stay on their side: notes, commands, and first pieces of albums of notes. */
  notes?: Place[];
  /** Appended to their lanes in this order. */
  tasks?: NewTask[];
  /** What waits beside its lane until its time comes, in place of what waited under the same name. */
  scheduled?: Scheduled[];
  /** What waits for its time no longer. */
  unscheduled?: ScheduledName[];
  /** Commands and the messages of ours that confirm them, by their IDs in a chat. */
  confirmations?: { customerId: number; command: Place; confirmation: Confirmation }[];
  /** Records of other desks: what is written there, in the same commit. */
  elsewhere?: { deskId: number; change: Change }[];
  /** Jobs that go on with another task or another time, where they stand. */
  rewrites?: Job[];
  /** Tasks that take the place of the job being settled, in its lane, in this order. */
  instead?: Task[];
  /** What was given up before it became a job, kept for the operator. */
  failed?: { lane: Lane; task: Task; reason: string }[];
  /** Lanes whose next job may have been waiting for what this change brings about. */
  wake?: { lane: Lane; because: Cause }[];
}
