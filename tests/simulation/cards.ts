/** Cards: each customer has one, another only for a reason, and those that are over say so. */
import type { Card } from "./cast.ts";
import { desksShowing } from "./desk_checks.ts";
import { lateAmong } from "./late_cards.ts";
import { isLasting, type Rest, type View } from "./rest.ts";

/** The first card that never gets a thread is followed by another after this long … */
const IN_VAIN_MS = 10 * 60_000;
/** … and each one after that when this many times as long has passed. */
const IN_VAIN_GROWTH = 6;

/** A call may be under way while its card is marked. */
const UNDER_WAY_S = 60;

const OVER = "➡️";
const ERASED = "🗑";

/** A sentence for each card that is missing, too many, wrong, or misleading. */
export function cardsWrong(rest: Rest, view: View): string[] {
  const { cast, entries, ledger, names } = rest;
  const cards = Map.groupBy(cast.cards.values(), ({ customerId }) => customerId);
  const writers = new Set(
    ledger.all().filter((said) => said.reach === "team" && isLasting(said, rest))
      .map(({ customerId }) => customerId),
  );
  const missing = [...writers].filter((id) => !cards.has(id)).map((id) => `${id} has no card`);
  const misnamed = entries.filter(({ key }) => key[1] === "conversation").flatMap(
    ({ key, value }) => {
      const { customer, movedTo } = (value as {
        value: { customer: { firstName: string }; movedTo?: unknown };
      }).value;
      const called = names.get(key.at(-1) as number);
      // What goes on at another desk, or is over where they are not served any more, is left as it was.
      const isHome = key[2] === rest.whereabouts.homeBefore(key.at(-1) as number);
      if (movedTo || !isHome || !called || called.includes(customer.firstName)) return [];
      const name = JSON.stringify(called[0]);
      return [`${String(key.at(-1))} is called ${name}, which the desk does not know`];
    },
  );
  const others = [...cards].flatMap(([customerId, cards]) => {
    if (!cast.customers.some(({ id }) => id === customerId)) {
      return [`${customerId} is no customer, but has a card`];
    }
    return [...Map.groupBy(cards, ({ channel }) => channel).values()].flatMap((cards) => [
      ...tooMany(customerId, cards, rest),
      ...misleading(customerId, cards, rest, view),
    ]);
  });
  return [...missing, ...misnamed, ...others];
}

/** One card, and one more for each that was lost, was erased, or never got a thread. */
function tooMany(customerId: number, cards: Card[], rest: Rest): string[] {
  const { cast, eras, mishaps, unanswered, nowMs } = rest;
  const late = lateAmong(cards, rest);
  const toldMs = nowMs - cast.linked[0]!.sinceMs;
  const inTime = Math.max(
    0,
    Math.floor(Math.log(toldMs / IN_VAIN_MS) / Math.log(IN_VAIN_GROWTH)) + 1,
  );
  const inVain = Math.min(late.length, inTime + mishaps.repairedMs.length);
  const ended = mishaps.endedOf.filter((id) => id === customerId).length;
  const lost = unanswered.get(`card ${customerId}`) ?? 0;
  const most = 1 + lost + ended + eras.countOf(customerId, cards[0]!.channel.id) + inVain +
    mishaps.relinkedMs.length +
    rest.clockWasSet;
  return cards.length > most
    ? [`${customerId} has ${cards.length} cards, at most ${most} allowed`]
    : [];
}

/** Nothing is shown under a card that is over, and all that the desk knows but does not use are. */
function misleading(
  customerId: number,
  cards: Card[],
  rest: Rest,
  { shown }: View,
): string[] {
  const { entries, knownPosts, ledger, mishaps, whereabouts } = rest;
  const { channel: { id: deskId } } = cards[0]!;
  const recordOf = (kind: string) =>
    entries.find(({ key }) => key[1] === kind && key[2] === deskId && key.at(-1) === customerId)
      ?.value as {
        value: { postId?: number; card?: { postId: number } };
      } | undefined;
  const inUse = [
    recordOf("root")?.value.postId,
    recordOf("conversation")?.value.card?.postId,
  ];
  return cards.flatMap(({ channel, postId }) => {
    const post = channel.message(postId);
    if (!post?.text || post.text.startsWith(ERASED)) return [];
    if (!post.text.startsWith(OVER)) {
      // Without the right to post the bot cannot edit its own posts either.
      const isEditable = !mishaps.breakages.some(({ what }) => what === "no posts");
      return isEditable && knownPosts.has(postId) && !inUse.includes(postId)
        ? [`the card ${postId} of ${customerId} does not say that it is over`]
        : [];
    }
    // What the bot says itself may answer a comment of an older thread.
    // What was said before its customer went from this desk to another is shown here all the same: to
    // this one, or to one before it whose thread is gone, so that it came along as far as here.
    const hasLeft = whereabouts.homeBefore(customerId) !== deskId;
    return shown.some(({ thread, message }) => {
        const said = ledger.shownBy(message);
        const isOfOthers = said !== undefined && whereabouts.countOf(customerId) > 0 &&
          (whereabouts.deskOf(said) === deskId ||
            (hasLeft && desksShowing(said, rest).includes(deskId)));
        return thread?.card.postId === postId && said && !isOfOthers &&
          message.date > post.edit_date! + UNDER_WAY_S;
      })
      ? [`${customerId} is shown under a card that says the conversation is elsewhere`]
      : [];
  });
}
