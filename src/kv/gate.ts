/** The gate that jobs pass on their way out. */
import type { Lane } from "../conversation/lane.ts";
import type { NextJob } from "./stored_job.ts";

/** Decides when a job that is due may go, by the pace Telegram allows. */
export interface Gate {
  /** Whether a job may go now. If not, its lane stands in line. */
  admit(next: NextJob): Promise<boolean>;
  /** Whether a lane stands in line. */
  isInLine(lane: Lane): boolean;
  /** The lanes that may go by now, of those that stood in line. */
  letIn(): Lane[];
  /** When the next of those in line may go, and one of them; `null`: none, or not by time alone. */
  next(): { lane: Lane; atMs: number } | null;
  /** A lane is through with the job it was let in for. */
  left(lane: Lane): void;
  /** A lane has no job that may go. */
  forget(lane: Lane): void;
  /** A lane that may not go yet has a crowd of jobs. */
  crowded(lane: Lane): void;
}
