/**
 * Methods that pin and unpin. A message that is not there is told from a right that is missing,
 * and in that order; what is not pinned may be unpinned (Client.cpp of tdlib/telegram-bot-api,
 * pin_dialog_message of tdlib/td).
 */
import type { Opts } from "grammy/types";
import type { SimulatedChat } from "../chat.ts";
import { badRequest } from "../error.ts";
import { kindOf } from "../kind.ts";
import { pin } from "../pins.ts";
import { authorIn, gone, requireRight, writableChat } from "./access.ts";
import type { Execution } from "./execution.ts";

/** https://core.telegram.org/bots/api#pinchatmessage */
export function pinChatMessage(call: Execution, args: Opts<"pinChatMessage">): true {
  const chat = writableChat(call, args.chat_id);
  const record = chat.records.get(args.message_id);
  if (record === undefined) throw gone(call, "message to pin not found");
  requirePinning(call, chat);
  if (kindOf(record.content) === "service") throw badRequest("a service message can't be pinned");
  const hasChanged = pin(call.world, record, authorIn(call, chat));
  if (!hasChanged) refuseUnchanged(call);
  return true;
}

/**
 * https://core.telegram.org/bots/api#unpinchatmessage: without a message ID, the pinned message
 * that was sent last. "message to unpin not found" is about messages that do not exist.
 */
export function unpinChatMessage(call: Execution, args: Opts<"unpinChatMessage">): true {
  const chat = writableChat(call, args.chat_id);
  const record = args.message_id === undefined
    ? chat.pinnedMessage
    : chat.records.get(args.message_id);
  if (record === undefined) {
    const words = "message to unpin not found";
    throw args.message_id === undefined ? badRequest(words) : gone(call, words);
  }
  requirePinning(call, chat);
  const hasChanged = chat.unpin(record.id);
  if (!hasChanged) refuseUnchanged(call);
  return true;
}

/** https://core.telegram.org/bots/api#unpinallchatmessages */
export function unpinAllChatMessages(call: Execution, args: Opts<"unpinAllChatMessages">): true {
  const chat = writableChat(call, args.chat_id);
  requirePinning(call, chat);
  chat.pinned.length = 0;
  return true;
}

function requirePinning(call: Execution, chat: SimulatedChat): void {
  const right = chat.type === "channel" ? "can_edit_messages" : "can_pin_messages";
  requireRight(call, chat, right, "not enough rights to manage pinned messages in the chat");
}

function refuseUnchanged({ world }: Execution): void {
  if (world.unproven.refusesUnchangedPins) throw badRequest("CHAT_NOT_MODIFIED");
}
