/** Two places that show the same message, readable from both ends. */
import type { ContentKind } from "./content.ts";

/** One message in one chat. */
export interface Place {
  chatId: number;
  messageId: number;
}

/** What a message showed when it was last carried across, as far as it may be kept. */
export interface Shows {
  kind: ContentKind;
  /** A short keyed hash of all that can be seen of it. */
  content: string;
  /** The same of its file alone; empty without one. */
  media: string;
}

/** A message here, and the same message there. */
export interface Link {
  here: Place;
  there: Place;
  /** Only at the end where the message was written. */
  shows?: Shows;
}

/** Where a message of one place is shown on the other side. */
export type Counterpart = Omit<Link, "here">;

/** The same link, seen from the other end. */
export function reversed({ here, there }: Link): Link {
  return { here: there, there: here };
}
