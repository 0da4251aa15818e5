/** Reads the press of a button. */
import type { CallbackQuery, Message } from "grammy/types";
import type { Press } from "../../../decisions/press.ts";
import { toCustomer } from "../../../conversation/conversation.ts";
import { personOf } from "../../../desk/team.ts";
import { readThread, type Viewpoint, wordingOf } from "./message.ts";

/** Reads a press; `null`: it says nothing to us. */
export function readPress(
  { id: queryId, data, message, from }: CallbackQuery,
  { desk, botId }: Pick<Viewpoint, "desk" | "botId">,
): Press | null {
  if (data === undefined || !message) return null;
  const { chat, message_id: messageId } = message;
  const answered = "reply_to_message" in message ? message.reply_to_message : undefined;
  const isCommand = answered !== undefined && answered.from?.id !== botId &&
    !answered.is_automatic_forward;
  return {
    queryId,
    data,
    by: personOf(from),
    customer: toCustomer(from),
    wording: wordingOf(from),
    // One that is too old to be seen comes without its text and its thread (Bot API, InaccessibleMessage).
    message: message.date === 0
      ? { place: { chatId: chat.id, messageId } }
      : readThread(message as Message, desk),
    ...(isCommand ? { command: answered.message_id } : {}),
  };
}
