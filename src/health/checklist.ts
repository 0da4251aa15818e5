/**
 * The checklist of a desk: everything that must be true for it to work, an item each, and what can
 * be wrong with it. The words are in texts/.
 */
import { defined } from "../values/defined.ts";

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
  | "feedback"
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
  /** Telegram does not tell which canned reply was chosen in inline mode. */
  | { because: "feedback off" }
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

/** Of which of several desks something is, by its name; absent: there are no others, or it is no desk's. */
export interface OfDesk {
  desk?: string;
}

/** One item. */
export type Check = CheckState & OfDesk;

type CheckState =
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

/** An item that is as it should be. */
export function goodCheck(name: CheckName): Check {
  return { name, state: "good" };
}

/** An item that keeps the desk from working. */
export function badCheck(name: CheckName, problem: CheckProblem): Check {
  return { name, state: "bad", problem };
}

/** An item that somebody should know of. */
export function warningCheck(name: CheckName, problem: CheckProblem): Check {
  return { name, state: "warning", problem };
}

/** What is wrong with those that keep the desk from working. */
export function problemsIn(checks: Check[]): (CheckProblem & OfDesk)[] {
  return checks.flatMap((check) =>
    check.state === "bad" ? [{ ...check.problem, ...defined({ desk: check.desk }) }] : []
  );
}

/** Whether the bot was found to lack a right in one of the desk's chats. */
export function lacksRight(checks: Check[], where: "channel" | "group", right: Right): boolean {
  return problemsIn(checks).some((problem) => {
    if (problem.because === "no administrator") return problem.where === where;
    return problem.because === "no rights" && problem.where === where &&
      problem.rights.includes(right);
  });
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
