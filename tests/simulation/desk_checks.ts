/** Several desks: what is for one is at no other, nobody commands abroad, and moving loses nothing. */
import { say } from "../../src/texts/texts.ts";
import type { Cast, SimulatedDesk } from "./cast.ts";
import type { Shown } from "./copies.ts";
import { lateAmong } from "./late_cards.ts";
import type { Rest, View } from "./rest.ts";
import type { Said } from "./said.ts";

/** How a card begins whose conversation goes on elsewhere. */
const ELSEWHERE = "➡️ ";
/** How the bot says under it that it does. */
const [MOVED] = say({ text: "moved-to", desk: "\n" }, "pt-BR").split("\n") as [string];

/** How it begins to tell from which desk a conversation has come. */
const [CAME] = say({ text: "transferred", from: "\n", by: "" }, "pt-BR").split("\n") as [string];

/** How a line begins that belongs to a message: from where it was forwarded, what it answers, its edit. */
const OF_MESSAGE = /^(✏️|[↪↩]) /u;

/** A conversation as it is kept. */
interface Kept {
  deskId: number;
  customerId: number;
  card?: { postId: number };
  priority: number;
  tags?: string[];
  movedTo?: unknown;
  status: string;
  assignee?: { userId: number };
}

/** A sentence for each promise of several desks that is broken. */
export function desksWrong(rest: Rest, view: View): string[] {
  if (rest.cast.others.length === 0) return [];
  const kept = rest.entries.filter(({ key }) => key[1] === "conversation").map((
    { key, value },
  ): Kept => ({
    ...(value as { value: Kept }).value,
    deskId: key[2] as number,
    customerId: key[3] as number,
  }));
  return [
    ...misplaced(rest, view),
    ...untold(rest, view),
    ...homeless(kept, rest),
    ...commandedAbroad(kept, rest),
    ...givenAbroad(kept, rest),
    ...toldAbroad(rest, view),
    ...cardsWrong(kept, rest),
  ];
}

/** What a customer says is shown at the desk that serves them then. */
function misplaced(rest: Rest, { copies }: View): string[] {
  return rest.ledger.all().flatMap((said) => {
    const deskId = rest.whereabouts.deskOf(said);
    if (said.reach !== "team" || deskId === undefined) return [];
    const allowed = desksShowing(said, rest);
    const wrong = (copies.get(said.token) ?? []).find(({ thread }) =>
      thread && !allowed.includes(thread.card.channel.id)
    );
    return wrong
      ? [`${said.token} is for ${deskId}, but shown at ${wrong.thread!.card.channel.id}`]
      : [];
  });
}

/** The desks that may show what a customer has said, by their channels' IDs. */
export function desksShowing(said: Said, rest: Rest): number[] {
  const { cast, mishaps, whereabouts, clockWasSet } = rest;
  const [deskId] = whereabouts.desksSince(said);
  const wasGivenUp = lateAmong([...cast.cards.values()], rest).some((card) =>
    card.channel.id === deskId && card.customerId === said.customerId
  );
  // What waited for a thread that is gone goes where the conversation goes on; so does what waited for
  // one that was given up, since its root was late, or by a clock that was set; and none begins where
  // nothing can be posted.
  const mayGoOn = wasGivenUp || mishaps.endedOf.includes(said.customerId) ||
    mishaps.relinkedMs.length > 0 || clockWasSet > 0 ||
    mishaps.breakages.some(({ what }) => what === "no posts");
  return mayGoOn ? whereabouts.desksSince(said) : whereabouts.desksSince(said).slice(0, 1);
}

/** Whoever comments on where a conversation no longer is, is told so; of an album, once. */
function untold({ cast, ledger, whereabouts }: Rest, { shown }: View): string[] {
  const threads = new Map(
    cast.threads().map(({ chat, rootId, diedMs }) => [`${chat.id}/${rootId}`, diedMs]),
  );
  const isThere = ({ message: { chat, message_thread_id } }: Said) =>
    cast.isLinked(cast.chatAt(chat.id)!) && !cast.groupsLeft.some(({ id }) => id === chat.id) &&
    threads.get(`${chat.id}/${message_thread_id}`) === undefined;
  const late = ledger.all().filter((said) =>
    (said.reach === "customer" || said.isExplained) && said.heard === "yes" && !said.isDeleted &&
    said.notBeforeMs === undefined && whereabouts.isTooLate(said) && isThere(said)
  );
  const albums = Map.groupBy(late, ({ albumId, token }) => albumId ?? token);
  // Its last pieces belong to an album that was begun before.
  const hasBegun = ({ albumId }: Said) =>
    albumId !== undefined &&
    ledger.all().some((each) => each.albumId === albumId && !whereabouts.isTooLate(each));
  return [...albums.values()].filter(([first]) => !hasBegun(first!))
    .filter((pieces) => !pieces.some((each) => isToldGoneOn(each, shown)))
    .map(([first]) => `nobody is told that ${first!.token} is written where nobody is any more`);
}

