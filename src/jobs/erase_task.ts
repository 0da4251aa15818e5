/** The tasks of erasing a customer, and how much of what waited goes nowhere then. */
import type { Wording } from "../words/language.ts";

/** Take away all that is kept of the lane's customer, step by step. */
export interface EraseTask {
  kind: "erase";
  /**
   * Whether they want it, nobody has written for long, or they want it and this is of another desk
   * than the one they asked at: of that they are told only what went nowhere.
   */
  because: "customer" | "time" | "other desk";
  /** The question that they answered: it says that it is done, once it is. */
  question?: number;
  /** What waited and goes nowhere any more, as far as was looked. */
  undelivered?: Undelivered;
  /** Something that named them leads to nobody already: it is not to be left half done. */
  isBegun?: true;
  /** Other desks that know them, and have yet to be told. */
  otherDesks?: number[];
  /** Of how many messages the copies are deleted at once; 0: what is left is too old for that. */
  atOnce?: number;
  private?: { wording: Wording };
}

/** Have posts of the channel that stood for a customer name nobody. */
export interface EffaceTask {
  kind: "efface";
  posts: number[];
}

/** How many messages waited and go nowhere any more. */
export interface Undelivered {
  fromTeam: number;
  fromCustomer: number;
}
