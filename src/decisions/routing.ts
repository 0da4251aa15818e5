/** Which desk somebody comes to whom none serves yet, or whose conversation is over. */
import { isBareStart, sourceOfStart } from "../conversation/conversation.ts";
import { servedAt } from "../conversation/served.ts";
import type { DeskAmong } from "../desk/among.ts";
import { deskInLink, deskOfChannel } from "../desk/names.ts";
import type { Route } from "../desk/route.ts";
import type { Change } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import type { Circumstances } from "./circumstances.ts";

/**
 * The desk of who comes for the first time, and by no link of a desk's: as the owner has decided, else
 * the first. The one with the fewest open conversations is looked for among those that can work.
 */
export async function deskOfNewcomer(
  desks: readonly [DeskAmong, ...DeskAmong[]],
  route: Route | null,
  countOpen: (deskId: number) => Promise<number>,
): Promise<DeskAmong> {
  const [first] = desks;
  if (route === null) return first;
  if (route !== "even") return deskOfChannel(desks, route.deskId) ?? first;
  const counted = await Promise.all(
    desks.filter(({ takesCards }) => takesCards)
      .map(async (each) => ({ each, open: await countOpen(each.channelId) })),
  );
  const [least = { each: first }] = counted.sort((a, b) => a.open - b.open);
  return least.each;
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
  const left = known ? undefined : await knownAt(read, customerId, desks);
  return { servedBy: [{ customerId, ...servedAt(known, channelId, left) }] };
}

/** The first desk that has a conversation with somebody. */
async function knownAt(
  read: Reader,
  customerId: number,
  desks: readonly DeskAmong[],
): Promise<number | undefined> {
  for (const { channelId } of desks) {
    if (await read.at(channelId).conversation(customerId) !== null) return channelId;
  }
  return undefined;
}
