/** What privacy asks of the records: everything of a person, and conversations by their age. */
import type { Conversation, ConversationId } from "../conversation/conversation.ts";
import type { PersonalData } from "./personal_data.ts";

/** A conversation, and the desk it is of. */
export interface DeskConversation {
  deskId: number;
  conversation: Conversation;
}

/** Records by whom they are of, and by their age. */
export interface PersonalRecords {
  /** Everything that is kept of a person. */
  dataOf(deskId: number, userId: number): Promise<PersonalData>;
  /** The desks with a conversation of a person, also those that the bot has left. */
  desksOf(userId: number): Promise<number[]>;
  /** Conversations of all desks in the order of their keys, from after that one on, at most so many. */
  conversations(page: { after?: ConversationId; most: number }): Promise<DeskConversation[]>;
}
