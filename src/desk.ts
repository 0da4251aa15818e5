/**
 * A desk: the channel whose posts are the customers, and the group linked to it, where the comments
 * under those posts are written. Also what must be true of both before the desk can work.
 */
import type { ChatFullInfo, ChatMember } from "grammy/types";

/** One desk. Its channel's ID is its name in every key. */
export interface Desk {
  channelId: number;
  groupId: number;
  /** What the team signs with when nobody in particular does. */
  title: string;
  /** A public channel has a username; anybody may join it, so its members are not the team. */
  isPublic: boolean;
  /** Who created the channel, where Telegram tells. */
  ownerId?: number;
}

/** What Telegram says of the two chats and of the bot in them. */
export interface DeskFacts {
  channel: ChatFullInfo;
  /** Absent: the channel has no linked group. */
  group?: ChatFullInfo;
  botInChannel: ChatMember;
  botInGroup?: ChatMember;
  ownerId?: number;
}

/**
 * What stands between the facts and a working desk, each with what to do about it; none: ready.
 * No names and no IDs: the sentences are shown to whoever opens the status page.
 */
export function deskProblems({ channel, group, botInChannel, botInGroup }: DeskFacts): string[] {
  if (channel.type !== "channel") {
    return ["CHANNEL_ID does not name a channel: give the ID of the channel, not of the group."];
  }
  const problems: string[] = [];
  if (botInChannel.status !== "administrator") {
    problems.push("The bot is not an administrator of the channel: make it one.");
  } else {
    for (const [right, label] of CHANNEL_RIGHTS) {
      if (!botInChannel[right]) {
        problems.push(`The bot lacks a right in the channel: give it "${label}".`);
      }
    }
  }
  if (!group) {
    problems.push("The channel has no discussion group: link one in the channel's settings.");
  } else if (botInGroup?.status !== "administrator") {
    problems.push("The bot is not an administrator of the channel's group: make it one.");
  } else {
    for (const [right, label] of GROUP_RIGHTS) {
      if (!botInGroup[right]) {
        problems.push(`The bot lacks a right in the group: give it "${label}".`);
      }
    }
  }
  return problems;
}

/** What the bot does in the channel, and the right it takes (Bot API, ChatMemberAdministrator). */
const CHANNEL_RIGHTS = [
  ["can_post_messages", "Post messages"],
  ["can_edit_messages", "Edit messages"],
] as const;

/** What the bot does in the group, and the right it takes (Bot API, ChatMemberAdministrator). */
const GROUP_RIGHTS = [
  ["can_pin_messages", "Pin messages"],
  ["can_delete_messages", "Delete messages"],
  ["can_restrict_members", "Ban users"],
] as const;

/** The desk these facts describe, or `null` if it cannot even be named. */
export function toDesk({ channel, group, ownerId }: DeskFacts): Desk | null {
  if (channel.type !== "channel" || !group) return null;
  return {
    channelId: channel.id,
    groupId: group.id,
    title: channel.title,
    isPublic: channel.username !== undefined,
    ...(ownerId === undefined ? {} : { ownerId }),
  };
}
