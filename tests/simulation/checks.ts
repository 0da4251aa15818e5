/** What must be true when a story has come to rest: the promises, one by one. */
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";
import { isInside } from "../../playground/telegram/member.ts";
import { cardsWrong } from "./cards.ts";
import { choicesWrong } from "./choice_checks.ts";
import { clockworkWrong } from "./clockwork_checks.ts";
import { byTime, copiesIn, type Copy, type Shown, shownIn } from "./copies.ts";
import { answersWrong, reactionsWrong } from "./counterparts.ts";
import { erasuresWrong } from "./erasures.ts";
import { historiesWrong, keptIn, placeName } from "./histories.ts";
import { desksWrong, isToldGoneOn } from "./desk_checks.ts";
import { leftovers } from "./leftovers.ts";
import { noticesWrong } from "./notices.ts";
import { latersWrong } from "./put_off.ts";
import { isLasting, type Rest, type View } from "./rest.ts";
import type { Said } from "./said.ts";
import { signaturesWrong } from "./signatures.ts";
import { isShownAnew, linksWrong, mostOf, versionOf, wordsWrong } from "./words.ts";

/** A sentence for each promise that is broken. */
export function brokenPromises(rest: Rest): string[] {
  const view = viewOf(rest);
  return [
    ...placesWrong(rest, view),
    ...countsWrong(rest, view),
    ...ordersWrong(rest, view),
    ...wordsWrong(rest, view),
    ...linksWrong(rest, view),
    ...answersWrong(rest, view),
    ...reactionsWrong(rest, view),
    ...signaturesWrong(rest, view),
    ...historiesWrong(rest, view),
    ...cardsWrong(rest, view),
    ...noticesWrong(rest, view),
    ...erasuresWrong(rest, view),
    ...clockworkWrong(rest, view),
    ...latersWrong(rest, view),
    ...desksWrong(rest, view),
    ...choicesWrong(rest),
    ...leftovers(rest, view),
    ...bansWrong(rest),
    ...staysWrong(rest),
  ];
}

/** The bot has left wherever else it was added. */
function staysWrong({ cast: { bot }, mishaps: { foreign } }: Rest): string[] {
  return foreign.filter((chat) => isInside(chat.membership(bot.user)))
    .map(({ id }) => `the bot is still in ${id}, which is none of the desk's`);
}

/** Whoever was removed from a group is free to comment. */
function bansWrong({ cast: { everyGroup, strangers } }: Rest): string[] {
  return everyGroup.flatMap((group) =>
    strangers.filter(({ user }) => group.membership(user.info).status === "kicked")
      .map(({ name }) => `${name} is left banned`)
  );
}

/**
 * All that the bot has shown, but for what Telegram put outside of every thread, as an answer to what
 * was deleted, and the desk cannot put right: a copy that was repeated because its answer was lost,
 * one that somebody has deleted there, and one of a customer who had their data erased.
 */
function viewOf({ cast, eras, ledger, unanswered }: Rest): View {
  const isOutside = ({ side, thread }: Shown) => side === "team" && !thread;
  const everything = shownIn(cast);
  const kept = keptIn(cast);
  const shown = everything.filter((each) => {
    const said = ledger.shownBy(each.message);
    const isExcused = each.isDeleted ||
      (said && (unanswered.has(said.token) || eras.countOf(said.customerId) > 0));
    return !kept.has(placeName(each)) && (!isOutside(each) || !isExcused);
  });
  const copies = copiesIn(shown, ledger);
  const said = everything.filter((each) => !kept.has(placeName(each)));
  const takenAway = [...copiesIn(said, ledger)].filter(([token, { length }]) =>
    length > (copies.get(token)?.length ?? 0)
  ).map(([token]) => token);
  const refused = new Set(
    ledger.all().filter((each) => each.notBeforeMs !== undefined && isToldGoneOn(each, shown))
      .map(({ token }) => token),
  );
  return { everything, kept, shown, copies, refused, takenAway: new Set(takenAway) };
}

/** A call may be under way to a thread or a conversation that ends meanwhile. */
const UNDER_WAY_MS = 60_000;
/** No update tells that another group was linked; the desk is looked at again after this long. */
const FOLLOWED_MS = 8 * 60_000;
/** A process that begins looks at the desk within a minute; Telegram may take its time, or fail. */
const BEGINNING_MS = 6 * 60_000;

