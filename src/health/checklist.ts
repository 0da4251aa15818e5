/**
 * The checklist of a desk: everything that must be true for it to work, an item each, and what to do
 * about what is not. Facts come in, items go out; the words are in texts/.
 */
import type { ChatFullInfo, ChatMember, UserFromGetMe, WebhookInfo } from "grammy/types";
import { MINUTE_MS, SECOND_MS } from "../time/duration.ts";

/** The items, in the order in which a desk is set up. */
export type CheckName =
  | "channel"
  | "privacy"
  | "channel-rights"
  | "group"
  | "group-rights"
  | "history"
  | "forum"
  | "messages"
  | "comments"
  | "permission"
  | "kinds"
  | "slow-mode"
  | "timer"
  | "saving"
  | "company"
  | "inline"
  | "topics"
  | "groups"
  | "updates"
  | "heard"
  | "database"
  | "walk";

/** What is wrong, or could be better. */
export type CheckProblem =
  /** Nobody has claimed a desk yet, or the owner has not shown the channel. */
  | { because: "unclaimed" }
  | { because: "no channel" }
  /** Telegram does not show the channel or the group. */
  | { because: "hidden"; what: "channel" | "group"; description: string }
  | { because: "no channel at all" }
  | { because: "public" }
  | { because: "no administrator"; where: "channel" | "group" }
  | { because: "no rights"; where: "channel" | "group"; rights: Right[] }
  | { because: "no group" }
  | { because: "history hidden" }
  | { because: "forum" }
  /** The bot sees only messages that are for it. */
  | { because: "privacy mode" }
  /** Others are in the group besides its creator, the bot, and whom the creator lets in. */
  | { because: "others"; count: number }
  /** Who comments has to join the group first, where everybody is removed. */
  | { because: "joining first" }
  /** Who is no administrator of the group may write nothing there … */
  | { because: "nobody may write" }
  /** … or not everything. */
  | { because: "kinds forbidden"; kinds: KindRight[] }
  /** Everybody has to wait so long between two comments. */
  | { because: "slow mode"; waitMs: number }
  /** Cards or comments disappear so long after they were sent. */
  | { because: "timer"; where: ("channel" | "group")[]; afterMs: number }
  /** What is written in the group may be neither saved nor passed on. */
  | { because: "protected" }
  | { because: "inline off" }
  /** Customers' chats fall into topics, of which the bot knows nothing. */
  | { because: "topics in private" }
  /** The bot may not be added to groups; `isInside`: it is in the desk's already. */
  | { because: "no groups"; isInside: boolean }
  /** Telegram does not hand updates out. */
  | { because: "refused"; description: string }
  /** Telegram refuses what the bot has to do. */
  | { because: "trouble"; description: string }
  | { because: "not delivered"; description: string; waiting: number }
  /** The bot could not accept them when they came. */
  | { because: "not accepted"; waiting: number }
  | { because: "no webhook" }
  | { because: "in memory" }
  /** The database takes no commits, in its words. */
  | { because: "not written"; description: string }
  /** The database's file was deleted, or is another one, or was written to by somebody else. */
  | { because: "file gone" }
  | { because: "file replaced" }
  /** The bot's own message did not come as far as it should. */
  | { because: "not posted" | "not forwarded" | "not commented"; description: string };

/** A right as Telegram names it (Bot API, ChatMemberAdministrator). */
export type Right =
  | "can_post_messages"
  | "can_edit_messages"
  | "can_pin_messages"
  | "can_delete_messages"
  | "can_restrict_members";

/**
 * What members may be forbidden to send, as Telegram names it (Bot API, ChatPermissions): whoever
 * comments without being a member is bound by it as well.
 */
export type KindRight =
  | "can_send_photos"
  | "can_send_videos"
  | "can_send_audios"
  | "can_send_documents"
  | "can_send_voice_notes"
  | "can_send_video_notes"
  | "can_send_polls"
  | "can_send_other_messages";

/** One item. */
export type Check =
  | { name: CheckName; state: "good"; detail?: CheckDetail }
  /** The desk does not work before it is mended. */
  | { name: CheckName; state: "bad"; problem: CheckProblem }
  /** It works, but somebody should know. */
  | { name: CheckName; state: "warning"; problem: CheckProblem }
  /** Not looked at, or it cannot be told. */
  | { name: CheckName; state: "unknown" };

/** What may be said of something that is good. */
export type CheckDetail =
  | { kind: "mode"; mode: "webhook" | "polling" }
  | { kind: "ago"; ms: number }
  | { kind: "took"; ms: number };

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
    good("channel"),
    isPublic ? warning("privacy", { because: "public" }) : good("privacy"),
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
    good("group"),
    rightsCheck("group-rights", "group", botInGroup, GROUP_RIGHTS),
    // Telegram says so only where it is so, and only to administrators (Bot API, ChatFullInfo).
    isAdministrator && !group.has_visible_history
      ? warning("history", { because: "history hidden" })
      : good("history"),
    group.is_forum ? badCheck("forum", { because: "forum" }) : good("forum"),
    isAdministrator || me.can_read_all_group_messages
      ? good("messages")
      : badCheck("messages", { because: "privacy mode" }),
    ...amiss([...teamChecks(group), timerCheck(channel, group)]),
    others > 0 ? warning("company", { because: "others", count: others }) : good("company"),
    me.supports_inline_queries ? good("inline") : warning("inline", { because: "inline off" }),
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
    join_to_send_messages ? badCheck("comments", { because: "joining first" }) : good("comments"),
    permissions?.can_send_messages === false
      ? badCheck("permission", { because: "nobody may write" })
      : good("permission"),
    kinds.length > 0 ? warning("kinds", { because: "kinds forbidden", kinds }) : good("kinds"),
    waitS > 0
      ? warning("slow-mode", { because: "slow mode", waitMs: waitS * SECOND_MS })
      : good("slow-mode"),
    group.has_protected_content ? warning("saving", { because: "protected" }) : good("saving"),
  ];
}

