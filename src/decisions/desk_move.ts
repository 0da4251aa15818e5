/** A desk goes on in another channel: what was decided of it, and who is of it, holds there, too. */
import type { DeskLists } from "../desk/lists.ts";
import type { Change } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import type { Shelved } from "../replies/shelf.ts";
import { OWN_TEXTS } from "../settings/settings.ts";

/** How many people, or replies, are written of at once. */
const AT_ONCE = 100;

/** What the desk of another channel has decided; its conversations stay behind. */
export async function onDeskMoved(read: Reader, fromId: number): Promise<Change> {
  const there = read.at(fromId);
  const [settings, roster, ownTexts] = await Promise.all([
    there.settings(),
    there.roster(),
    Promise.all(OWN_TEXTS.map(async (name) => ({ name, words: await there.ownText(name) }))),
  ]);
  return { settings, roster, ownTexts };
}

/**
 * What is known of the people of a desk, and how much its canned replies are used, in as many changes as
 * that takes. Whom the creator of a group lets in there has nothing to do with another group.
 */
export async function recordsMoved(
  fromId: number,
  lists: Pick<DeskLists, "agents" | "noticesWanted">,
  replies: readonly Shelved[],
): Promise<Change[]> {
  const [agents, wanted] = await Promise.all([lists.agents(fromId), lists.noticesWanted(fromId)]);
  const notices = [...wanted].map(([userId, isWanted]) => ({ userId, isWanted }));
  const replyUses = replies.flatMap(({ id, use }) => use ? [{ id, use }] : []);
  return [
    ...inParts(agents).map((some) => ({ agents: some })),
    ...inParts(notices).map((some) => ({ notices: some })),
    ...inParts(replyUses).map((some) => ({ replyUses: some })),
  ];
}

function inParts<T>(all: readonly T[]): T[][] {
  return Array.from(
    { length: Math.ceil(all.length / AT_ONCE) },
    (_, at) => all.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
}