/** Everything stands where those look for whom it is meant, and nowhere else. */
function placesWrong(rest: Rest, { copies }: View): string[] {
  const { eras, whereabouts } = rest;
  return rest.ledger.all().flatMap((said) =>
    (copies.get(said.token) ?? []).flatMap((copy) => {
      const { side, customerId, thread } = copy;
      const where = `at the ${side}'s side, in the conversation of ${customerId}`;
      if (said.reach === "nobody") return [`${said.token} is for nobody, but shown ${where}`];
      if (side !== said.reach || customerId !== said.customerId) {
        return [`${said.token} of the conversation of ${said.customerId} is shown ${where}`];
      }
      if (eras.isTooLate(said) === true) {
        return [`${said.token} is shown, but was said in the thread of an erased conversation`];
      }
      const isOver = thread && thread.card.channel.id === whereabouts.deskOf(said) &&
        eras.ofCard(thread.card) < eras.ofSaid(said);
      if (side === "team" && isOver && eras.wasKnown(thread)) {
        return [`${said.token} is shown in the thread of an erased conversation`];
      }
      const shownMs = copy.message.date * 1000;
      const changedMs = (copy.message.edit_date ?? copy.message.date) * 1000;
      if (changedMs > (eras.endMsOf(said) ?? Infinity) + UNDER_WAY_MS) {
        return [`${said.token} is shown or edited ${where}, which was erased`];
      }
      if (thread?.diedMs !== undefined && shownMs > thread.diedMs + UNDER_WAY_MS) {
        return [`${said.token} is shown in a thread whose root was gone`];
      }
      if (thread && !isFollowed(rest, thread.chat.id, shownMs)) {
        return [`${said.token} is shown in a group that is no longer the desk's`];
      }
      return [];
    })
  );
}

/** Whether a group was the desk's at that time, or shortly before. */
function isFollowed(rest: Rest, groupId: number, atMs: number): boolean {
  const { cast: { linked }, mishaps: { breakages }, startedMs } = rest;
  // Who has just begun has not yet looked, and who is out of the channel cannot.
  const isBeginning = startedMs.some((ms) => ms <= atMs + 1000 && atMs < ms + BEGINNING_MS);
  const isBlind = breakages.some(({ what, sinceMs, untilMs = Infinity }) =>
    what === "out of the channel" && sinceMs <= atMs && atMs <= untilMs + BEGINNING_MS
  );
  return isBeginning || isBlind || rest.cast.others.some(({ group }) => group.id === groupId) ||
    linked.some(({ group, sinceMs, untilMs = Infinity }) =>
      group.id === groupId && sinceMs <= atMs + 1000 && atMs <= untilMs + FOLLOWED_MS
    );
}

/**
 * Whether nobody could tell that a copy stands in its thread: the bot was out of its group when it,
 * or one before it there, was to be asked. It is shown anew then in the group that is the desk's:
 * rather repeated than lost.
 */
function isUnasked({ cast, unasked }: Rest, { side, message, thread }: Shown): boolean {
  return side === "team" && message.chat.id !== cast.group.id &&
    unasked.some(({ chatId, copyId }) => {
      if (chatId !== message.chat.id || copyId > message.message_id) return false;
      const chat = cast.chatAt(chatId)!;
      const asked = cast.everIn(chat).find(({ record }) => record.id === copyId);
      return asked !== undefined && asked.record.threadId === thread?.rootId;
    });
}

