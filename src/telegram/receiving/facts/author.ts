/** Reads who stands behind something in the group, as far as Telegram tells. */
import type { Chat, Message, User } from "grammy/types";
import { displayName } from "../../../conversation/card.ts";
import type { Desk } from "../../../desk/desk.ts";
import { type Author, personOf } from "../../../desk/team.ts";
import { defined } from "../../../values/defined.ts";

/**
 * Who wrote a message. `sender_chat` goes first: `from` is a filler, marked as a bot, for everything
 * sent on behalf of a chat (Bot API, Message.from).
 */
export function authorOf(
  { sender_chat, author_signature, from }: Message,
  desk: Desk,
): Author {
  return actorOf({ chat: sender_chat, user: from, signature: author_signature }, desk);
}

/** Who acted: a chat, or else a user. */
export function actorOf(
  { chat, user, signature }: {
    chat: Chat | undefined;
    user: User | undefined;
    signature?: string | undefined;
  },
  desk: Desk,
): Author {
  if (chat) {
    if (chat.id === desk.channelId) return { kind: "desk", name: desk.title };
    if (chat.id === desk.groupId) return { kind: "desk", name: signature ?? desk.title };
    return { kind: "stranger" };
  }
  return user && !user.is_bot ? personOf(user) : { kind: "stranger" };
}

/** A person's whole name, as it is shown to the team. */
export function fullNameOf({ id, first_name, last_name }: User): string {
  return displayName({ id, firstName: first_name, ...defined({ lastName: last_name }) });
}
