/** What is said about the menu under the welcome. */

/** A sentence by name, with what it has to tell. */
export type MenuNotice =
  /** To the thread: what the customer has read, by the words on the buttons. */
  | { text: "did-read"; labels: string[] }
  /** To who presses a button that is there no more, or one that was pressed a moment ago. */
  | { text: "menu-gone" }
  | { text: "menu-repeated" }
  /** To who chooses a desk; and if a conversation of theirs is open. */
  | { text: "menu-chosen"; label: string }
  | { text: "menu-served" }
  /** To the thread: the customer has chosen another desk, or come by its link; nothing moves. */
  | { text: "did-choose-desk"; desk: string }
  /** To the desk's owner, once: these buttons are left out, since their replies or desks are no more. */
  | { text: "menu-missed"; labels: string[]; ofDesks?: string[] };
