/** The gate that jobs pass on their way out. */
import type { Lane } from "../conversation/lane.ts";
import type { NextJob } from "./stored_job.ts";

/** Decides when a job that is due may go, by the pace Telegram allows. */
export interface Gate {
  /** Now or earlier, or the time to ask again. */
  admit(next: NextJob): number;
  /** The lane's next job is about to be worked: now or earlier, or the time to come again. */
  pass(lane: Lane): number;
  /** The lane's job turned out to have nothing to send yet. */
  turnedBack(lane: Lane): void;
  /** A lane that may not go yet has a crowd of jobs. */
  crowded(lane: Lane): void;
}

/** A lane this long is a crowd. */
export const CROWD = 100;
