/**
 * At which desk each customer was served when: conversations go from one to another, and what was said
 * where a conversation no longer was is not what it would have been.
 */
import type { Cast } from "./cast.ts";
import type { Ledger, Said } from "./said.ts";

/** From one commit on until before another; without an end: still. */
interface Span {
  fromCommit: number;
  toCommit?: number;
}

/** What the commits of a story tell of where its conversations were. */
export class Whereabouts {
  /** By which commit, of all that there were, it was decided what follows from each update. */
  readonly #decidedBy = new Map<number, number>();
  /** Of each customer, at which desk they were from which commit on, by its channel's ID. */
  readonly #homes = new Map<number, { deskId: number; fromCommit: number }[]>();
  /** By desk and customer, when a conversation that had been there went on elsewhere. */
  readonly #absences = new Map<string, Span[]>();

  constructor(private readonly cast: Cast, private readonly ledger: Ledger) {}

  /** A commit decides what follows from an update. */
  decided(updateId: number, commit: number): void {
    this.#decidedBy.set(updateId, commit);
  }

  /** A commit writes what a desk knows of a customer. */
  written(
    { deskId, customerId, isElsewhere }: {
      deskId: number;
      customerId: number;
      isElsewhere: boolean;
    },
    commit: number,
  ): void {
    const name = nameOf(deskId, customerId);
    const absences = this.#absences.get(name) ?? [];
    this.#absences.set(name, absences);
    const last = absences.at(-1);
    const isAway = last !== undefined && last.toCommit === undefined;
    if (isElsewhere) {
      if (!isAway) absences.push({ fromCommit: commit });
      return;
    }
    if (isAway) last.toCommit = commit;
    const homes = this.#homes.get(customerId) ?? [];
    this.#homes.set(customerId, homes);
    if (homes.at(-1)?.deskId !== deskId) homes.push({ deskId, fromCommit: commit });
  }

  /** A commit takes away what a desk knows of a customer: nothing of theirs is elsewhere any more. */
  erased({ deskId, customerId }: { deskId: number; customerId: number }, commit: number): void {
    const last = this.#absences.get(nameOf(deskId, customerId))?.at(-1);
    if (last && last.toCommit === undefined) last.toCommit = commit;
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
