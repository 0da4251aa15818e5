/**
 * What somebody wrote of whom Telegram says that it does not know them. Real servers say so now and
 * then of people who are members (tdlib/telegram-bot-api, issue 802), so it is asked again.
 */
import type { Outcome } from "../../jobs/outcome.ts";
import type { Task } from "../../jobs/task.ts";
import { MINUTE_MS } from "../../time/duration.ts";
import type { Delivery } from "./delivery.ts";
import { undeliverable } from "./failures.ts";

/** How long it is waited before each time it is asked again. */
const ASKED_AGAIN_MS = [5000, MINUTE_MS];

/**
 * Not yet, as long as Telegram may still say otherwise; then given up, and said. Of whom it was told
 * shortly before, and who has never answered anybody, nobody waits for another answer.
 */
export async function doubt(delivery: Delivery, userId: number): Promise<Outcome> {
  const { read, job: { task }, options: { desk: { team }, now } } = delivery;
  const doubts = "doubts" in task ? task.doubts ?? 0 : 0;
  const waitMs = ASKED_AGAIN_MS[doubts];
  const isStranger = team.isDoubtedLately(userId) && await read.agent(userId) === null;
  if (waitMs !== undefined && !isStranger) {
    const again = { ...task, doubts: doubts + 1 } as Task;
    return { kind: "wait", untilMs: now() + waitMs, task: again };
  }
  team.noteDoubted(userId);
  return undeliverable(delivery, { because: "doubt" });
}
