/**
 * What a decision wants written: records and tasks, as plain data. One change becomes one commit,
 * all of it or nothing.
 */
import type { Conversation } from "../conversation/conversation.ts";
import type { Erasure, Footprint, Trace } from "./footprint.ts";
import type { Formatted } from "../words/formatted.ts";
import type { Cause, Job } from "./job.ts";
import type { Lane } from "../conversation/lane.ts";
import type { Counterpart, Link, Place } from "../message/link.ts";
import type { ReplyUse } from "../replies/use.ts";
import type { OwnText, Settings } from "../settings/settings.ts";
import type { DeskEvent } from "../stats/stats.ts";
import type { Task } from "./task.ts";
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
}

/** A job that was given a name, if it still waits; and the first message it was about. */
export interface Named {
  job: Job | null;
  messageId: number;
}

/** Records to write and tasks to append to lanes, in one commit. */
export interface Change {
  conversations?: Conversation[];
  /** Conversations to forget, by customer ID. */
  forget?: number[];
  /** A root leads to its customer, and becomes the customer's thread. */
  roots?: Root[];
  /** A root that leads to its customer without replacing their thread. */
  sideRoots?: Root[];
  /** Customers whose root is gone: their thread has to begin anew. */
  lostRoots?: number[];
  /** Posts that stand for a customer. */
  posts?: { customerId: number; postId: number }[];
  /** Roots, and posts, that lead to nobody from now on, whatever they say. */
  erasedRoots?: Place[];
  erasedPosts?: number[];
  /** What stays of customers who are erased, under marks of their IDs. */
  erasures?: { customerId: number; erasure: Erasure }[];
  /** Records to delete. */
  traces?: Trace[];
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
  /** Whom the creator lets into the group, or no longer does. */
  allowed?: { userId: number; isAllowed: boolean }[];
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
  /** Jobs that go on with another task or another time, where they stand. */
  rewrites?: Job[];
  /** Tasks that take the place of the job being settled, in its lane, in this order. */
  instead?: Task[];
  /** Lanes whose next job may have been waiting for what this change brings about. */
  wake?: { lane: Lane; because: Cause }[];
}

/** From what is known to what is to be written. May be asked again if what it read has changed. */
export type Decision = (read: Reader) => Change | Promise<Change>;

/** What decisions read. Whatever was read is checked again by the commit that follows. */
export interface Reader {
  conversation(customerId: number): Promise<Conversation | null>;
  /** The root of the customer's thread. */
  rootOf(customerId: number): Promise<RootPlace | null>;
  /** Which customer's thread a root begins; `"erased"`: that of somebody who has erased their data. */
  customerByRoot(root: Place): Promise<number | "erased" | null>;
  /** Whether a post stood for somebody who has erased their data. */
  isErasedPost(postId: number): Promise<boolean>;
  /** What stays of a customer who was erased; `null`: nothing, or they never were. */
  erasure(customerId: number): Promise<Erasure | null>;
  /** What is kept of the customer whom a job erases, with at most so many links. */
  footprint(job: Job, mostLinks: number): Promise<Footprint>;
  /** Where the message shown here is shown on the other side. */
  counterpart(place: Place): Promise<Counterpart | null>;
  /** The job that was last added to the lane under this name; `null` if none was of late. */
  named(lane: Lane, name: string): Promise<Named | null>;
  /** Whose reaction was the last on a message: what a person or chat is to Telegram. */
  lastReactor(place: Place): Promise<number | null>;
  /** How much a canned reply is used; `null`: never was. */
  replyUse(id: string): Promise<ReplyUse | null>;
  /** Whether somebody was told something about a message that is said only once. */
  wasTold(place: Place): Promise<boolean>;
  /** Whether a message of the team was an internal note, or the first piece of a noted album. */
  wasNote(place: Place): Promise<boolean>;
  /** The jobs that have yet to carry a message, by itself, in its album or in parts, in their order. */
  carriers(lane: Lane, place: Place): Promise<Job[]>;
  membership(userId: number): Promise<Membership | null>;
  /** A colleague who has answered a customer before. */
  agent(userId: number): Promise<Agent | null>;
  /** Whether an agent wants to be told when somebody waits; `null`: they never said. */
  isNoticeWanted(userId: number): Promise<boolean | null>;
  /** Whether the creator lets somebody into the group. */
  isAllowed(userId: number): Promise<boolean>;
  settings(): Promise<Settings>;
  ownText(name: OwnText): Promise<Formatted | null>;
  /** Until when a chat is to be left alone; 0 if it is not. Read anew each time. */
  pausedUntilMs(chatId: number): Promise<number>;
}
