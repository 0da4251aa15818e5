/** Where messages come from that somebody forwards or answers: people and channels elsewhere. */
import type { MessageOrigin } from "grammy/types";

/** José, whom anybody may know. */
export const JOSE: MessageOrigin = {
  type: "user",
  date: 1,
  sender_user: { id: 77, is_bot: false, first_name: "José" },
};

/** José with all of his name. */
export const JOSE_LIMA: MessageOrigin = {
  type: "user",
  date: 1,
  sender_user: { id: 77, is_bot: false, first_name: "José", last_name: "Lima" },
};

/** A post of a channel elsewhere. */
export function postOf(title: string): MessageOrigin {
  return { type: "channel", date: 1, message_id: 5, chat: { id: -1009, type: "channel", title } };
}
