/** What a copy says in the end: what its writer last made of it, whole. */
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";
import { say } from "../../src/texts/texts.ts";
import { fileOf, marksIn, ownWordsOf, wordsOf } from "./contents.ts";
import { byTime, type Copy } from "./copies.ts";
import { isLasting, type Rest, type View } from "./rest.ts";
import { unsigned } from "./names.ts";
import type { Said } from "./said.ts";

/** How a message begins that shows what another has become. */
const EDITED = "✏️ ";

/** Which version of something said a message shows. */
export function versionOf(message: Partial<SimulatedMessage>): number {
  return Number(/ v(\d+)/.exec(wordsOf(message))?.[1] ?? 1);
}

/** Whether edits of it may come as messages of their own: so do those of what could not be kept. */
export function isShownAnew(
  { what, token }: Said,
  copies: Copy[],
  { unkept }: Pick<Rest, "unkept">,
): boolean {
  return what.startsWith("long") || copies.some(({ isDeleted }) => isDeleted) || unkept.has(token);
}

/**
 * How often a version may be shown: once, and once more for each answer that was lost. What cannot
 * be edited is shown anew, though its copy may have been made after the edit.
 */
export function mostOf(
  version: number,
  said: Said,
  rest: Pick<Rest, "unanswered" | "unkept">,
  { copies }: Pick<View, "copies">,
): number {
  const isAnew = version > 1 && isShownAnew(said, copies.get(said.token) ?? [], rest);
  return 1 + (isAnew ? 1 : 0) + (rest.unanswered.get(said.token) ?? 0);
}

/** Every copy reads as its original does, as far as the bot was told. */
export function wordsWrong(rest: Rest, view: View): string[] {
  return rest.ledger.all().flatMap((said) => {
    const copies = view.copies.get(said.token) ?? [];
    if (said.reach === "nobody" || said.isDeleted || copies.length === 0) return [];
    if (!isLasting(said, rest)) return [];
    // Of a command that was edited too late nothing but the first version need be heard.
    const heardVersion = view.refused.has(said.token) ? 1 : rest.whereabouts.versionInTime(said);
    const rights = said.versions.slice(heardVersion - 1);
    if (isTooLate(rest, said, view)) return [];
    if (said.what.startsWith("long")) {
      const isWhole = rights.some((_, index) => isWholeIn(said, heardVersion + index, rest, view));
      if (!isWhole) {
        return [`${said.token} is nowhere whole as it last was (v${said.versions.length})`];
      }
    } else if (rights[0]!.words !== "") {
      const read = copies.filter(({ hasWords }) => hasWords)
        .map((copy) => readable(copy, said, rest));
      if (!rights.some(({ words }) => read.includes(words))) {
        const last = rights.at(-1)!.words;
        return [`${said.token} reads "${read.join('", "')}", but was last edited to "${last}"`];
      }
    }
    const files = copies.filter(({ hasFile }) => hasFile).map(({ message }) =>
      fileOf(message)?.file_unique_id
    );
    const isRight = rights.some(({ file }) => file === undefined || files.includes(file));
    return isRight ? [] : [`${said.token} does not show the file it was last given`];
  });
}

/** The words of a copy, without what the bot puts before them; that must be there. */
function readable(
  { message }: Copy,
  said: Said,
  { cast, mishaps: { breakages, endedOf, relinkedMs }, unnamed, whereabouts }: Rest,
): string {
  const { what, origin, named, quote, albumId, reach } = said;
  const signed = wordsOf(message);
  const words = (reach === "customer" ? unsigned(signed) : signed).replace(EDITED, "").replace(
    /\n\n🔗 [^\n]*$/u,
    "",
  );
  const hasRoom = ["text", "photo", "video", "animation", "audio", "document", "voice"].includes(
    what,
  );
  if (quote !== undefined && words.startsWith(`↩ “${quote}”\n`)) {
    return words.slice(words.indexOf("\n") + 1);
  }
  // What it answers at another desk is said in words.
  if (said.answers && words.startsWith("↩ ")) return words.slice(words.indexOf("\n") + 1);
  if (!hasRoom || !origin) return words;
  if (words.startsWith(`${origin}\n`)) return words.slice(origin.length + 1);
  // Of whom Telegram does not tell the desk that they are not of the team, customers learn nothing.
  const { atMs: saidMs } = said.versions[said.heardVersion - 1]!;
  // While one of several desks is not known, nobody can say who is of its team.
  const isOneUnknown = cast.others.length > 0 && breakages.length > 0;
  // Each edit has it asked anew whether they can be named.
  const mayBeUnnamed = named && reach === "customer" && (isOneUnknown || [
    { fromMs: said.message.date * 1000, untilMs: message.date * 1000 },
    { fromMs: saidMs, untilMs: (message.edit_date ?? message.date) * 1000 },
  ].some(({ fromMs, untilMs }) => unnamed.mayBe(named.userId, fromMs, untilMs)));
  if (mayBeUnnamed) {
    const { without } = named;
    if (without === "") return words;
    if (words.startsWith(`${without}\n`)) return words.slice(without.length + 1);
  }
  // What had gone astray where a thread was deleted is shown at the next desk as it was written.
  const hasMoved = whereabouts.countOf(said.customerId) > 0 &&
    (endedOf.includes(said.customerId) || relinkedMs.length > 0);
  if (hasMoved) return words;
  // An album says it once.
  return albumId === undefined ? `no origin: ${words}` : words;
}

/** A link button is under the copy, or its address is somewhere in words. */
export function linksWrong(rest: Rest, { copies, shown }: View): string[] {
  return rest.ledger.all().flatMap((said) => {
    const { token, link, reach, customerId } = said;
    if (link === undefined || reach === "nobody" || !isLasting(said, rest)) return [];
    if ((copies.get(token) ?? []).length === 0) return [];
    const isThere = shown.filter((each) => each.side === reach && each.customerId === customerId)
      .some(({ message: { reply_markup, text, caption } }) =>
        `${JSON.stringify(reply_markup)} ${text} ${caption}`.includes(link)
      );
    return isThere ? [] : [`${token} has lost its link ${link}`];
  });
}

/** What stands in a group that was not the desk's for a while need not be edited, if that is said. */
function isTooLate({ cast }: Rest, said: Said, { copies, shown }: View): boolean {
  const { groupsLeft } = cast;
  const isGone = copies.get(said.token)!.some(({ thread }) =>
    thread && groupsLeft.includes(thread.chat)
  );
  const told = say({ text: "too-old" }, "pt-BR");
  return isGone &&
    shown.some(({ message, answered }) =>
      message.text === told && answered?.chat.id === said.message.chat.id &&
      answered.message_id === said.message.message_id
    );
}

/** Whether a long text stands there in that version, from its first word to its last. */
function isWholeIn(
  said: Said,
  version: number,
  rest: Rest,
  view: View,
): boolean {
  const { token, reach, customerId } = said;
  const most = mostOf(version, said, rest, view);
  const parts = view.shown.filter((each) => each.side === reach && each.customerId === customerId)
    .toSorted(byTime)
    .map(({ message }) =>
      marksIn(ownWordsOf(message)).filter((mark) =>
        mark.token === token && mark.version === version
      )
        .map(({ index }) => index)
    ).filter((indexes) => indexes.length > 0);
  let next = 0;
  for (const part of parts) {
    const [first = 0] = part;
    const isRepeated = first < next && most > 1;
    if (first !== next && !isRepeated) return false;
    if (part.some((index, at) => index !== first + at)) return false;
    next = first + part.length;
  }
  return next === marksIn(said.versions[version - 1]!.words).length;
}