/** Whether who said something was told that its conversation goes on elsewhere. */
export function isToldGoneOn({ message: { chat, message_id } }: Said, shown: Shown[]): boolean {
  return shown.some(({ message, answered }) =>
    message.text?.startsWith(MOVED) && answered?.chat.id === chat.id &&
    answered.message_id === message_id
  );
}

/**
 * Each customer is served at one desk. Whoever has chosen another leaves behind what was at its end; who
 * has written nothing there has no conversation yet.
 */
function homeless(kept: Kept[], { choices, whereabouts }: Rest): string[] {
  return [...Map.groupBy(kept, ({ customerId }) => customerId)].flatMap(([id, all]) => {
    const hasChosen = choices.some(({ customerId }) => customerId === id);
    const home = whereabouts.homeBefore(id);
    const there = all.filter(({ movedTo, status, deskId }) =>
      !movedTo && (!hasChosen || status === "open" || deskId === home)
    );
    const isOne = there.length === 1 || (hasChosen && there.length === 0);
    const isAtHome = there.every(({ deskId }) => deskId === home);
    return isOne && isAtHome ? [] : [`${id} is served at ${there.length} desks`];
  });
}

/** Commands that only those of other desks give have done nothing. */
function commandedAbroad(kept: Kept[], { cast }: Rest): string[] {
  const marked = kept.filter(({ priority, tags = [] }) => priority !== 1 || tags.length > 0);
  return marked.map(({ customerId, deskId }) =>
    `somebody of another desk's has commanded with ${customerId} at ${cast.deskAt(deskId)?.name}`
  );
}

/** What the bot says itself of a desk's people, or with a link to its posts, is for no other desk's. */
function toldAbroad({ cast, ledger }: Rest, { everything }: View): string[] {
  const notices = everything.filter(({ side, message }) =>
    side !== "channel" && message.text !== undefined && !ledger.shownBy(message)
  );
  return notices.flatMap(({ message: { chat, text = "" }, customerId, side }) => {
    const abroad = side === "team"
      ? namedIn(text, cast).filter((desk) => desk !== cast.deskAt(chat.id)?.name)
      : linkedIn(text, cast).filter(({ team }) => !team.some(({ user }) => user.id === customerId))
        .map(({ name }) => name);
    return abroad.map((name) => `${chat.id} is told what is for ${name}: ${JSON.stringify(text)}`);
  });
}

/**
 * The desks whose people a line names; none of one that tells from where a conversation has come, or
 * belongs to what a customer has written.
 */
function namedIn(text: string, { desks }: Cast): string[] {
  if (text.startsWith(CAME) || OF_MESSAGE.test(text)) return [];
  const words = text.split(/[^\p{L}]+/u);
  return desks.filter(({ team }) =>
    team.some(({ name, as }) => as === "self" && words.includes(name))
  ).map(({ name }) => name);
}

/** The desks to whose posts a line leads. */
function linkedIn(text: string, { desks }: Cast): SimulatedDesk[] {
  return desks.filter(({ channel }) => text.includes(`/c/${String(channel.id).slice(4)}/`));
}

/** A conversation is given to one of its desk's. */
function givenAbroad(kept: Kept[], { cast }: Rest): string[] {
  return kept.filter(({ deskId, assignee }) => {
    const { team } = cast.deskAt(deskId)!;
    return assignee && !team.some(({ user, as }) => as === "self" && user.id === assignee.userId);
  }).map(({ customerId, deskId }) =>
    `${customerId} is given to somebody who is not of ${cast.deskAt(deskId)?.name}`
  );
}

/** The card at the desk at which a conversation is not any more says so, and no other. */
function cardsWrong(kept: Kept[], { cast, mishaps }: Rest): string[] {
  // Without the right to post the bot cannot edit its own posts either.
  if (mishaps.breakages.some(({ what }) => what === "no posts")) return [];
  return kept.flatMap(({ deskId, customerId, card, movedTo }) => {
    const { channel, name } = cast.deskAt(deskId)!;
    const text = card && channel.message(card.postId)?.text;
    if (text === undefined || text.startsWith(ELSEWHERE) === (movedTo !== undefined)) return [];
    return [`the card of ${customerId} at ${name} reads ${JSON.stringify(text.split("\n")[0])}`];
  });
}
