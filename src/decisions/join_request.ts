/** Somebody asks to join the channel, and with it the team: that is for the owner to decide. */
import type { Change } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { laneOf } from "../conversation/lane.ts";
import type { Circumstances } from "./circumstances.ts";

/** Who asks, by their whole name. */
export interface Asking {
  userId: number;
  name: string;
}

/** The owner is told in private; in the group, if they cannot be. */
export async function onJoinRequest(
  { userId, name }: Asking,
  read: Reader,
  { desk }: Circumstances,
): Promise<Change> {
  const isBanned = (await read.conversation(userId))?.status === "banned";
  const { groupId, ownerId = groupId } = desk;
  return {
    tasks: [{
      // In a lane of theirs: nobody else's request waits for it.
      lane: laneOf(desk, userId, "to-desk"),
      task: {
        kind: "notice",
        notice: { text: "join-request", name, userId, isBanned },
        chatId: ownerId,
        otherwise: groupId,
        isSealed: true,
      },
    }],
  };
}
