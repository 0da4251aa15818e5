/** What follows from pressing a button. */
import type { Change } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { laneOf } from "../conversation/lane.ts";
import { readLaterAction } from "../buttons/later.ts";
import { readMenuAction } from "../buttons/menu.ts";
import { readPanelAction } from "../buttons/panel.ts";
import type { Customer } from "../conversation/conversation.ts";
import type { Person } from "../desk/team.ts";
import type { MessageFacts } from "../message/facts.ts";
import { defined } from "../values/defined.ts";
import type { Wording } from "../words/language.ts";
import type { Circumstances } from "./circumstances.ts";
import { findThread } from "./thread.ts";
import { onDeskAsked } from "./visit.ts";

/** A button was pressed. */
export interface Press {
  /** By which Telegram is told that it was seen. */
  queryId: string;
  /** What the button stands for. */
  data: string;
  by: Person;
  customer: Customer;
  wording: Wording;
  /** The message with the button. */
  message: Pick<MessageFacts, "place" | "answered">;
  /** The command which that message answers. */
  command?: number;
}

/**
 * A button of ours was pressed, in the group or in private. The root of its thread may be learned from
 * it, as from a comment. It is worked in the thread's lane if it comes from there; anything else is the
 * affair of who presses, whatever it names, so that nobody keeps a lane busy that is not theirs.
 */
export async function onPress(
  { queryId, data, by, customer, wording, message, command }: Press,
  read: Reader,
  { desk, desks, nowMs }: Circumstances,
): Promise<Change> {
  const { chatId, messageId } = message.place;
  if (chatId !== desk.groupId && chatId !== by.userId) return {};
  const found = await findThread(message, { desk, read, nowMs });
  const thread = found?.customerId;
  const action = readPanelAction(data) ?? readLaterAction(data);
  const chosen = chatId === by.userId ? readMenuAction(data) : null;
  const press = { desk, desks, customer, nowMs, wording };
  const asked = chosen && await onDeskAsked(read, press, chosen.target);
  const isOfThread = thread !== undefined && action?.customerId === thread;
  return {
    ...asked?.moved,
    ...found?.learned,
    tasks: [...found?.learned.tasks ?? [], {
      lane: laneOf(desk, isOfThread ? thread : by.userId, "to-desk"),
      task: {
        kind: "press",
        queryId,
        data,
        by,
        at: { chatId, messageId },
        ...defined({ command, thread, isServed: asked?.moved && true as const }),
        ...defined({ staysAt: asked?.staysAt }),
        private: { wording, ...defined({ asking: chosen ? customer : undefined }) },
      },
    }],
  };
}
