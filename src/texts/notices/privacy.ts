/** What is said of what is kept of a customer, and of erasing it. */

/** A part of the file, with a sentence that says what it is. */
export type DataPart =
  | "all"
  | "person"
  | "conversation"
  | "posts"
  | "links"
  | "waiting"
  | "failed"
  | "marks"
  | "team"
  | "other-desks";

/** A sentence by name, with what it has to tell. */
export type PrivacyNotice =
  /** To whoever asks what is kept of them; with buttons to see it and to erase it. */
  | {
    text: "privacy";
    /** How many days links live, and conversations in which nobody writes; `null`: for good. */
    linkDays: number;
    keepDays: number | null;
  }
  | { text: "button-show-data" }
  | { text: "button-erase" }
  | { text: "button-erase-sure" }
  /** With the file that holds all of it. */
  | { text: "data" }
  /** In that file: what a part of it is. */
  | { text: "data-about"; part: DataPart }
  /** Whether to erase the conversation that began at this time, with buttons. */
  | { text: "erase-sure"; sinceMs: number }
  | { text: "erase-cancelled" }
  /** Nothing is kept of them as a customer; of an agent something is, as such. */
  | { text: "erase-nothing"; isAgent: boolean }
  /** While it is being done. */
  | { text: "erase-begun" }
  /** The button belongs to a conversation that is no more. */
  | { text: "erase-stale" }
  /** To the customer: it is done; and how much of theirs had not arrived. */
  | { text: "erased"; undelivered: number; isBanned: boolean }
  /** To the thread: the customer has erased their data; and how much of the team's had not arrived. */
  | { text: "did-erase"; undelivered: number }
  /** To an agent who comments in such a thread, or presses a button there. */
  | { text: "erased-thread" }
  /** In place of the name on the card. */
  | { text: "erased-card" };
