/** What a call to the Bot API costs of what Telegram allows a bot. */

/** A call that changes something in a chat. */
export interface ChatCall {
  chatId: number;
  /** How many messages it sends or edits. */
  count: number;
}

/** Edits count like messages (levlam in tdlib/td, issue 2592); answers to presses and looks do not. */
const MESSAGES = /^(send(?!ChatAction)|copy|forward|edit|stop)/;

/** What a call costs; `null`: nothing, it changes no chat. */
export function chatCallOf(method: string, payload: object): ChatCall | null {
  const { chat_id: chatId, media, message_ids: ids } = payload as Record<string, unknown>;
  if (typeof chatId !== "number" || method.startsWith("get")) return null;
  if (!MESSAGES.test(method)) return { chatId, count: 0 };
  const several = [media, ids].find(Array.isArray);
  return { chatId, count: several?.length ?? 1 };
}
