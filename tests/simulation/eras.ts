/**
 * Conversations end when customers have their data erased, and those who write again begin anew: to
 * which of a customer's conversations something belongs, and when it was over.
 */
import type { Card, Cast, Thread } from "./cast.ts";
import type { Said } from "./said.ts";
import type { Witness } from "./witness.ts";

/** What has to be known of what the processes wrote down. */
type Known = Pick<
  Witness,
  "erased" | "erasures" | "knownPosts" | "rootsLearnedMs" | "whereabouts"
>;

/** All conversations of a story's customers; each customer's are counted from 0, at each desk. */
export class Eras {
  readonly #threads: Map<string, Thread>;

  /** @param cardsSentMs when the calls began that posted cards, by post */
  constructor(
    private readonly witness: Known,
    cast: Cast,
    private readonly cardsSentMs: ReadonlyMap<number, number>,
  ) {
    this.#threads = new Map(
      (witness.erasures.length > 0 ? cast.threads() : []).map((thread) => [
        `${thread.chat.id}/${thread.rootId}`,
        thread,
      ]),
    );
  }

  /** How often a customer's conversations were erased, at one desk or at all. */
  countOf(customerId: number, deskId?: number): number {
    return this.#erasuresOf(customerId, deskId).length;
  }

  /** How often a customer was erased at a desk because they had asked for it there. */
  askedOf(customerId: number): number {
    return this.witness.erased.filter((each) => each.customerId === customerId && each.isAsked)
      .length;
  }

  /** How often a customer was erased at another desk than the one that they had asked. */
  elsewhereOf(customerId: number): number {
    return this.witness.erased.filter((each) => each.customerId === customerId && !each.isAsked)
      .length;
  }

  /**
   * To which conversation of its customer a message went: the one there was when it was decided what
   * follows from it. What was accepted before, but waited until it is known whose group it is in, may
   * come too late.
   */
  ofSaid(said: Said): number {
    const { customerId, message } = said;
    const commit = this.witness.whereabouts.commitOf(said);
    return this.#erasuresOf(customerId, this.#deskOf(said)).filter((erasure) =>
      commit === undefined ? erasure.atMs < message.date * 1000 : erasure.commit < commit
    ).length;
  }

  /** For which conversation of its customer a card was posted: the one there was when it was sent. */
  ofCard({ channel, customerId, postId, postedMs }: Card): number {
    const sentMs = this.cardsSentMs.get(postId) ?? postedMs;
    return this.#erasuresOf(customerId, channel.id).filter(({ atMs }) => atMs <= sentMs).length;
  }

  /** When the conversation of something said was erased; absent: it was not. */
  endMsOf(said: Said): number | undefined {
    return this.#erasuresOf(said.customerId, this.#deskOf(said))[this.ofSaid(said)]?.atMs;
  }

  /**
   * Whether a comment was accepted in a thread whose conversation had been erased: `"perhaps"` where
   * the desk had never known the thread, so that a customer who is back may be meant.
   */
  isTooLate(said: Said): boolean | "perhaps" {
    const thread = this.#threadOf(said);
    if (!thread) return false;
    const { card, chat, rootId } = thread;
    const erasure = this.#erasuresOf(card.customerId, card.channel.id)[this.ofCard(card)];
    if (!erasure || this.ofCard(card) === this.ofSaid(said)) return false;
    const learnedMs = this.witness.rootsLearnedMs.get(`${chat.id}/${rootId}`) ?? Infinity;
    return this.wasKnownCard(card) || learnedMs < erasure.atMs || "perhaps";
  }

  /**
   * Whether the desk knew a thread, or its card, before the conversation was erased. A card whose
   * posting was never answered is nobody's until its copy comes: who is back by then goes on there.
   */
  wasKnown({ card, chat, rootId }: Thread): boolean {
    const learnedMs = this.witness.rootsLearnedMs.get(`${chat.id}/${rootId}`) ?? Infinity;
    return learnedMs <= this.#endMsOfCard(card) || this.wasKnownCard(card);
  }

  /** Whether the desk knew of a card before the conversation was erased for which it was posted. */
  wasKnownCard(card: Card): boolean {
    const knownMs = this.witness.knownPosts.get(card.postId);
    return knownMs !== undefined && knownMs <= this.#endMsOfCard(card);
  }

  #endMsOfCard(card: Card): number {
    return this.#erasuresOf(card.customerId, card.channel.id)[this.ofCard(card)]?.atMs ?? Infinity;
  }

  /** The thread in which something was said, if any conversation was erased at all. */
  #threadOf({ message }: Said): Thread | undefined {
    return this.#threads.get(`${message.chat.id}/${message.message_thread_id}`);
  }

  #deskOf(said: Said): number | undefined {
    return this.witness.whereabouts.deskOf(said);
  }

  /** At one desk; without it, at all. */
  #erasuresOf(customerId: number, deskId?: number) {
    return this.witness.erasures.filter((erasure) =>
      erasure.customerId === customerId && (deskId === undefined || erasure.deskId === deskId)
    );
  }
}
