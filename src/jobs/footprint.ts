/** What the database keeps of a customer apart from the conversation, and what is left when it is erased. */
import type { Job } from "./job.ts";
import type { Link, Place } from "../message/link.ts";

/** What is kept of who has erased their data, under a mark that tells nobody who they are. */
export type Erasure =
  /** For so long nothing that comes late brings anything back. */
  | { untilMs: number }
  /** The ban stays. */
  | { isBanned: true; isTold?: true };

/** A record by which a customer is known. Which one is the database's affair. */
export type CustomerTrace = readonly unknown[];

/** What is kept of a customer apart from the conversation, as much as one commit takes away. */
export interface Footprint {
  /** Somebody works on the conversation at this moment: more may come. */
  isBusy: boolean;
  traces: CustomerTrace[];
  /** What waits in the lanes, among the traces. */
  waiting: Pick<Job, "lane" | "task">[];
  /** Which messages are shown where, among the traces; the newest first, the customer's own here. */
  links: Link[];
  /** Roots and posts that stand for the customer, among the traces. */
  roots: Place[];
  posts: number[];
  /** Nothing waits, nothing is linked, and there is nothing else. */
  isLast: boolean;
}
