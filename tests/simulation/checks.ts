/** What must be true when a story has come to rest: the promises, one by one. */
import { say } from "../../src/texts/texts.ts";
import type { SimulatedMessage } from "../telegram/telegram.ts";
import type { Cast } from "./cast.ts";
import { type Ledger, type Said, tokensIn } from "./said.ts";
import { answersWrong, reactionsWrong } from "./counterparts.ts";
import type { Reaction } from "./story.ts";

/** A story at rest. */
export interface Rest {
  cast: Cast;
  ledger: Ledger;
  reactions: Reaction[];
  /** How often a call that carried this was executed without its caller learning of it. */
  unanswered: Map<string, number>;
  /** When the desk first heard of each root in the group. */
  rootsLearnedMs: Map<number, number>;
  /** All that the database holds. */
  entries: Deno.KvEntry<unknown>[];
  nowMs: number;
}

/** Something of a person's, shown by the bot. */
export interface Copy {
  message: SimulatedMessage;
  /** Whose thread or chat it stands in; `undefined`: outside of all. */
  customerId: number | undefined;
  side: "team" | "customer" | "channel";
}

/** A sentence for each promise that is broken. */
export function brokenPromises(rest: Rest): string[] {
  const copies = copiesIn(rest);
  return [
    ...placesWrong(rest, copies),
    ...countsWrong(rest, copies),
    ...ordersWrong(rest),
    ...wordsWrong(rest, copies),
    ...answersWrong(rest, copies),
    ...reactionsWrong(rest, copies),
    ...cardsWrong(rest),
    ...leftovers(rest),
  ];
}

/** Everything the bot shows, by what it shows; a message may show several things, or nothing. */
function copiesIn({ cast }: Rest): Map<string, Copy[]> {
  const roots = cast.roots();
  const copies = new Map<string, Copy[]>();
  const note = (copy: Copy) => {
    for (const token of tokensIn(copy.message.text ?? copy.message.caption ?? "")) {
      copies.set(token, [...copies.get(token) ?? [], copy]);
    }
  };
  for (const message of byBot(cast, cast.group.messages)) {
    note({
      message,
      customerId: roots.get(message.message_thread_id ?? 0)?.customerId,
      side: "team",
    });
  }
  for (const chat of cast.bot.privateChats.values()) {
    for (const message of byBot(cast, chat.messages)) {
      note({ message, customerId: chat.id, side: "customer" });
    }
  }
  for (const message of cast.channel.messages) {
    note({ message, customerId: undefined, side: "channel" });
  }
  return copies;
}

function byBot({ bot }: Cast, messages: SimulatedMessage[]): SimulatedMessage[] {
  return messages.filter(({ from, is_automatic_forward }) =>
    from?.id === bot.id || is_automatic_forward
  );
}

function placesWrong({ ledger }: Rest, copies: Map<string, Copy[]>): string[] {
  return ledger.all().flatMap((said) =>
    (copies.get(said.token) ?? []).flatMap(({ side, customerId }) => {
      const where = `at the ${side}'s side, in the conversation of ${customerId}`;
      if (said.reach === "nobody") return [`${said.token} is for nobody, but shown ${where}`];
      if (side === said.reach && customerId === said.customerId) return [];
      return [`${said.token} of the conversation of ${said.customerId} is shown ${where}`];
    })
  );
}

function countsWrong({ ledger, unanswered }: Rest, copies: Map<string, Copy[]>): string[] {
  return ledger.all().flatMap((said) => {
    if (said.reach === "nobody") return [];
    const count = copies.get(said.token)?.length ?? 0;
    const most = 1 + (unanswered.get(said.token) ?? 0);
    if (count === 0 && !said.isDeleted) return [`${said.token} is never shown`];
    if (count > most) return [`${said.token} is shown ${count} times, at most ${most} is allowed`];
    return [];
  });
}

