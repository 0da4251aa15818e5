/** The lines in which what is owed goes: order holds inside a lane, and none between two. */
import type { Desk } from "../desk/desk.ts";

/** Where a lane's jobs go: to one of the two sides, or to the desk itself, which is to do something. */
export type Direction = "to-team" | "to-customer" | "to-desk";

/**
 * The line in which one conversation's jobs go, one lane per direction. Order holds inside it. What
 * is asked of the desk in no conversation has the customer 0, or the person who asks in private; what
 * is done outside it, the chat.
 */
export interface Lane {
  deskId: number;
  customerId: number;
  direction: Direction;
}

/** The lane of a customer's conversation in one direction. */
export function laneOf(
  desk: Pick<Desk, "channelId">,
  customerId: number,
  direction: Direction,
): Lane {
  return { deskId: desk.channelId, customerId, direction };
}

/**
 * The lane in which a desk gives conversations to its team, one after another: whose turn it is
 * depends on who had the last one.
 */
export function laneOfTurns(desk: Pick<Desk, "channelId">): Lane {
  return laneOf(desk, 0, "to-team");
}

/** In place of a desk's ID, in the lanes of what the bot does where no desk is. */
export const NO_DESK = 0;

/** The lane of what the bot does in a chat that is none of its desk's. */
export function laneOutside(chatId: number): Lane {
  return { deskId: NO_DESK, customerId: chatId, direction: "to-desk" };
}

/** The lane that leads back to whoever wrote what goes in this one. */
export function otherLane(lane: Lane): Lane {
  return { ...lane, direction: lane.direction === "to-team" ? "to-customer" : "to-team" };
}

/** A lane's name in logs and maps. */
export function laneName(lane: Lane): string {
  return `${lane.deskId}/${lane.customerId}/${lane.direction}`;
}
