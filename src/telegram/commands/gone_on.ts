/** Threads whose conversation goes on at another desk: nothing there is obeyed any more. */
import { backHere } from "../../conversation/conversation.ts";
import { deskOfChannel } from "../../desk/names.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Delivery } from "../sending/delivery.ts";

/**
 * What the desk is called at which a conversation goes on, or what has it go on here again, and the
 * job be done then, if that desk is no more; neither: it goes on here.
 */
export async function goneOnFrom(
  { read, job, options: { desks } }: Delivery,
  customerId: number,
): Promise<{ desk?: string; back?: Outcome }> {
  const { movedTo } = await read.conversation(customerId) ?? {};
  if (!movedTo) return {};
  // Another instance may have opened it.
  await desks.learn(movedTo.deskId);
  const { name } = deskOfChannel(desks.among, movedTo.deskId) ?? movedTo;
  if (desks.serves(movedTo)) return { desk: name };
  return {
    back: {
      kind: "sent",
      decide: async (read) => {
        const conversation = await read.conversation(customerId);
        return {
          ...conversation ? { conversations: [backHere(conversation)] } : {},
          instead: [job.task],
        };
      },
    },
  };
}
