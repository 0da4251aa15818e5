/**
 * What must be true of a desk's channel and group, and of the bot in them. Telegram's facts come in,
 * items of the checklist go out.
 */
import type { ChatFullInfo, ChatMember, UserFromGetMe } from "grammy/types";
import { SECOND_MS } from "../time/duration.ts";
import {
  badCheck,
  type Check,
  type CheckName,
  type CheckProblem,
  goodCheck,
  type KindRight,
  type Right,
  warningCheck,
} from "./checklist.ts";

/** What Telegram says of the two chats, and of the bot in them. */
export interface DeskFacts {
  channel: ChatFullInfo;
  botInChannel: ChatMember;
  /** Absent: the channel has no linked group. */
  group?: ChatFullInfo;
  botInGroup?: ChatMember;
  /** The channel's creator, where Telegram tells. */
  ownerId?: number;
  /** How many are in the group, where Telegram tells. */
  memberCount?: number;
  me: BotAccount;
}

/** What the bot is allowed by its maker (Bot API, getMe). */
export type BotAccount = Pick<
  UserFromGetMe,
  | "supports_inline_queries"
  | "can_read_all_group_messages"
  | "can_join_groups"
  | "has_topics_enabled"
>;

/** What the bot does in the channel. */
const CHANNEL_RIGHTS: Right[] = ["can_post_messages", "can_edit_messages"];
/** What it does in the group. */
const GROUP_RIGHTS: Right[] = ["can_pin_messages", "can_delete_messages", "can_restrict_members"];

/** What the team sends besides texts. */
const KIND_RIGHTS: KindRight[] = [
  "can_send_photos",
  "can_send_videos",
  "can_send_audios",
  "can_send_documents",
  "can_send_voice_notes",
  "can_send_video_notes",
  "can_send_polls",
  "can_send_other_messages",
];

/** The items about the channel alone. */
export function channelChecks(
  { channel, botInChannel }: Pick<DeskFacts, "channel" | "botInChannel">,
): Check[] {
  if (channel.type !== "channel") return [badCheck("channel", { because: "no channel at all" })];
  const isPublic = channel.username !== undefined;
  return [
    goodCheck("channel"),
    isPublic ? warningCheck("privacy", { because: "public" }) : goodCheck("privacy"),
    rightsCheck("channel-rights", "channel", botInChannel, CHANNEL_RIGHTS),
  ];
}

/** The items about the channel and its group. `letIn`: how many the creator lets into the group. */
export function deskChecks(facts: DeskFacts, letIn: number): Check[] {
  const { channel, group, botInGroup, memberCount, me } = facts;
  const checks = channelChecks(facts);
  if (channel.type !== "channel") return checks;
  if (!group) return [...checks, badCheck("group", { because: "no group" }), ...accountChecks(me)];
  const isAdministrator = botInGroup?.status === "administrator";
  const others = memberCount === undefined ? 0 : memberCount - 2 - letIn;
  return [
    ...checks,
    goodCheck("group"),
    rightsCheck("group-rights", "group", botInGroup, GROUP_RIGHTS),
    // Telegram says so only where it is so, and only to administrators (Bot API, ChatFullInfo).
    isAdministrator && !group.has_visible_history
      ? warningCheck("history", { because: "history hidden" })
      : goodCheck("history"),
    group.is_forum ? badCheck("forum", { because: "forum" }) : goodCheck("forum"),
    isAdministrator || me.can_read_all_group_messages
      ? goodCheck("messages")
      : badCheck("messages", { because: "privacy mode" }),
    ...amiss([...teamChecks(group), timerCheck(channel, group)]),
    others > 0
      ? warningCheck("company", { because: "others", count: others })
      : goodCheck("company"),
    me.supports_inline_queries
      ? goodCheck("inline")
      : warningCheck("inline", { because: "inline off" }),
    ...accountChecks(me, { isInside: isAdministrator }),
  ];
}

/** What is seldom wrong is listed only then. */
function amiss(checks: Check[]): Check[] {
  return checks.filter(({ state }) => state !== "good");
}

/** Whether the team can comment, and what. Whoever is no administrator of the group is bound by it. */
function teamChecks(group: ChatFullInfo): Check[] {
  const { join_to_send_messages, permissions, slow_mode_delay: waitS = 0 } = group;
  const kinds = KIND_RIGHTS.filter((right) => permissions?.[right] === false);
  return [
    join_to_send_messages
      ? badCheck("comments", { because: "joining first" })
      : goodCheck("comments"),
    permissions?.can_send_messages === false
      ? badCheck("permission", { because: "nobody may write" })
      : goodCheck("permission"),
    kinds.length > 0
      ? warningCheck("kinds", { because: "kinds forbidden", kinds })
      : goodCheck("kinds"),
    waitS > 0
      ? warningCheck("slow-mode", { because: "slow mode", waitMs: waitS * SECOND_MS })
      : goodCheck("slow-mode"),
    group.has_protected_content
      ? warningCheck("saving", { because: "protected" })
      : goodCheck("saving"),
  ];
}

/** Whether cards and comments stay. */
function timerCheck(channel: ChatFullInfo, group: ChatFullInfo): Check {
  const timers = { channel, group };
  const where = (["channel", "group"] as const)
    .filter((place) => timers[place].message_auto_delete_time);
  if (where.length === 0) return goodCheck("timer");
  const afterS = Math.min(...where.map((place) => timers[place].message_auto_delete_time!));
  return warningCheck("timer", { because: "timer", where, afterMs: afterS * SECOND_MS });
}

/**
 * What is amiss with the bot's account, whatever the desk. `isInside`: whether the bot is in the
 * desk's group already.
 */
export function accountChecks(me: BotAccount, { isInside = false } = {}): Check[] {
  const groups: CheckProblem = { because: "no groups", isInside };
  return amiss([
    // What is sent without naming a topic is not shown in any (Bot API, sendMessage).
    me.has_topics_enabled
      ? badCheck("topics", { because: "topics in private" })
      : goodCheck("topics"),
    me.can_join_groups
      ? goodCheck("groups")
      : isInside
      ? warningCheck("groups", groups)
      : badCheck("groups", groups),
  ]);
}

function rightsCheck(
  name: CheckName,
  where: "channel" | "group",
  bot: ChatMember | undefined,
  wanted: Right[],
): Check {
  if (bot?.status !== "administrator") {
    return badCheck(name, { because: "no administrator", where });
  }
  const rights = wanted.filter((right) => !bot[right]);
  return rights.length > 0
    ? badCheck(name, { because: "no rights", where, rights })
    : goodCheck(name);
}
