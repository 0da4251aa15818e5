/**
 * What somebody is in a chat: its creator, an administrator with certain rights, a member, or not
 * (any more). Shapes and names are those of ChatMember
 * (https://core.telegram.org/bots/api#chatmember).
 */
import type { ChatAdministratorRights, ChatMember, ChatPermissions, User } from "grammy/types";

/** A standing in a chat as the chat keeps it. */
export interface Membership {
  status: ChatMember["status"];
  /** Of administrators. */
  rights?: ChatAdministratorRights;
  /** Of the restricted: what they may still do. */
  permissions?: ChatPermissions;
  /** Of the restricted: whether they are still inside. */
  isMember?: boolean;
  /** Of administrators: the account that made them one. */
  promotedBy?: number;
  customTitle?: string;
  /** When a ban ends; 0 for never. */
  untilDate?: number;
  /** Of the banned: when they were, in milliseconds since 1970. */
  bannedAtMs?: number;
}

/** Everything that members may be forbidden to do. */
export const PERMISSIONS = [
  "can_send_messages",
  "can_send_audios",
  "can_send_documents",
  "can_send_photos",
  "can_send_videos",
  "can_send_video_notes",
  "can_send_voice_notes",
  "can_send_polls",
  "can_send_other_messages",
  "can_add_web_page_previews",
  "can_react_to_messages",
  "can_change_info",
  "can_invite_users",
  "can_edit_tag",
  "can_pin_messages",
  "can_manage_topics",
] as const satisfies readonly (keyof ChatPermissions)[];

/** Everything that administrators may be allowed. */
export const RIGHTS_NAMES = [
  "is_anonymous",
  "can_manage_chat",
  "can_delete_messages",
  "can_manage_video_chats",
  "can_restrict_members",
  "can_promote_members",
  "can_change_info",
  "can_invite_users",
  "can_post_stories",
  "can_edit_stories",
  "can_delete_stories",
  "can_post_messages",
  "can_edit_messages",
  "can_pin_messages",
  "can_manage_topics",
  "can_manage_direct_messages",
  "can_manage_tags",
] as const satisfies readonly (keyof ChatAdministratorRights)[];

/** Somebody the chat never knew. */
export const stranger: Membership = { status: "left" };

/** The rights a client offers first to somebody who is made an administrator. */
export function sensibleRights(type: "channel" | "supergroup" | "group"): ChatAdministratorRights {
  const rights: ChatAdministratorRights = {
    is_anonymous: false,
    can_manage_chat: true,
    can_delete_messages: true,
    can_manage_video_chats: true,
    can_restrict_members: true,
    can_promote_members: false,
    can_change_info: true,
    can_invite_users: true,
    can_post_stories: true,
    can_edit_stories: true,
    can_delete_stories: true,
    can_send_welcome_messages: true,
  };
  if (type === "channel") {
    return {
      ...rights,
      can_post_messages: true,
      can_edit_messages: true,
      can_manage_direct_messages: true,
    };
  }
  return { ...rights, can_pin_messages: true, can_manage_topics: false, can_manage_tags: true };
}

/** Just the rights given, and that of being an administrator at all. */
export function justRights(
  type: "channel" | "supergroup" | "group",
  given: Partial<ChatAdministratorRights>,
): ChatAdministratorRights {
  const rights = { ...sensibleRights(type) };
  for (const right of Object.keys(rights) as (keyof ChatAdministratorRights)[]) {
    rights[right] = right === "can_manage_chat";
  }
  return { ...rights, ...given };
}

/** Whether they are inside the chat. */
export function isInside(membership: Membership): boolean {
  if (membership.status === "restricted") return membership.isMember ?? true;
  return membership.status !== "left" && membership.status !== "kicked";
}

/** Whether they run the chat. */
export function isAdministrator(membership: Membership): boolean {
  return membership.status === "creator" || membership.status === "administrator";
}

/** Whether they hold an administrator's right; a creator holds them all. */
export function hasRight(membership: Membership, right: keyof ChatAdministratorRights): boolean {
  if (membership.status === "creator") return right !== "is_anonymous";
  return membership.status === "administrator" && membership.rights?.[right] === true;
}

/** The same as the Bot API shows it. */
export function toChatMember(user: User, membership: Membership): ChatMember {
  const { status, customTitle } = membership;
  const title = customTitle === undefined ? {} : { custom_title: customTitle };
  switch (status) {
    case "creator":
      return { status, user, is_anonymous: membership.rights?.is_anonymous ?? false, ...title };
    case "administrator": {
      const rights = membership.rights ?? sensibleRights("supergroup");
      return { status, user, can_be_edited: false, ...rights, ...title };
    }
    case "member":
    case "left":
      return { status, user };
    case "kicked":
      return { status, user, until_date: membership.untilDate ?? 0 };
    case "restricted": {
      return {
        status,
        user,
        is_member: membership.isMember ?? true,
        ...toPermissions(membership.permissions ?? {}),
        until_date: membership.untilDate ?? 0,
      };
    }
  }
}

/** Every permission with its answer; what is not said is forbidden, unless nothing is said at all. */
export function toPermissions(permissions: ChatPermissions | undefined): Required<ChatPermissions> {
  const entries = PERMISSIONS.map((
    name,
  ) => [name, permissions?.[name] ?? permissions === undefined]);
  return Object.fromEntries(entries);
}
