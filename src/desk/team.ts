/** Who is of the team, and who somebody is to the desk. */
import type { ChatMember, User } from "grammy/types";
import type { Desk } from "./desk.ts";
import { MINUTE_MS } from "../time/duration.ts";
import type { Formatted } from "../words/formatted.ts";
import { inUsualSigns } from "../words/typed.ts";
import { isInvisible, NO_NAME } from "../words/visible.ts";

/** Somebody under their own name; whether of the team has to be asked. */
export interface Person {
  kind: "person";
  userId: number;
  name: string;
}

/** Who stands behind a message in the group, as far as Telegram tells. */
export type Author =
  | Person
  /**
   * The linked channel itself or the anonymous administrator of the group: always of the team.
   * Their name is the administrator's title, else the channel's.
   */
  | { kind: "desk"; name: string }
  /** Another channel, another bot, or nobody we can name: never of the team. */
  | { kind: "stranger" };

/** Takes what is kept of a Telegram user who acts under their own name. */
export function personOf({ id, first_name }: User): Person {
  return { kind: "person", userId: id, name: isInvisible(first_name) ? NO_NAME : first_name };
}

/** An ID by itself, or as it is written elsewhere: `ID 7001`, `id: 7001`, `#7001`, `7.001.234`. */
const WRITTEN_ID =
  /^[\s"'“”‘’`(<[]*(?:(?:user )?id\b)?[\s:=#№nº]*([1-9]\d{0,15}|[1-9]\d{0,2}(?:[ .,]\d{3}){1,4})[\s"'“”‘’`)>\].,;!]*$/iu;
/** The link to a profile (https://core.telegram.org/api/links#user-id-links). */
const PROFILE_LINK = /^\s*tg:\/\/user\?id=([1-9]\d{0,15})\s*$/i;

/** The user's ID that words consist of (Bot API, User.id); `null`: they are something else. */
export function userIdIn(words: string): number | null {
  const text = inUsualSigns(words);
  const digits = (WRITTEN_ID.exec(text) ?? PROFILE_LINK.exec(text))?.[1];
  return digits === undefined ? null : Number(digits.replace(/\D/g, ""));
}

/** Whom words name: somebody who is mentioned without a username, or whose ID they are. */
export function userNamedIn(words: Formatted): { userId: number; name: string } | null {
  const mentions = words.entities.flatMap((entity) =>
    entity.type === "text_mention" ? [personOf(entity.user)] : []
  );
  const [mentioned, ...others] = mentions;
  if (mentioned && others.length === 0) return { userId: mentioned.userId, name: mentioned.name };
  const userId = userIdIn(words.text);
  return userId === null ? null : { userId, name: String(userId) };
}

/** A colleague who has answered a customer before: all that is kept of them. */
export interface Agent {
  userId: number;
  /** Their first name. */
  name: string;
}

/**
 * Whether this member of the desk's channel is of the team: its creator and administrators and,
 * only while the channel is private, its other members.
 */
export function isTeam(member: ChatMember, desk: Pick<Desk, "isPublic">): boolean {
  switch (member.status) {
    case "creator":
    case "administrator":
      return true;
    case "member":
      return !desk.isPublic;
    case "restricted":
      return !desk.isPublic && member.is_member;
    case "left":
    case "kicked":
      return false;
  }
}

/** Whether somebody is in a chat. */
export function isInside(member: ChatMember): boolean {
  if (member.status === "restricted") return member.is_member;
  return member.status !== "left" && member.status !== "kicked";
}

/** What we last heard about a person's membership of the team, and how long it may be believed. */
export interface Membership {
  userId: number;
  isTeam: boolean;
  /** Telegram does not know them: enough to offer them nothing, not to pass over what they write. */
  isDoubtful?: true;
  untilMs: number;
}

/** How long an answer of `getChatMember` is believed, unless an update says otherwise. */
export const MEMBERSHIP_MS = 5 * MINUTE_MS;

/** How long a doubtful no is believed where it costs nobody's words. */
export const DOUBTFUL_NO_MS = MINUTE_MS;

/**
 * Whether what is known of somebody's membership may still be believed. What is to be believed for
 * longer than anything is was learned before the clock was set back.
 */
export function isBelieved({ untilMs }: Membership, nowMs: number): boolean {
  return untilMs > nowMs && untilMs <= nowMs + MEMBERSHIP_MS;
}
