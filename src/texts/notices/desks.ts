/** What is said of a bot's several desks. */

/** How a desk is, in a word. */
export type DeskState = "open" | "trouble" | "setting-up";

/** A desk in the list of all. */
export interface ListedDesk {
  /** Absent: it is not set up yet. */
  name?: string;
  title: string;
  state: DeskState;
  /** How many conversations are open, and in how many of them a customer waits. */
  open: number;
  waiting: number;
}

/** A customer whom something of the team's does not reach, and how many messages that is. */
export interface Unanswered {
  customerId: number;
  name: string;
  count: number;
}

/** A sentence by name, with what it has to tell. */
export type DesksNotice =
  /** To the owner: the desks, in their order, with a button for each; `isFixed`: CHANNEL_ID says which. */
  | { text: "desks"; desks: ListedDesk[]; isFixed: boolean }
  | { text: "button-desk"; name: string; state: DeskState }
  | { text: "button-add-desk" }
  /** To the owner who wants another one: how to. */
  | { text: "adddesk" }
  /** To the owner who wants none after all. */
  | { text: "adddesk-off" }
  /** CHANNEL_ID decides which desks there are. */
  | { text: "desks-fixed" }
  | { text: "renamedesk-how" }
  | { text: "renamedesk-done"; from: string; name: string }
  | { text: "renamedesk-empty"; words: string }
  | { text: "renamedesk-taken"; name: string }
  | { text: "removedesk-how"; names: string[] }
  /** No desk is called so. */
  | { text: "desk-unknown"; words: string; names: string[] }
  /** It cannot be removed: it is the last, or customers are still open there, some of whom are named. */
  | { text: "removedesk-last" }
  | { text: "removedesk-open"; name: string; count: number; customers: string[] }
  | { text: "removedesk-sure"; name: string }
  | { text: "button-remove-desk"; name: string }
  | { text: "removedesk-done"; name: string }
  /**
   * To the owner: what the team of a desk has written that is no more has not reached these customers.
   * Of one that was removed it is not known what it was called.
   */
  | { text: "left-behind"; desk?: string; people: Unanswered[]; more: number }
  /** An old button is of a desk that is no more. */
  | { text: "desk-gone" }
  /** Another desk is in the channel to which one was to move. */
  | { text: "desk-there"; name: string }
  /** To who administers several desks and has given a command in private: for which? */
  | { text: "which-desk"; names: { deskId: number; name: string }[]; command: number }
  /** It was asked too long ago, or is answered. */
  | { text: "which-desk-over" };