/** Whether cards and comments stay. */
function timerCheck(channel: ChatFullInfo, group: ChatFullInfo): Check {
  const timers = { channel, group };
  const where = (["channel", "group"] as const)
    .filter((place) => timers[place].message_auto_delete_time);
  if (where.length === 0) return good("timer");
  const afterS = Math.min(...where.map((place) => timers[place].message_auto_delete_time!));
  return warning("timer", { because: "timer", where, afterMs: afterS * SECOND_MS });
}

/**
 * What is amiss with the bot's account, whatever the desk. `isInside`: whether the bot is in the
 * desk's group already.
 */
export function accountChecks(me: BotAccount, { isInside = false } = {}): Check[] {
  const groups: CheckProblem = { because: "no groups", isInside };
  return amiss([
    // What is sent without naming a topic is not shown in any (Bot API, sendMessage).
    me.has_topics_enabled ? badCheck("topics", { because: "topics in private" }) : good("topics"),
    me.can_join_groups
      ? good("groups")
      : isInside
      ? warning("groups", groups)
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
  return rights.length > 0 ? badCheck(name, { because: "no rights", where, rights }) : good(name);
}

/** How updates reach the bot, as far as it can tell. */
export interface ReceivingFacts {
  mode: "webhook" | "polling";
  /** What Telegram said when it was last asked for updates, if it refused. */
  refusal?: string | undefined;
  /** What Telegram says of the webhook; absent: not asked. */
  webhook?: WebhookInfo | undefined;
  /** The address that should be registered. */
  url?: string | undefined;
  /** When an update last came to this process. */
  heardMs?: number | undefined;
  isDurable: boolean;
  /** What is wrong with the database. */
  database?: CheckProblem | undefined;
  nowMs: number;
}

/** A failed delivery is of interest for this long. */
const LATELY_MS = 10 * MINUTE_MS;

/** The items about receiving, and about what is kept. */
export function receivingChecks(facts: ReceivingFacts): Check[] {
  const { heardMs, nowMs } = facts;
  return [
    updatesCheck(facts),
    heardMs === undefined
      ? { name: "heard", state: "unknown" }
      : { name: "heard", state: "good", detail: { kind: "ago", ms: nowMs - heardMs } },
    databaseCheck(facts),
  ];
}

function databaseCheck({ isDurable, database }: ReceivingFacts): Check {
  if (database) return badCheck("database", database);
  return isDurable ? good("database") : warning("database", { because: "in memory" });
}

function updatesCheck(facts: ReceivingFacts): Check {
  const { mode, refusal, webhook, url, database, nowMs } = facts;
  if (refusal !== undefined) {
    return badCheck("updates", { because: "refused", description: refusal });
  }
  if (webhook && url !== undefined && webhook.url !== url) {
    return badCheck("updates", { because: "no webhook" });
  }
  const failedMs = (webhook?.last_error_date ?? 0) * 1000;
  const waiting = webhook?.pending_update_count ?? 0;
  if (waiting > 0 && nowMs - failedMs < LATELY_MS) {
    const description = webhook?.last_error_message ?? "";
    // An answer 500 is the bot's own: what it cannot accept yet comes again. A database that takes
    // nothing may keep it from answering in time.
    return database || / 500\b/.test(description)
      ? warning("updates", { because: "not accepted", waiting })
      : badCheck("updates", { because: "not delivered", description, waiting });
  }
  return { name: "updates", state: "good", detail: { kind: "mode", mode } };
}

function good(name: CheckName): Check {
  return { name, state: "good" };
}

/** An item that keeps the desk from working. */
export function badCheck(name: CheckName, problem: CheckProblem): Check {
  return { name, state: "bad", problem };
}

function warning(name: CheckName, problem: CheckProblem): Check {
  return { name, state: "warning", problem };
}

/** What is wrong with those that keep the desk from working. */
export function problemsIn(checks: Check[]): CheckProblem[] {
  return checks.flatMap((check) => check.state === "bad" ? [check.problem] : []);
}

/** What keeps the team from answering, or answers from being seen, but no customer from being heard. */
const AFTER_CARDS: readonly CheckProblem["because"][] = [
  "joining first",
  "nobody may write",
  "topics in private",
];

/** Whether a card that is posted gets its thread, as far as the checklist tells. */
export function takesCards(checks: Check[]): boolean {
  return problemsIn(checks).every(({ because }) => AFTER_CARDS.includes(because));
}
