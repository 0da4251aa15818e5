/** What is said about shifts, and about whose turn it was. */

/** A sentence by name, with what it has to tell. */
export type ShiftNotice =
  /** To whoever asks who is on, by the names of desks; and to who begins or ends a shift. */
  | { text: "shifts"; desks: ShiftOfDesk[] }
  | { text: "shift-done"; isOn: boolean; desks: ShiftOfDesk[] }
  | { text: "shift-how" }
  /** To who writes without a name. */
  | { text: "shift-needs-name" }
  /** To an agent in private: a conversation is theirs, since it was their turn. */
  | { text: "dealt"; name: string; address: string };

/** Who is on shift at a desk, by their names in the order of their turns. */
export interface ShiftOfDesk {
  /** What the desk is called, if there are several. */
  desk?: string;
  names: string[];
  /** New conversations go to them. */
  isDistributing: boolean;
}
