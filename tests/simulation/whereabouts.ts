/**
 * At which desk each customer was served when: conversations go from one to another, and what was said
 * where a conversation no longer was is not what it would have been.
 */
import type { Cast } from "./cast.ts";
import type { Ledger, Said } from "./said.ts";

/** Where a customer is served, by its channel's ID, from which commit on. */
export interface Home {
  deskId: number;
  fromCommit: number;
}

/** What a desk knows of a customer. */
interface Written {
  deskId: number;
  customerId: number;
  /** The conversation goes on at another desk. */
  isElsewhere: boolean;
  isOpen: boolean;
}

/** From one commit on until before another; without an end: still. */
interface Span {
  fromCommit: number;
  toCommit?: number;
}

/** What the commits of a story tell of where its conversations were. */
export class Whereabouts {
  /** By which commit, of all that there were, it was decided what follows from each update. */
  readonly #decidedBy = new Map<number, number>();
  /** Of each customer, at which desk they were. */
  readonly #homes = new Map<number, Home[]>();
  /** Who is written down to serve each customer, where that is. */
  readonly #served = new Map<number, number>();
  /** By desk and customer, since when a conversation is open, or is not. */
  readonly #states = new Map<string, { fromCommit: number; isOpen: boolean }[]>();
  /** Where and by which commits something of each customer's was erased. */
  readonly #erasedBy = new Map<number, { deskId: number; commit: number }[]>();
  /** By which commit each desk first had a name. */
  readonly #namedBy = new Map<number, number>();
  /** By desk and customer, when a conversation that had been there went on elsewhere. */
  readonly #absences = new Map<string, Span[]>();

  constructor(private readonly cast: Cast, private readonly ledger: Ledger) {}

  /** A commit decides what follows from an update. */
  decided(updateId: number, commit: number): void {
    this.#decidedBy.set(updateId, commit);
  }

  /** A commit gives desks their names. */
  named(deskIds: readonly number[], commit: number): void {
    for (const deskId of deskIds) {
      if (!this.#namedBy.has(deskId)) this.#namedBy.set(deskId, commit);
    }
  }

  /** A commit writes down which desk serves a customer; `undefined`: none any more. */
  served(customerId: number, deskId: number | undefined, commit: number): void {
    if (deskId === undefined) return void this.#served.delete(customerId);
    this.#served.set(customerId, deskId);
    this.#comesTo(deskId, customerId, commit);
  }

  /** A commit writes what a desk knows of a customer. */
  written({ deskId, customerId, isElsewhere, isOpen }: Written, commit: number): void {
    const name = nameOf(deskId, customerId);
    this.#isNow(name, isOpen, commit);
    const absences = this.#absences.get(name) ?? [];
    this.#absences.set(name, absences);
    const last = absences.at(-1);
    const isAway = last !== undefined && last.toCommit === undefined;
    if (isElsewhere) {
      if (!isAway) absences.push({ fromCommit: commit });
      return;
    }
    if (isAway) last.toCommit = commit;
    // A desk at which they were before may still have something to note of them.
    const served = this.#served.get(customerId);
    if (served === undefined || served === deskId) this.#comesTo(deskId, customerId, commit);
  }

  #isNow(name: string, isOpen: boolean, fromCommit: number): void {
    const states = this.#states.get(name) ?? [];
    this.#states.set(name, states);
    states.push({ fromCommit, isOpen });
  }

