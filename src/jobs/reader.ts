/** What decisions read: whatever was read is checked again by the commit that follows. */
import type { Conversation } from "../conversation/conversation.ts";
import type { Served } from "../conversation/served.ts";
import type { Visit } from "../conversation/visit.ts";
import type { Route } from "../desk/route.ts";
import type { Doubt, DoubtedCopy } from "../message/doubt.ts";
import type { Erasure, Footprint } from "./footprint.ts";
import type { Formatted } from "../words/formatted.ts";
import type { Job } from "./job.ts";
import type { Lane } from "../conversation/lane.ts";
import type { Counterpart, Place } from "../message/link.ts";
import type { ReplyUse } from "../replies/use.ts";
import type { OwnText, Settings } from "../settings/settings.ts";
import type { Roster } from "../desk/roster.ts";
import type { Agent, Membership } from "../desk/team.ts";
import { Change, Confirmation, RootPlace } from "./change.ts";
import type { Scheduled } from "./scheduled.ts";

/** A job that was given a name, if it still waits; and the first message it was about. */
export interface NamedJob {
  job: Job | null;
  messageId: number;
}

/** From what is known to what is to be written. May be asked again if what it read has changed. */
export type Decision = (read: Reader) => Change | Promise<Change>;

/** A channel in which a desk was before, and a reader of what is kept there. */
export interface FormerReader {
  deskId: number;
  read: Reader;
}

/** What decisions read. Whatever was read is checked again by the commit that follows. */
export interface Reader {
  /** A reader of another desk's records, checked by the same commit. */
  at(deskId: number): Reader;
  /** The channels that the desk has left, and where no other is by now, the last first. */
  formerly(): Promise<FormerReader[]>;
  conversation(customerId: number): Promise<Conversation | null>;
  /** What is kept of what somebody has read; `null`: nothing. */
  visit(customerId: number): Promise<Visit | null>;
  /** Which desk has served a customer last, and which before; `null`: that was never written down. */
  servedBy(customerId: number): Promise<Served | null>;
  /** Which desk newcomers come to; `null`: nobody has decided it. */
  route(): Promise<Route | null>;
  /** The root of the customer's thread. */
  rootOf(customerId: number): Promise<RootPlace | null>;
  /** What is in doubt under a root; `null`: nothing. */
  doubt(customerId: number, root: Place): Promise<Doubt | null>;
  /** The copies of a customer's messages under a root from this one on, in their order. */
  copiesUnder(customerId: number, root: Place, sinceId: number): Promise<DoubtedCopy[]>;
  /** Which customer's thread a root begins; `"erased"`: that of somebody who has erased their data. */
  customerByRoot(root: Place): Promise<number | "erased" | null>;
  /** Whether a group has, or had, threads of the desk's. Not checked again. */
  hasThreadsIn(groupId: number): Promise<boolean>;
  /** Whether a post stood for somebody who has erased their data. */
  isErasedPost(postId: number): Promise<boolean>;
  /** What stays of a customer who was erased; `null`: nothing, or they never were. */
  erasure(customerId: number): Promise<Erasure | null>;
  /** What is kept of the customer whom a job erases, with at most so many links. */
  footprint(job: Job, mostLinks: number): Promise<Footprint>;
  /** Where the message shown here is shown on the other side. */
  counterpart(place: Place): Promise<Counterpart | null>;
  /** The job that was last added to the lane under this name; `null` if none was of late. */
  named(lane: Lane, name: string): Promise<NamedJob | null>;
  /** What waits beside the lane under this name until its time comes; `null`: nothing. */
  scheduled(lane: Lane, name: string): Promise<Scheduled | null>;
  /** All that waits beside the lane, unless its words cannot be read any more. Not checked again. */
  allScheduled(lane: Lane): Promise<Scheduled[]>;
  /** The message that confirms a command, or the command that it confirms, in the same chat. */
  confirmation(customerId: number, place: Place): Promise<Confirmation | null>;
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
  /** The job of a lane that goes next, if it does not go already; `null`: there is none. */
  firstOf(lane: Lane): Promise<Job | null>;
  membership(userId: number): Promise<Membership | null>;
  /** A colleague who has answered a customer before. */
  agent(userId: number): Promise<Agent | null>;
  /** Whether an agent wants to be told when somebody waits; `null`: they never said. */
  isNoticeWanted(userId: number): Promise<boolean | null>;
  /** Who is on shift, and in which order their turns come. */
  roster(): Promise<Roster>;
  /** Whether the creator lets somebody into the group. */
  isAllowed(userId: number): Promise<boolean>;
  /** The link by which agents ask to join; `null`: there is none. */
  invite(): Promise<string | null>;
  settings(): Promise<Settings>;
  ownText(name: OwnText): Promise<Formatted | null>;
  /** Until when a chat is to be left alone; 0 if it is not. Read anew each time. */
  pausedUntilMs(chatId: number): Promise<number>;
  /**
   * Begins to read what is soon asked for, all at once. What is not asked for after all is not
   * checked, and whether it could be read is told to whoever asks.
   */
  ahead(ask: (soon: Reader) => Promise<unknown>[]): void;
}