/** Once, unless Telegram's answer was lost; and a new version where a copy cannot be edited. */
function countsWrong(rest: Rest, view: View): string[] {
  const { ledger, unanswered } = rest;
  const { copies } = view;
  return ledger.all().flatMap((said) => {
    const { token, reach, heard, isDeleted } = said;
    if (reach === "nobody") return [];
    const shown = copies.get(token) ?? [];
    if (heard === "no") {
      return shown.length > 0 ? [`${token} is shown, but the bot was never told of it`] : [];
    }
    const [first] = said.versions;
    const isOwed = heard === "yes" && !isDeleted && isLasting(said, rest) &&
      !view.refused.has(token);
    const most = 1 + (unanswered.get(token) ?? 0);
    return (["hasWords", "hasFile"] as const).flatMap((has) => {
      const what = has === "hasWords" ? "" : "'s file";
      const isPartOfIt = has === "hasWords" ? first!.words !== "" : first!.file !== undefined;
      const having = shown.filter((copy) => copy[has]);
      if (isPartOfIt && isOwed && having.length === 0 && !view.takenAway.has(token)) {
        return [`${token}${what} is never shown`];
      }
      const isAnew = isShownAnew(said, shown, rest);
      // A medium whose caption follows does not tell its version.
      const isBare = said.what === "long caption" && has === "hasFile";
      const [unasked, others] = [true, false].map((is) =>
        having.filter((copy) => isUnasked(rest, copy) === is)
      );
      const groups = [unasked!, others!].flatMap((those): [number, Copy[]][] =>
        isAnew && !isBare
          ? [...Map.groupBy(those, ({ message }) => versionOf(message))]
          : [[1, those]]
      );
      const limitOf = (version: number) =>
        isBare ? most * said.versions.length : mostOf(version, said, rest, view);
      return groups.filter(([version, { length }]) => length > limitOf(version))
        .map(([version, { length }]) =>
          `${token}${what} is shown ${length} times, at most ${limitOf(version)} is allowed`
        );
    });
  });
}

/** Whatever one side reads of the other stands in the order in which it was said, repeats too. */
function ordersWrong(rest: Rest, { shown, copies, takenAway }: View): string[] {
  const { ledger, whereabouts } = rest;
  const last = new Map<string, { said: Said; message: SimulatedMessage }>();
  return shown.filter(({ side }) => side !== "channel").toSorted(byTime).flatMap((each) => {
    const said = ledger.shownBy(each.message);
    if (!said || said.reach === "nobody" || said.heard !== "yes") return [];
    // What was put off goes when its time has come.
    if (said.notBeforeMs !== undefined) return [];
    if (isUnasked(rest, each)) return [];
    const all = copies.get(said.token)!;
    // What is shown anew after an edit stands where the edit does, also if its copy lay outside.
    const isFirst = all.toSorted(byTime)[0]!.message === each.message;
    const isAnew = isFirst
      ? takenAway.has(said.token) && versionOf(each.message) > 1
      : isShownAnew(said, all, rest);
    if (isAnew) return [];
    // What came late, behind an album that had gone, came when others were answering.
    if (whereabouts.isTooLate(said)) return [];
    const deskId = whereabouts.deskOf(said);
    // What is shown at two desks stands in two threads.
    const thread = said.reach === "team" ? `${deskId} in ${each.thread?.chat.id}` : "";
    const lane = `${said.reach} ${said.customerId} ${thread}`;
    const { message } = each;
    const before = last.get(lane);
    last.set(lane, { said, message });
    if (!before) return [];
    // An album that is repeated begins with its first piece again.
    const isOneAlbum = said.albumId !== undefined && before.said.albumId === said.albumId;
    // Of two groups only the second of a message can be told.
    const isKnown = before.message.chat.id === message.chat.id ||
      before.message.date < message.date;
    // Which of two desks spoke first is for Telegram to say.
    const isLater = isKnown && !isOneAlbum &&
      (whereabouts.deskOf(before.said) === deskId
        ? orderOf(before.said) > orderOf(said)
        : !wasStuck(rest, deskId, before.message.date * 1000) &&
          areInLine(rest, said, before.said) &&
          whereabouts.commitOf(before.said)! > whereabouts.commitOf(said)!);
    return isLater
      ? [`${said.token} is shown after ${before.said.token}, but was said before`]
      : [];
  });
}

/**
 * Whether what one desk has said goes before what another has. Whoever chooses another desk themselves
 * has come to the end of what the old one had to say, and that one may say something yet: the lanes of
 * two desks wait for each other only where the one has handed the conversation over.
 */
function areInLine({ choices, whereabouts }: Rest, earlier: Said, later: Said): boolean {
  const hasChosen = choices.some(({ customerId }) => customerId === later.customerId);
  return !hasChosen || whereabouts.isHandedOver(earlier, later);
}

/** Whether a desk could not work at that time, so that the one its customers had gone to did not wait. */
function wasStuck({ cast, mishaps }: Rest, deskId: number | undefined, atMs: number): boolean {
  return deskId === cast.channel.id &&
    mishaps.breakages.some(({ sinceMs, untilMs = Infinity }) =>
      sinceMs <= atMs && atMs <= untilMs + FOLLOWED_MS
    );
}

function orderOf({ token }: Said): number {
  return Number(token.slice(1, -1));
}
