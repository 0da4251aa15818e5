/** A conversation in which answers are taken back. */
import { textsOf } from "./desk.ts";
import { openTalk } from "./talk.ts";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";

/** A conversation in which Ana may write long texts, and the means to look at what is left of hers. */
export async function open() {
  const talk = await openTalk();
  const { desk, maria, says } = talk;
  desk.ana.info.is_premium = true;
  desk.bot.known.add(77);
  const rootId = desk.threadOf(maria)[0]!.message_thread_id!;
  const before = desk.toldTo(maria).length;
  /** What the customer has of what was said since. */
  const left = () => textsOf(desk.toldTo(maria).slice(before));
  const album = async (captions: string[]) => {
    const pieces = await desk.ana.sendsAlbum(
      desk.group,
      captions.map((caption) => ({ photo: true, caption })),
      { replyTo: rootId },
    );
    await desk.settled();
    await desk.passes(1100);
    return pieces;
  };
  const undoes = (message: SimulatedMessage, who = desk.ana) =>
    says(who, "/undo", { replyTo: message.message_id });
  return { ...talk, left, album, undoes };
}
