/** Which desk somebody comes to whom none has served yet. */
import type { DeskAmong } from "../desk/among.ts";

/** The desk of who writes for the first time: the first. */
export function deskOfNewcomer(desks: readonly [DeskAmong, ...DeskAmong[]]): DeskAmong {
  return desks[0];
}
