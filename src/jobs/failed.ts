/** Jobs that were given up, as an administrator sees them: a list, and what can be done about it. */
import type { Conversation } from "../conversation/conversation.ts";
import type { Job, Order } from "./job.ts";
import type { Lane } from "../conversation/lane.ts";

/** A job that was given up, with the conversation it belongs to, if that is still known. */
export interface FailedJob {
  job: Job;
  conversation: Conversation | null;
}

/** One given-up job, or all of a desk. */
export type WhichFailed = { lane: Lane; order: Order } | "all";
