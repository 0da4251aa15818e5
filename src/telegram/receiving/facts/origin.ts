/** Reads where a message was first written. */
import type { Chat, MessageOrigin } from "grammy/types";
import type { Origin } from "../../../message/snapshot.ts";

/** Who or what wrote a message first; `undefined`: Telegram does not say. */
export function originOf(origin: MessageOrigin | undefined): Origin | undefined {
  switch (origin?.type) {
    case "user": {
      const { id, first_name, last_name } = origin.sender_user;
      return { name: [first_name, last_name].filter(Boolean).join(" "), userId: id };
    }
    case "hidden_user":
      return { name: origin.sender_user_name };
    case "chat":
      return "title" in origin.sender_chat
        ? { name: chatNameOf(origin.sender_chat), chatId: origin.sender_chat.id }
        : undefined;
    case "channel":
      return { name: chatNameOf(origin.chat), chatId: origin.chat.id };
    default:
      return undefined;
  }
}

/** What a chat is called. */
export function chatNameOf({ title, first_name, last_name }: Chat): string {
  return title ?? [first_name, last_name].filter(Boolean).join(" ");
}
