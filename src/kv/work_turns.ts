/** Turns: how many jobs are worked at the same time, of all kinds and of each. */
import pLimit from "p-limit";
import type { Job } from "../jobs/job.ts";
import { beginsSilently } from "../jobs/task_traits.ts";

/**
 * How many jobs are worked at once. How many calls are made a second is for the pace to say; this is
 * as many as the 30 a second that Telegram allows keep under way though each takes four, and with one
 * connection each they leave enough of 1,024 open files to whoever is served. Lanes queue for their
 * turn anew after each job.
 */
const MAX_AT_ONCE = 128;

/**
 * How many of these are jobs that no pace holds back, since they begin without a message: strangers
 * can cause them, too.
 */
const MAX_UNPACED_AT_ONCE = 16;

/** How many of these are presses in private: whoever likes may press as much as they like. */
const MAX_PRESSES_AT_ONCE = 4;

/** Whose turn it is. Of those who wait for the same, who came first is next. */
export class WorkTurns {
  readonly #all = pLimit(MAX_AT_ONCE);
  readonly #unpaced = pLimit(MAX_UNPACED_AT_ONCE);
  readonly #presses = pLimit(MAX_PRESSES_AT_ONCE);

  /** Works a job when its turn has come. */
  take<T>(job: Job, work: () => Promise<T>): Promise<T> {
    const inTurn = () => this.#all(work);
    if (!beginsSilently(job.task)) return inTurn();
    const unpaced = () => this.#unpaced(inTurn);
    return isPrivatePress(job) ? this.#presses(unpaced) : unpaced();
  }
}

/** Private chats have positive IDs (Bot API, Chat). */
function isPrivatePress({ task }: Job): boolean {
  return task.kind === "press" && task.at.chatId > 0;
}
