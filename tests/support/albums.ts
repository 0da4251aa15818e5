/** The pieces of albums that tests send, and how what arrived of them is told. */
import { textsOf } from "./desk.ts";
import type { Side } from "./sides.ts";
import type { ContentSpec } from "../../playground/telegram/content.ts";

export const BEFORE: ContentSpec = { photo: true, caption: "antes" };
export const AFTER: ContentSpec = { photo: true, caption: "depois" };
export const VIDEO: ContentSpec = { video: true };

/** Photos with these captions. */
export const captioned = (...captions: string[]): ContentSpec[] =>
  captions.map((caption) => ({ photo: true, caption }));

/** Sends an album in answer to something: then it is sent anew from either side. */
export async function sendsAnew(side: Side, contents: ContentSpec[], refused: number[] = []) {
  const question = await side.sends("mando?");
  side.forgets();
  const mediaGroupId = `album ${question.message_id}`;
  const sent = await side.sendsPieces(contents, { replyTo: question.message_id, mediaGroupId });
  for (const index of refused) side.desk.telegram.refusesFile(sent[index]!);
  await side.desk.passes(1100);
  return sent;
}

/** The captions of each album, and of what came alone. */
export function albumsOf(side: Side): string[][] {
  const shown = side.arrived();
  const albums = Map.groupBy(
    shown,
    ({ media_group_id, message_id }) => media_group_id ?? message_id,
  );
  return [...albums.values()].map((album) => textsOf(album));
}
