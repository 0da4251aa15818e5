/** How working a job ends. */
import type { Decision } from "./reader.ts";
import type { Cause } from "./job.ts";
import type { Task } from "./task.ts";

/** How working a job ended. What `decide` says is written in the commit that settles the job. */
export type Outcome =
  /** Done. */
  | { kind: "sent"; decide?: Decision }
  /** Not yet, and nobody's fault: no attempt is counted. `task`: what the job goes on with then. */
  | { kind: "wait"; untilMs: number; waitsFor?: Cause; decide?: Decision; task?: Task }
  /** A first step is done; the job goes on at once with what is left of it. */
  | { kind: "go on"; task: Task; wentAstray?: true; decide?: Decision }
  /** It failed in a way that may pass. `task`: what the job goes on with then. */
  | { kind: "retry"; error: string; task?: Task }
  /** Our own program failed at it, which no waiting mends. */
  | { kind: "fault"; error: string }
  /** Given up. `decide` tells the sender's side, unless nobody is to be told. */
  | { kind: "drop"; reason: string; decide?: Decision };
