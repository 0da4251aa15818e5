/** Which desk somebody comes to whom none serves yet, or whose conversation is over. */
import { isBareStart, sourceOfStart } from "../conversation/conversation.ts";
import type { DeskAmong } from "../desk/among.ts";
import { deskInLink, deskOfChannel } from "../desk/names.ts";
import type { Route } from "../desk/route.ts";

/**
 * The desk of who comes for the first time, and by no link of a desk's: as the owner has decided, else
 * the first. The one with the fewest open conversations is looked for among those that can work.
 */
export async function deskOfNewcomer(
  desks: readonly [DeskAmong, ...DeskAmong[]],
  route: Route | null,
  fewestOpen: (deskIds: number[]) => Promise<number | undefined>,
): Promise<DeskAmong> {
  const [first] = desks;
  if (route === null) return first;
  if (route !== "even") return deskOfChannel(desks, route.deskId) ?? first;
  const able = desks.filter(({ takesCards }) => takesCards).map(({ channelId }) => channelId);
  const fewest = await fewestOpen(able);
  return desks.find(({ channelId }) => channelId === fewest) ?? first;
}

/**
 * The desk whose link a message of a private chat comes by, and the source behind the desk's name;
 * `null`: it comes by none. A bot with one desk has no such links: whatever follows is a source.
 */
export function deskAskedFor(
  text: string | undefined,
  desks: readonly DeskAmong[],
): { desk: DeskAmong; source?: string } | null {
  if (desks.length < 2 || text === undefined || !isBareStart(text)) return null;
  const parameter = sourceOfStart(text);
  return parameter === undefined ? null : deskInLink(desks, parameter);
}
