/** What follows from pressing a button. */
import type { Change } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { laneOf } from "../conversation/lane.ts";
import { readPanelAction } from "../buttons/panel.ts";
import type { Person } from "../desk/team.ts";
import type { MessageFacts } from "../message/facts.ts";
import { defined } from "../values/defined.ts";
import type { Wording } from "../words/language.ts";
import type { Circumstances } from "./circumstances.ts";
import { findThread } from "./thread.ts";

/** A button was pressed. */
export interface Press {
  /** By which Telegram is told that it was seen. */
  queryId: string;
  /** What the button stands for. */
  data: string;
  by: Person;
  wording: Wording;
  /** The message with the button. */
  message: Pick<MessageFacts, "place" | "answered">;
  /** The command which that message answers. */
  command?: number;
}

/**
 * A button of ours was pressed, in the group or in private. The root of its thread may be learned from
 * it, as from a comment. One in the thread of somebody who has erased their data is not worked in
 * their lane: who it names may be there anew.
 */
export async function onPress(
  { queryId, data, by, wording, message, command }: Press,
  read: Reader,
  { desk, nowMs }: Circumstances,
): Promise<Change> {
  const { chatId, messageId } = message.place;
  if (chatId !== desk.groupId && chatId !== by.userId) return {};
  const thread = await findThread(message, { desk, read, nowMs });
  const customerId = readPanelAction(data)?.customerId ?? by.userId;
  const lane = laneOf(desk, thread?.customerId === "erased" ? 0 : customerId, "to-desk");
  return {
    ...thread?.learned,
    tasks: [...thread?.learned.tasks ?? [], {
      lane,
      task: {
        kind: "press",
        queryId,
        data,
        by,
        at: { chatId, messageId },
        ...defined({ command }),
        private: { wording },
      },
    }],
  };
}
