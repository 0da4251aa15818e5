/** The group stays private: it holds all conversations, and nobody needs to be in it to comment. */
import type { ChatMember, ChatMemberUpdated } from "grammy/types";
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import type { Desk } from "../desk/desk.ts";
import { laneOf } from "../conversation/lane.ts";
import type { Circumstances } from "./circumstances.ts";
import type { ExpelTask } from "../jobs/task.ts";
import { personOf } from "../desk/team.ts";

/**
 * Somebody's place in the group has changed. Who has joined is removed, unless the creator lets them
 * in. Who only comments, from the channel, is no member and is not touched.
 */
export async function onJoined(
  { old_chat_member: before, new_chat_member: now }: ChatMemberUpdated,
  read: Reader,
  { desk, botId }: Circumstances,
): Promise<Change> {
  const { user } = now;
  const hasJoined = isInside(now) && !isInside(before);
  if (!hasJoined || user.id === botId || now.status === "creator") return {};
  if (user.id === desk.ownerId || await read.isAllowed(user.id)) return {};
  return { tasks: [expelling(personOf(user), desk)] };
}

/**
 * Has somebody removed. It goes in a lane of theirs: while the bot lacks the right, what others ask
 * of the desk does not wait for it.
 */
export function expelling(
  member: ExpelTask["member"],
  desk: Desk,
  { isAsked = false }: { isAsked?: boolean } = {},
): NewTask {
  return {
    lane: laneOf(desk, member.userId, "to-desk"),
    task: { kind: "expel", member, ...(isAsked ? { isAsked } : {}) },
  };
}

/** Whether somebody is in a chat. */
export function isInside(member: ChatMember): boolean {
  if (member.status === "restricted") return member.is_member;
  return member.status !== "left" && member.status !== "kicked";
}
