/** The group stays private: it holds all conversations, and nobody needs to be in it to comment. */
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import type { Desk } from "../desk/desk.ts";
import { laneOf } from "../conversation/lane.ts";
import type { Circumstances } from "./circumstances.ts";
import type { Person } from "../desk/team.ts";
import { defined } from "../values/defined.ts";

/** Somebody has come into the group. */
export interface Joining {
  person: Person;
  /** Of the group: who has left it comes back as they like. */
  isCreator: boolean;
}

/**
 * Who has joined the group is removed, unless the creator lets them in. Who only comments, from the
 * channel, is no member and is not touched.
 */
export async function onJoined(
  { person, isCreator }: Joining,
  read: Reader,
  { desk, botId }: Circumstances,
): Promise<Change> {
  const { userId } = person;
  if (userId === botId || userId === desk.ownerId || isCreator) return {};
  if (await read.isAllowed(userId)) return {};
  return { tasks: [expelling(person, desk)] };
}

/**
 * Has somebody removed, or their ban lifted if the creator lets them in by then. It goes in a lane of
 * theirs: while the bot lacks the right, what others ask of the desk does not wait for it.
 */
export function expelling(
  member: Person,
  desk: Desk,
  { isAsked = false }: { isAsked?: boolean } = {},
): NewTask {
  return {
    lane: laneOf(desk, member.userId, "to-desk"),
    task: { kind: "expel", member, ...defined({ isAsked: isAsked || undefined }) },
  };
}
