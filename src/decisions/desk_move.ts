/** A desk goes on in another channel: what was decided of it holds there, too. */
import type { Change } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { OWN_TEXTS } from "../settings/settings.ts";

/** What the desk of another channel has of its own, but for conversations: they stay behind. */
export async function onDeskMoved(read: Reader, fromId: number): Promise<Change> {
  const there = read.at(fromId);
  const [settings, roster, ownTexts] = await Promise.all([
    there.settings(),
    there.roster(),
    Promise.all(OWN_TEXTS.map(async (name) => ({ name, words: await there.ownText(name) }))),
  ]);
  return { settings, roster, ownTexts };
}
