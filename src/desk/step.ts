/** How far setting a desk up has come, by what its checklist says; and what is amiss with a choice. */
import type { Check, Right } from "../health/checklist.ts";
import type { DeskChat } from "./rights.ts";

/**
 * What comes next: the channel is to be chosen, a group to be linked to it, that group to be chosen;
 * or both are there, and whatever is left is no choice.
 */
export type Step = "channel" | "link" | "group" | "done";

/** What comes next. */
export function stepOf(checks: Check[]): Step {
  const isBad = (...names: Check["name"][]) =>
    checks.some(({ name, state }) => state === "bad" && names.includes(name));
  if (isBad("channel", "channel-rights")) return "channel";
  if (checks.some((check) => check.state === "bad" && check.problem.because === "no group")) {
    return "link";
  }
  return isBad("group", "group-rights", "forum") ? "group" : "done";
}

/** What is amiss with a chat that the owner has chosen; each leads on by what is to be tapped. */
export type ChoiceProblem =
  /** The bot is not there: the client did not add it, or whoever chose did not want it to. */
  | { because: "outside"; where: DeskChat }
  /** It is no channel, or no group. */
  | { because: "other kind"; where: DeskChat }
  | { because: "public" }
  /** Another bot posts there: the channel may be its desk. */
  | { because: "other bot"; username: string }
  | { because: "no rights"; where: DeskChat; rights: Right[] }
  /** There is no channel yet whose group it could be. */
  | { because: "channel first" }
  | { because: "not linked"; channel: string }
  | { because: "basic group" }
  | { because: "topics" }
  /** The client knows no buttons that ask for a chat. */
  | { because: "other client"; where: DeskChat }
  /** It is what the desk has already, and nothing is amiss. */
  | { because: "chosen already"; where: DeskChat }
  /** Telegram does not answer. */
  | { because: "unanswered"; where: DeskChat };

/** A chat that the owner has chosen. */
export interface Choice {
  id: number;
  type: string;
  isForum: boolean;
}

/** What is known of the desk when a chat is chosen. */
export interface ChosenFor {
  /** The channel that the owner has shown; absent: none yet. */
  channelId?: number | undefined;
  channelTitle: string;
  /** The group that is linked to it. */
  linkedId?: number | undefined;
  checks: Check[];
}

/** What is amiss with a channel or group in which the bot is; `null`: nothing. */
export function problemOfChoice(
  choice: Choice,
  where: DeskChat,
  desk: ChosenFor,
): ChoiceProblem | null {
  const isChannel = choice.type === "channel";
  if (isChannel !== (where === "channel")) return { because: "other kind", where };
  if (!isChannel) {
    if (choice.type === "group") return { because: "basic group" };
    if (choice.isForum) return { because: "topics" };
    if (desk.channelId === undefined) return { because: "channel first" };
    if (desk.linkedId !== choice.id) return { because: "not linked", channel: desk.channelTitle };
  }
  return rightsProblem(where, desk.checks) ??
    (isChannel && isPublic(desk.checks) ? { because: "public" } : null);
}

function rightsProblem(where: DeskChat, checks: Check[]): ChoiceProblem | null {
  const check = checks.find(({ name }) => name === `${where}-rights`);
  if (check?.state !== "bad") return null;
  const { problem } = check;
  return problem.because === "no rights"
    ? { because: "no rights", where, rights: problem.rights }
    : { because: "outside", where };
}

function isPublic(checks: Check[]): boolean {
  return checks.some((check) => check.state === "warning" && check.problem.because === "public");
}
