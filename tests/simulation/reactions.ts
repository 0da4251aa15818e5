/** Who reacts to what was said, once it is settled on both sides. */
import type { ReactionTypeEmoji } from "grammy/types";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";
import type { Said } from "./said.ts";
import { SETTLED_MS, type Speech } from "./speech.ts";
import type { Stage } from "./stage.ts";

const EMOJIS: ReactionTypeEmoji["emoji"][] = ["👍", "❤", "🔥"];

/** The last reaction of one person on a message that was long settled. */
export interface Reaction {
  on: SimulatedMessage;
  subject: Said;
  reactorId: number;
  emoji: string | null;
  /** By which update the bot was told. */
  updateId: number;
  /** When it was given, or taken back. */
  atMs: number;
}

/** Plays who reacts. */
export class Reactions {
  readonly all: Reaction[] = [];

  constructor(private readonly options: Stage & { speech: Speech }) {}

  /** Somebody of either side reacts to something said, where it stands on theirs. */
  reactsTo(said: Said): void {
    // Telegram shows one reaction for a whole album.
    if (said.albumId !== undefined) return;
    const { cast, chance, ledger, clock, speech, trace } = this.options;
    const isByCustomer = chance.happens(0.5);
    const customer = cast.customers.find(({ id }) => id === said.customerId)!;
    const { group, team } =
      cast.desks.find(({ group }) =>
        group.messages.some((message) => ledger.shownBy(message) === said)
      ) ?? cast.desks[0]!;
    const reactor = isByCustomer ? customer : chance.pick(team)!.user;
    const [here, there] = isByCustomer
      ? [cast.chatOf(customer), group]
      : [group, cast.chatOf(customer)];
    const [on, counterpart] = [here, there].map((chat) =>
      chat.messages.find((message) => ledger.shownBy(message) === said)
    );
    const isSettled = on && counterpart &&
      clock.now() - Math.max(on.date, counterpart.date) * 1000 > SETTLED_MS;
    if (!isSettled) return;
    const emoji = chance.happens(0.25) ? null : chance.pick(EMOJIS)!;
    trace(`${reactor.info.first_name} reacts to ${said.token} with ${emoji ?? "nothing more"}`);
    const { updates } = speech.heardOf(() => reactor.reacts(on, emoji));
    // Nobody mirrors what they were not told of; what was mirrored before it stays.
    const subject = said;
    if (!updates[0]) return;
    const { update_id: updateId } = updates[0];
    const atMs = clock.now();
    this.all.push({ on, subject, reactorId: reactor.id, emoji, updateId, atMs });
  }
}
