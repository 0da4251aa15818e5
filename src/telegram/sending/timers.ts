/** What comes due by the clock alone, and what is decided about it for all conversations at once. */
import { onAlarm, onAutoclose } from "../../decisions/alarm.ts";
import { onRecount } from "../../decisions/timers.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { AlarmTask, AutocloseTask, TimersTask } from "../../jobs/timer_task.ts";
import { defined } from "../../values/defined.ts";
import type { Delivery } from "./delivery.ts";

/** How many conversations are counted anew at once: a commit takes a hundred checks. */
const RECOUNTED_AT_ONCE = 20;

/** A customer may be late, or silent for long enough. */
export function goOff(delivery: Delivery, task: AlarmTask | AutocloseTask): Outcome {
  const { desk, customerId, options: { config: { timeZone }, now } } = delivery;
  const circumstances = { desk, customerId, timeZone, nowMs: now() };
  return {
    kind: "sent",
    decide: (read) =>
      task.kind === "alarm"
        ? onAlarm(read, task, circumstances)
        : onAutoclose(read, task, circumstances),
  };
}

/** Counts the next conversations anew, and has the others counted after whatever waits by then. */
export async function recountTimers(
  { desk: { channelId: deskId }, job: { lane }, options: { lists } }: Delivery,
  { after }: TimersTask,
): Promise<Outcome> {
  const page = await lists.conversations({
    after: { deskId, customerId: after ?? 0 },
    most: RECOUNTED_AT_ONCE,
  });
  const ids = page.filter((each) => each.deskId === deskId)
    .map(({ conversation: { customer } }) => customer.id);
  const isThrough = ids.length < RECOUNTED_AT_ONCE;
  return {
    kind: "sent",
    decide: async (read) => ({
      ...await onRecount(read, ids),
      ...(isThrough
        ? {}
        : { tasks: [{ lane, task: { kind: "timers", ...defined({ after: ids.at(-1) }) } }] }),
    }),
  };
}
