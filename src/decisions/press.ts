/** What follows from pressing a button. */
import type { CallbackQuery } from "grammy/types";
import type { Change } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { laneOf } from "../conversation/lane.ts";
import { spokenLanguage } from "../words/language.ts";
import { readPanelAction } from "../buttons/panel.ts";
import type { Circumstances } from "./circumstances.ts";
import { personOf } from "../desk/team.ts";
import { findThread } from "./thread.ts";

/**
 * A button of ours was pressed, in the group or in private. The root of its thread may be learned from
 * it, as from a comment. One in the thread of somebody who has erased their data is not worked in
 * their lane: who it names may be there anew.
 */
export async function onPress(
  query: CallbackQuery,
  read: Reader,
  { desk, botId, nowMs }: Circumstances,
): Promise<Change> {
  const { id: queryId, data, message, from } = query;
  if (data === undefined || !message) return {};
  const { chat, message_id: messageId } = message;
  if (chat.id !== desk.groupId && chat.id !== from.id) return {};
  const language = spokenLanguage(from.language_code);
  const answered = "reply_to_message" in message ? message.reply_to_message : undefined;
  const isCommand = answered !== undefined && answered.from?.id !== botId &&
    !answered.is_automatic_forward;
  // One that is too old to be seen comes without its text and its thread (Bot API, InaccessibleMessage).
  const thread = "message_thread_id" in message
    ? await findThread(message, { desk, read, nowMs })
    : null;
  const customerId = readPanelAction(data)?.customerId ?? from.id;
  const lane = laneOf(desk, thread?.customerId === "erased" ? 0 : customerId, "to-desk");
  return {
    ...thread?.learned,
    tasks: [...thread?.learned.tasks ?? [], {
      lane,
      task: {
        kind: "press",
        queryId,
        data,
        by: personOf(from),
        at: { chatId: chat.id, messageId },
        ...(isCommand ? { command: answered.message_id } : {}),
        private: { wording: language ? { language } : {} },
      },
    }],
  };
}
