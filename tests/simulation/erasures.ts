/** Erased is erased: everything had arrived or is counted, both sides are told, and nothing is kept. */
import { say } from "../../src/texts/texts.ts";
import type { Shown } from "./copies.ts";
import type { Rest, View } from "./rest.ts";
import { noticeIn, type Said } from "./said.ts";

const TOO_LATE = say({ text: "erased-thread" }, "pt-BR");
const [DONE] = say({ text: "erased", undelivered: 0, isBanned: false }, "pt-BR").split("\n") as [
  string,
];
const TOLD_TO_TEAM = say({ text: "did-erase", undelivered: 0 }, "pt-BR");

/** A sentence for each promise that an erasure has broken. */
export function erasuresWrong(rest: Rest, view: View): string[] {
  return rest.cast.customers.filter(({ id }) => rest.eras.countOf(id) > 0).flatMap(({ id }) => [
    ...untold(id, rest, view),
    ...uncounted(id, rest, view),
    ...unanswered(id, rest, view),
    ...traces(id, rest),
    ...names(id, rest),
  ]);
}

/**
 * The customer is told of each erasure unless they block the bot, and once unless an answer is lost; at
 * the most once more for each other desk, where something of theirs may go nowhere, too.
 */
function untold(customerId: number, { acts, eras, unanswered }: Rest, { shown }: View): string[] {
  const told = toldTo(customerId, "customer", DONE, shown);
  const lost = told.reduce(
    (sum, { message }) => sum + (unanswered.get(noticeIn(customerId, message.text!)) ?? 0),
    0,
  );
  const times = eras.askedOf(customerId);
  const least = times - (acts.block.get(customerId) ?? 0);
  return told.length < least || told.length > times + eras.elsewhereOf(customerId) + lost
    ? [`${customerId} is told ${told.length} times of ${times} erasures`]
    : [];
}

/** Of what was accepted before, each side that is told of every erasure is told how much is lost. */
function uncounted(customerId: number, rest: Rest, view: View): string[] {
  const { acts, cast, eras, ledger, mishaps, unanswered } = rest;
  const { shown, copies, takenAway } = view;
  const toCustomer = toldTo(customerId, "customer", DONE, shown);
  const texts = new Set(toCustomer.map(({ message }) => message.text!));
  const repeats = [...texts].reduce(
    (sum, text) => sum + (unanswered.get(noticeIn(customerId, text)) ?? 0),
    0,
  );
  const toTeam = toldTo(customerId, "team", TOLD_TO_TEAM, shown);
  // Each conversation has a thread of its own, and who was not answered says it once more there.
  const threads = new Set(toTeam.map(({ thread }) => thread!.rootId));
  const sides = [
    { reach: "team", told: toCustomer, times: toCustomer.length - repeats },
    { reach: "customer", told: toTeam, times: threads.size },
  ];
  const isOfOne = cast.others.length === 0;
  // Of several desks some have nothing to count: they tell as long as they can.
  const canTell = !acts.block.has(customerId) && !mishaps.endedOf.includes(customerId) &&
    mishaps.breakages.length + mishaps.relinkedMs.length === 0;
  const isTold = ({ times }: { times: number }) =>
    isOfOne ? times >= eras.countOf(customerId) : canTell;
  return sides.filter(isTold).flatMap((side) => {
    const { reach, told } = side;
    const gone = ledger.all().filter((said) =>
      said.customerId === customerId && said.reach === reach && said.heard === "yes" &&
      !said.isDeleted && eras.endMsOf(said) !== undefined && !eras.isTooLate(said) &&
      !copies.has(said.token) && !takenAway.has(said.token)
    );
    const counted = told.reduce(
      (sum, { message }) =>
        sum + Number(/: (\d+)\./.exec(message.text!.split("⚠️")[1] ?? "")?.[1] ?? 0),
      0,
    );
    const tokens = gone.map(({ token }) => token).join(" ");
    return gone.length > counted
      ? [`${tokens} never arrived and were erased, but only ${counted} are counted (${reach})`]
      : [];
  });
}

/** Whoever comments on when it is too late is told so; of an album, once. */
function unanswered(
  customerId: number,
  { cast, eras, ledger }: Rest,
  { shown }: View,
): string[] {
  const isServed = ({ message: { chat: { id } } }: Said) =>
    id === cast.group.id || cast.others.some(({ group }) => group.id === id);
  const albums = Map.groupBy(
    ledger.all().filter((said) =>
      said.customerId === customerId && said.heard === "yes" && !said.isDeleted &&
      (said.reach === "customer" || said.isExplained) && isServed(said) &&
      eras.isTooLate(said) === true
    ),
    ({ albumId, token }) => albumId ?? token,
  );
  const isAnswered = ({ message: { chat, message_id } }: Said) =>
    shown.some(({ message, answered }) =>
      message.text === TOO_LATE && answered?.chat.id === chat.id &&
      answered.message_id === message_id
    );
  return [...albums.values()].filter((pieces) => !pieces.some(isAnswered))
    .map(([first]) => `nobody is told that ${first!.token} reaches nobody`);
}

/** Who has not come back is named nowhere, and who is back at one desk, nowhere at another. */
function traces(customerId: number, { cast, entries, whereabouts }: Rest): string[] {
  const isBackAt = (deskId: number) =>
    whereabouts.isBackAt(deskId, customerId) ||
    entries.some(({ key }) =>
      key[1] === "conversation" && key[2] === deskId && key.at(-1) === customerId
    );
  const deskIds = cast.desks.map(({ channel }) => channel.id);
  const isBack = deskIds.some(isBackAt);
  const isErasedThere = ({ key }: Deno.KvEntry<unknown>) =>
    !isBack || deskIds.some((deskId) => deskId === key[2] && !isBackAt(deskId));
  const id = new RegExp(`\\b${customerId}\\b`);
  // A lease that could not be given back is forgotten by itself.
  return entries.filter(isErasedThere).filter(({ key, value }) =>
    key[1] !== "lease" && id.test(Deno.inspect([key, value], { depth: 20 }))
  )
    .map(({ key }) => `${customerId} is erased, but named in ${key.slice(1).join("/")}`);
}

/** No card of which the desk knew names a customer who has had it erased. */
function names(customerId: number, { cast, eras, mishaps }: Rest): string[] {
  // Without the right to post the bot cannot edit its own posts either.
  if (mishaps.breakages.some(({ what }) => what === "no posts")) return [];
  return [...cast.cards.values()].filter((card) =>
    card.customerId === customerId && eras.wasKnownCard(card) &&
    eras.ofCard(card) < eras.countOf(customerId, card.channel.id) &&
    card.channel.message(card.postId)?.text?.includes(String(customerId))
  ).map(({ postId }) => `the card ${postId} of ${customerId} is erased, but names them still`);
}

function toldTo(
  customerId: number,
  side: Shown["side"],
  beginning: string,
  shown: Shown[],
): Shown[] {
  return shown.filter((each) =>
    each.side === side && each.customerId === customerId && each.message.text?.startsWith(beginning)
  );
}
