/**
 * The accounts that stand in `from` where no person does, for clients that cannot show a chat as
 * a sender (https://core.telegram.org/bots/api#message, `sender_chat`).
 */
import type { User } from "grammy/types";

/** Author of automatic forwards. */
export const TELEGRAM: User = { id: 777000, is_bot: false, first_name: "Telegram" };

/** Stands for anonymous administrators of a group. */
export const ANONYMOUS_ADMIN: User = {
  id: 1087968824,
  is_bot: true,
  first_name: "Group",
  username: "GroupAnonymousBot",
};

/** Stands for people who write in a group as one of their channels. */
export const CHANNEL: User = {
  id: 136817688,
  is_bot: true,
  first_name: "Channel",
  username: "Channel_Bot",
};
