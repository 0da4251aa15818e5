/**
 * What the bot may do in a channel and in its group: asked for by every way of adding it, and offered
 * first to whoever adds it by hand. Names are Telegram's (Bot API, ChatAdministratorRights).
 */
import type { ChatAdministratorRights } from "grammy/types";

/** In which of a desk's two chats. */
export type DeskChat = "channel" | "group";

/** The rights that it is given there. */
export const BOT_RIGHTS = {
  channel: ["can_post_messages", "can_edit_messages", "can_delete_messages", "can_invite_users"],
  group: ["can_delete_messages", "can_pin_messages", "can_restrict_members"],
} as const satisfies Record<DeskChat, readonly (keyof ChatAdministratorRights)[]>;

/** What somebody needs besides, to add it with these rights. */
const TO_ADD = ["can_invite_users", "can_promote_members"] as const;

/** The rights that are not optional where rights are told (Bot API, ChatAdministratorRights). */
const NONE = {
  is_anonymous: false,
  can_manage_chat: false,
  can_delete_messages: false,
  can_manage_video_chats: false,
  can_restrict_members: false,
  can_promote_members: false,
  can_change_info: false,
  can_invite_users: false,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
} as const;

/** What the bot is given in a chat. */
export function botRights(where: DeskChat): ChatAdministratorRights {
  return rightsOf(BOT_RIGHTS[where]);
}

/** What somebody needs to have in a chat to add the bot there. */
export function ownerRights(where: DeskChat): ChatAdministratorRights {
  return rightsOf([...BOT_RIGHTS[where], ...TO_ADD]);
}

/** The names of the rights that are given, in order; the right to be there at all says nothing. */
export function namesOfRights(rights: Partial<ChatAdministratorRights>): string[] {
  return Object.entries(rights)
    .flatMap(([name, isGiven]) => isGiven === true && name !== "can_manage_chat" ? [name] : [])
    .sort();
}

/** Just these. Telegram takes what is not named as not given. */
function rightsOf(names: readonly (keyof ChatAdministratorRights)[]): ChatAdministratorRights {
  const given = Object.fromEntries(names.map((name) => [name, true]));
  return { ...NONE, can_manage_chat: true, ...given } as unknown as ChatAdministratorRights;
}