  #comesTo(deskId: number, customerId: number, fromCommit: number): void {
    const homes = this.#homes.get(customerId) ?? [];
    this.#homes.set(customerId, homes);
    if (homes.at(-1)?.deskId !== deskId) homes.push({ deskId, fromCommit });
  }

  /** A commit takes away what a desk knows of a customer: nothing of theirs is elsewhere any more. */
  erased({ deskId, customerId }: { deskId: number; customerId: number }, commit: number): void {
    const name = nameOf(deskId, customerId);
    const last = this.#absences.get(name)?.at(-1);
    if (last && last.toCommit === undefined) last.toCommit = commit;
    this.#isNow(name, false, commit);
    this.#erasedBy.set(customerId, [...this.#erasedBy.get(customerId) ?? [], { deskId, commit }]);
  }

  /** Where a customer was served, one desk after another. */
  homesOf(customerId: number): readonly Home[] {
    return this.#homes.get(customerId) ?? [];
  }

  /** The desk that had served a customer until just before a commit; absent: none had. */
  homeBefore(customerId: number, commit = Infinity): number | undefined {
    return this.homesOf(customerId).findLast(({ fromCommit }) => fromCommit < commit)?.deskId;
  }

  /** Whether a customer's conversation was open at a desk until just before a commit. */
  wasOpen(deskId: number, customerId: number, commit: number): boolean {
    const states = this.#states.get(nameOf(deskId, customerId)) ?? [];
    return states.findLast(({ fromCommit }) => fromCommit < commit)?.isOpen ?? false;
  }

  /** Whether a conversation went on at another desk by a commit. */
  wentOn(deskId: number, customerId: number, commit: number): boolean {
    const absences = this.#absences.get(nameOf(deskId, customerId)) ?? [];
    return absences.some(({ fromCommit }) => fromCommit === commit);
  }

  /** Whether a customer has come to a desk since they were last erased, there or else anywhere. */
  isBackAt(deskId: number, customerId: number): boolean {
    const erased = this.#erasedBy.get(customerId) ?? [];
    const last = (erased.findLast((each) => each.deskId === deskId) ?? erased.at(-1))?.commit ?? 0;
    return this.homesOf(customerId).some((home) =>
      home.deskId === deskId && home.fromCommit > last
    );
  }

  /**
   * Whether a customer went from where one thing was said to where another was by transfers alone: of
   * them what the old desk has said is shown first.
   */
  isHandedOver(earlier: Said, later: Said): boolean {
    const homes = this.homesOf(later.customerId);
    const [from, to] = [earlier, later].map((said) => {
      const commit = this.commitOf(said) ?? -1;
      const index = homes.findLastIndex(({ fromCommit }) => fromCommit < commit);
      return homes[index]?.deskId === this.deskOf(said) ? index : NaN;
    }) as [number, number];
    // It was said where they were not served any more, or not yet.
    if (Number.isNaN(from) || Number.isNaN(to)) return false;
    return homes.slice(from + 1, to + 1).every(({ fromCommit }, index) =>
      this.wentOn(homes[from + index]!.deskId, later.customerId, fromCommit)
    );
  }

  /** Whether something of a customer's was erased after one commit, and by another at the latest. */
  wasErased(customerId: number, fromCommit: number, toCommit: number): boolean {
    return this.#erasedBy.get(customerId)?.some(({ commit }) =>
      fromCommit < commit && commit <= toCommit
    ) ?? false;
  }

  /** Whether a desk had a name when a commit was made: links and menus lead to no other. */
  wasNamed(deskId: number, commit: number): boolean {
    return (this.#namedBy.get(deskId) ?? Infinity) < commit;
  }

  /** How often a customer went on at a desk where they had not been just before. */
  countOf(customerId: number): number {
    return Math.max(0, (this.#homes.get(customerId)?.length ?? 0) - 1);
  }

  /** By which commit it was decided what follows from something said; absent: it is not known. */
  commitOf({ updateId }: Pick<Said, "updateId">): number | undefined {
    return updateId === undefined ? undefined : this.#decidedBy.get(updateId);
  }

  /** For which desk something was said, by its channel's ID; absent: that is not known. */
  deskOf(said: Said): number | undefined {
    if (said.message.chat.type !== "private") {
      return this.cast.deskAt(said.message.chat.id)?.channel.id;
    }
    return this.desksSince(said)[0];
  }

  /** The desks at which a customer has been since they said something, the one it was for first. */
  desksSince(said: Said): number[] {
    const commit = this.#beginningOf(said);
    const homes = this.#homes.get(said.customerId) ?? [];
    const first = homes.findLastIndex(({ fromCommit }) => fromCommit <= commit);
    return commit === Infinity || first < 0 ? [] : homes.slice(first).map(({ deskId }) => deskId);
  }

  /** By which commit it was decided what follows from something said, or from the first of its album. */
  #beginningOf(said: Said): number {
    const { albumId } = said;
    const pieces = albumId === undefined
      ? [said]
      : this.ledger.all().filter((piece) => piece.albumId === albumId);
    return Math.min(...pieces.map((piece) => this.commitOf(piece) ?? Infinity));
  }

  /** Whether something was said at a desk of whose customer the conversation went on elsewhere. */
  isTooLate(said: Said): boolean {
    if (said.message.chat.type === "private") return false;
    const commit = this.commitOf(said);
    if (commit !== undefined || said.albumId === undefined) return this.#isAway(said, commit);
    // What is said of an album once is written down with one of its pieces.
    return this.ledger.all().some((piece) =>
      piece.albumId === said.albumId && this.#isAway(said, this.commitOf(piece))
    );
  }

  /** The newest version of something said of which the desk was told in time. */
  versionInTime(said: Said): number {
    const { versions, heardVersion, message: { chat } } = said;
    if (chat.type === "private" || this.cast.others.length === 0) return heardVersion;
    const inTime = versions.slice(0, heardVersion).findLastIndex(({ updateId }, index) => {
      if (index === 0) return true;
      const commit = updateId === undefined ? undefined : this.#decidedBy.get(updateId);
      return commit !== undefined && !this.#isAway(said, commit);
    });
    return inTime + 1;
  }

  /** Whether it is not known to have been said, by that update, where its conversation was. */
  isInDoubt(said: Said, updateId: number): boolean {
    if (this.cast.others.length === 0) return false;
    const commit = this.#decidedBy.get(updateId);
    return commit === undefined || this.#isAway(said, commit);
  }

  #isAway({ message: { chat }, customerId }: Said, commit: number | undefined): boolean {
    const desk = this.cast.deskAt(chat.id);
    if (!desk || commit === undefined) return false;
    const absences = this.#absences.get(nameOf(desk.channel.id, customerId)) ?? [];
    return absences.some(({ fromCommit, toCommit = Infinity }) =>
      fromCommit < commit && commit < toCommit
    );
  }
}

function nameOf(deskId: number, customerId: number): string {
  return `${deskId}/${customerId}`;
}
