/** What is to be done about a card and its thread: posting, changing, retiring, looking for it. */
import type { LinkedCopy } from "../message/buttons.ts";
import type { Place } from "../message/link.ts";

/** Post the customer's card in the channel. */
export interface CardTask {
  kind: "card";
  /** It stands for a conversation that another desk had: it was counted there. */
  isTransferred?: true;
  /** How many cards before it never got a thread. */
  inVain?: number;
}

/** Make the card in the channel, and its pin, show what the conversation is by now. */
export interface RefreshTask {
  kind: "refresh";
}

/** Mark a card whose thread is gone: the conversation goes on under a newer one. */
export interface RetireTask {
  kind: "retire";
  postId: number;
}

/** Take a message off its chat's pins: a card's automatic forward, or a card that is over. */
export interface UnpinTask {
  kind: "unpin";
  at: Place;
}

/** Look whether the root is there under which copies are in doubt. */
export interface LookTask {
  kind: "look";
  root: Place;
  /** A copy among them, by its ID, that answers a comment which may be gone: whose copy it is. */
  copy?: { here: Place; copyId: number; answered: number };
  /** The root is gone: the copies are asked where they stand. */
  asks?: true;
  /** From this one on they are known to lie outside of the thread. */
  astrayFrom?: number;
  /** Those that somebody has deleted. */
  gone?: number[];
  /** The link buttons under the newest of the copies: a question has to leave them there. */
  private?: { linked: LinkedCopy };
}
