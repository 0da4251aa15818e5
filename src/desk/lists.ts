/** What is listed of a desk, for people to look at: no decision rests on it alone. */
import type { Conversation } from "../conversation/conversation.ts";
import type { PersonalData } from "../privacy/personal_data.ts";
import type { DeskEvent } from "../stats/stats.ts";
import type { Agent } from "./team.ts";

/** Which conversation, of all desks that a bot serves or has served. */
export interface ConversationId {
  deskId: number;
  customerId: number;
}

/** A conversation, and the desk it is of. */
export interface DeskConversation {
  deskId: number;
  conversation: Conversation;
}

/** Lists of desks, by their channels' IDs. */
export interface DeskLists {
  /** Everybody who has answered a customer. */
  agents(deskId: number): Promise<Agent[]>;
  /** Who has said whether they want to be told when somebody waits. */
  noticesWanted(deskId: number): Promise<Map<number, boolean>>;
  /** How many customers wait for an answer. */
  countWaiting(deskId: number): Promise<number>;
  /** How many messages of a customer and of the team are linked, as far back as links reach. */
  countMessages(
    deskId: number,
    customerId: number,
  ): Promise<{ fromCustomer: number; fromTeam: number }>;
  /** Everything that is kept of a person. */
  dataOf(deskId: number, userId: number): Promise<PersonalData>;
  /** The desks with a conversation of a person, also those that the bot has left. */
  desksOf(userId: number): Promise<number[]>;
  /** Conversations of all desks in the order of their keys, from after that one on, at most so many. */
  conversations(page: { after?: ConversationId; most: number }): Promise<DeskConversation[]>;
  /** What has happened since then, in the order of time. */
  events(deskId: number, sinceMs: number): AsyncIterable<DeskEvent>;
}
