/** What is said of a conversation that goes on at another desk, and of where newcomers go. */

/** Where newcomers go: to the desk with the least to do, to one, or to the first. */
export type RoutedTo = { by: "even" } | { by: "desk"; name: string } | { by: "first" };

/** A desk on a button. */
export interface OfferedDesk {
  deskId: number;
  name: string;
}

/** A sentence by name, with what it has to tell. */
export type TransferNotice =
  /** To who asks without saying where to; with a button for each desk. */
  | { text: "transfer-to"; desks: OfferedDesk[] }
  /** To the old thread, and to the new one. */
  | { text: "did-transfer"; by: string; to: string }
  | { text: "transferred"; by: string; from: string }
  /** To who writes in the old thread: it reaches nobody. */
  | { text: "moved-to"; desk: string }
  /** To the thread where they are: the customer has edited what another desk shows. */
  | { text: "edited-before"; desk: string }
  /** To the owner: where newcomers go, as it is, and as it is from now on. */
  | { text: "route"; to: RoutedTo; first: string; names: string[] }
  | { text: "route-done"; to: RoutedTo; first: string }
  /**
   * Nothing is done: there is one desk alone, none of that name, it is there already, who serves them
   * is another, or it cannot.
   */
  | { text: "transfer-alone" }
  | { text: "transfer-unknown"; words: string; names: string[] }
  | { text: "transfer-gone" }
  | { text: "transfer-here"; name: string }
  | { text: "transfer-elsewhere"; name: string }
  | { text: "transfer-stuck"; name: string };
