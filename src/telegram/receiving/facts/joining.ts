/** Reads a change of somebody's place in the group. */
import type { ChatMemberUpdated } from "grammy/types";
import type { Joining } from "../../../decisions/guard.ts";
import { isInside, personOf } from "../../../desk/team.ts";

/** Reads who has joined; `null`: nobody has. */
export function readJoining(
  { old_chat_member: before, new_chat_member: now }: ChatMemberUpdated,
): Joining | null {
  if (!isInside(now) || isInside(before)) return null;
  return { person: personOf(now.user), isCreator: now.status === "creator" };
}
