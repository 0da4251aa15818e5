/** Which desk somebody comes to whom none serves yet, or whose conversation is over. */
import { isBareStart, parameterOfStart } from "../conversation/conversation.ts";
import { servedAt } from "../conversation/served.ts";
import type { DeskAmong } from "../desk/among.ts";
import { isClaimCode } from "../desk/claim.ts";
import { deskInLink, deskOfChannel } from "../desk/names.ts";
import type { Route } from "../desk/route.ts";
import type { Change } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { isBannedAt } from "./ban.ts";
import type { Circumstances } from "./circumstances.ts";

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
 * The desk at which somebody is whom no record says to be served by any: it has a conversation with
 * them that goes on nowhere else, here or in a channel it has left, or has banned them before they
 * erased their data; `null`: none.
 */
export async function deskHaving(
  customerId: number,
  desks: readonly DeskAmong[],
  read: Reader,
): Promise<{ desk: DeskAmong; leftId: number } | null> {
  const looked = await Promise.all(desks.map(async (desk) => {
    const { channelId } = desk;
    const there = read.at(channelId);
    const [known, formerly, isBanned] = await Promise.all([
      there.conversation(customerId),
      there.formerly(),
      isBannedAt(there, customerId),
    ]);
    const before = await Promise.all(
      formerly.map(async ({ deskId, read }) => ({
        deskId,
        conversation: await read.conversation(customerId),
      })),
    );
    const all = [{ deskId: channelId, conversation: known }, ...before];
    const last = all.find(({ conversation }) => conversation !== null);
    return {
      found: { desk, leftId: last?.deskId ?? channelId },
      isThere: last !== undefined && last.conversation?.movedTo === undefined,
      isBanned: last === undefined && isBanned,
    };
  }));
  const found = looked.find(({ isThere }) => isThere) ?? looked.find(({ isBanned }) => isBanned);
  return found?.found ?? null;
}

/** Whether something keeps somebody at a desk: a conversation that is open, or a ban. */
export async function isBound(customerId: number, read: Reader): Promise<boolean> {
  const known = await read.conversation(customerId);
  return known?.status === "open" || await isBannedAt(read, customerId);
}

/**
 * The desk whose link a message of a private chat comes by, and the source behind the desk's name;
 * `null`: it comes by none. A bot with one desk has no such links: whatever follows is a source.
 */
export function deskAskedFor(
  text: string | undefined,
  { desks, isAlone }: Pick<Circumstances, "desks" | "isAlone">,
): { desk: DeskAmong; source?: string } | null {
  if (isAlone || text === undefined || !isBareStart(text)) return null;
  const parameter = parameterOfStart(text);
  const found = parameter === undefined ? null : deskInLink(desks, parameter);
  // Behind a desk called Claim stands a source; but what may be a code is shown to nobody.
  return found?.source !== undefined && isClaimCode(parameter!) ? null : found;
}

/**
 * A desk serves somebody from now on. Where it was never written down who did so far, that is whichever
 * has a conversation with them: it was the only desk then.
 */
export async function servedHere(
  read: Reader,
  customerId: number,
  { desk: { channelId }, desks }: Pick<Circumstances, "desk" | "desks">,
): Promise<Required<Pick<Change, "servedBy">>> {
  const known = await read.servedBy(customerId);
  const left = known ? null : await deskHaving(customerId, desks, read);
  return { servedBy: [{ customerId, ...servedAt(known, channelId, left?.leftId) }] };
}