/** Whatever one side reads of the other stands in the order in which it was said, repeats too. */
function ordersWrong({ cast, ledger }: Rest): string[] {
  const chats = [cast.group, ...cast.bot.privateChats.values()];
  return chats.flatMap((chat) => {
    const last = new Map<string, Said>();
    return byBot(cast, chat.messages).flatMap((message) => {
      const said = ledger.shownBy(message);
      if (!said) return [];
      const lane = `${said.reach} ${said.customerId}`;
      const before = last.get(lane);
      last.set(lane, said);
      // An album that is repeated begins with its first piece again.
      const isOneAlbum = said.albumId !== undefined && before?.albumId === said.albumId;
      const isLater = before && !isOneAlbum &&
        before.message.message_id > said.message.message_id;
      return isLater ? [`${said.token} is shown after ${before.token}, but was said before`] : [];
    });
  });
}

function wordsWrong({ ledger }: Rest, copies: Map<string, Copy[]>): string[] {
  return ledger.all().flatMap((said) => {
    const shown = (copies.get(said.token) ?? []).map(({ message }) =>
      (message.text ?? message.caption ?? "").replace(/^✏️ /, "")
    );
    if (said.reach === "nobody" || said.isDeleted || shown.length === 0) return [];
    if (shown.includes(said.words)) return [];
    return [`${said.token} reads "${shown.join('", "')}", but was last edited to "${said.words}"`];
  });
}

/** A thread that has not begun this long after its desk was repaired is begun anew. */
const ROOT_PATIENCE_MS = 30_000;

function cardsWrong(rest: Rest): string[] {
  const { cast, ledger, unanswered } = rest;
  const writers = ledger.all().filter(({ reach }) => reach === "team");
  const cards = Map.groupBy(cast.cards.values(), ({ customerId }) => customerId);
  const missing = new Set(
    writers.filter(({ customerId }) => !cards.has(customerId))
      .map(({ customerId }) => `${customerId} has no card`),
  );
  const learnedMs = new Map(
    [...cast.roots()].map(([id, { postId }]) => [postId, rest.rootsLearnedMs.get(id)]),
  );
  const others = [...cards].flatMap(([customerId, cards]) => {
    if (!cast.customers.some(({ id }) => id === customerId)) {
      return [`${customerId} is no customer, but has a card`];
    }
    const inVain = cards.filter(({ postId, postedMs }) =>
      (learnedMs.get(postId) ?? Infinity) - postedMs >= ROOT_PATIENCE_MS
    );
    const most = 1 + inVain.length + (unanswered.get(`card ${customerId}`) ?? 0);
    const last = byBot(cast, cast.group.messages).findLast((message) =>
      ledger.shownBy(message)?.customerId === customerId
    );
    const root = last && cast.group.message(last.message_thread_id ?? 0);
    return [
      ...cards.length > most
        ? [`${customerId} has ${cards.length} cards, at most ${most} allowed`]
        : [],
      ...root?.text?.startsWith("➡️")
        ? [`${customerId} is shown under a card that says the conversation is elsewhere`]
        : [],
    ];
  });
  return [...missing, ...others];
}

/** Nothing waits, nothing is held, nothing was given up but what was deleted. */
function leftovers({ entries, nowMs, ledger, cast }: Rest): string[] {
  const ofKind = (kind: string) => entries.filter(({ key }) => key[1] === kind);
  const left = ofKind("job").map(({ key }) => `the job ${key.slice(2).join("/")} remains`);
  const held = ofKind("lease").filter(({ value }) =>
    (value as { value: { untilMs: number } }).value.untilMs > nowMs
  ).map(({ key }) => `the lease of ${key.slice(2).join("/")} is still held`);
  // What its writer deleted in time cannot be shown; whatever else belonged to it goes with it.
  const deletedIn = new Set(
    ledger.all().filter(({ isDeleted }) => isDeleted).map(({ customerId }) => customerId),
  );
  const lost = ofKind("failed").filter(({ key, value }) =>
    reasonOf(value) !== "deleted" || !deletedIn.has(key[3] as number)
  ).map(({ key, value }) => `${key.slice(2).join("/")} was given up: ${reasonOf(value)}`);
  const told = [...cast.bot.privateChats.values()].flatMap((chat) =>
    byBot(cast, chat.messages).filter(({ text }) => text === say({ text: "blocked" }, "pt-BR"))
      .map(() => `${chat.id} is told what is for the team`)
  );
  return [...left, ...held, ...lost, ...told];
}

function reasonOf(value: unknown): string {
  return (value as { value: { lastError?: string } }).value.lastError ?? "nobody knows why";
}
