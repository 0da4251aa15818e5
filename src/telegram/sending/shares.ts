/** Giving a conversation to the agent on shift whose turn it is. */
import { isStillToDeal, onDeal } from "../../decisions/shares.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Membership } from "../../desk/team.ts";
import type { DealTask } from "../../jobs/task.ts";
import type { Delivery } from "./delivery.ts";
import { unasked } from "./failures.ts";

/** Gives the conversation to the first of those on shift who is of the team still. */
export async function deal(delivery: Delivery, task: DealTask): Promise<Outcome> {
  const { desk, read, served } = delivery;
  if (!await isStillToDeal(read, task.customerId)) return { kind: "sent" };
  const gone: number[] = [];
  const asked: Membership[] = [];
  const dealt = (turn: Parameters<typeof onDeal>[2]): Outcome => ({
    kind: "sent",
    decide: async (read) => ({ ...await onDeal(read, task, turn), asked }),
  });
  for (const agent of await read.roster()) {
    const member = await served.team.ask(agent.userId, read);
    if (member.failure) return unasked(delivery, member.failure);
    asked.push(...member.learned);
    if (member.isTeam) {
      return dealt({ agent, gone, desk });
    }
    // Of a doubtful no it is not known whether they have left: only this turn passes them by.
    if (!member.doubt) gone.push(agent.userId);
  }
  return dealt({ agent: undefined, gone, desk });
}
