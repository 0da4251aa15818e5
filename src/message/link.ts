/** Two places that show the same message, readable from both ends. */
import type { ContentKind } from "./content.ts";

/** One message in one chat. */
export interface Place {
  chatId: number;
  messageId: number;
  /** In the group: the root of the thread the message is in. */
  rootId?: number;
}

/** What a message showed when it was last carried across, as far as it may be kept. */
export interface Shows {
  kind: ContentKind;
  /** A short keyed hash of all that can be seen of it. */
  content: string;
  /** A short keyed hash of its file alone, with its spoiler; empty without a file. */
  media: string;
  /** Its copy is several messages, and what it becomes cannot be put in their place. */
  isInParts?: true;
  /** Its copy's words begin with the line that says what it answers elsewhere. */
  isReferring?: true;
  /** The message of the same chat that it answers, by its ID. */
  answerTo?: number;
  /** An answer of the team's that was sent while these are signed: the name before its copy's words. */
  signedAs?: string;
}

/** A message here, and the same message there. */
export interface Link {
  here: Place;
  there: Place;
  /** Only at the end where the message was written. */
  shows?: Shows;
  /** What is there shows only part of the message: it leads here, but not the other way round. */
  isPart?: true;
  /**
   * Other messages there that belong to it, by their IDs: the pieces of its album, the rest of a long
   * text, the line before it, what it was before an edit. Only at the end where it was written.
   */
  also?: number[];
  /**
   * Who had the bot send it, as an agent's ID (0: nobody in particular): what is here is the copy of what
   * the bot has sent there. Only at the end where that copy is.
   */
  sentBy?: number;
}

/** Where a message of one place is shown on the other side. */
export type Counterpart = Omit<Link, "here" | "isPart">;

/** A link as it is found from each of its ends. */
export function endsOf({ isPart, ...link }: Link): Omit<Link, "isPart">[] {
  const reversed = { here: link.there, there: link.here };
  return isPart ? [reversed] : [link, reversed];
}
