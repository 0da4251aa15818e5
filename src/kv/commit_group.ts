/**
 * Which commits go together: an atomic operation costs a database about the same whether it writes
 * one record or eighty. Together they must come to what they would come to one after another.
 */

/** How much one atomic operation may hold (https://docs.deno.com/deploy/kv/transactions/#limits). */
export const MOST_CHECKS = 100;
export const MOST_MUTATIONS = 1000;
export const MOST_BYTES = 800 * 1024;

/** A commit as far as it matters to others. */
export interface CommitShape {
  /** The versionstamps it expects, by the names of their keys; `null`: no record. */
  checks: ReadonlyMap<string, string | null>;
  /** The names of those that the database has to be asked about. */
  asked: ReadonlySet<string>;
  /** The names of the keys it writes. */
  writes: ReadonlySet<string>;
  /** How many mutations it has. */
  mutations: number;
  /** What it writes, in bytes or a little more. */
  bytes: number;
  /** It does more than check, set and delete. */
  isAlone: boolean;
}

/**
 * The next commits to go as one, in their order, of those that wait; the first of them always. A
 * commit stays behind if an earlier one writes what it checks or writes, whether that goes or stays:
 * it is to find what the earlier one has left there.
 */
export function nextGroup<T>(waiting: readonly T[], shapeOf: (commit: T) => CommitShape): T[] {
  const [first, ...others] = waiting;
  if (first === undefined || others.length === 0) return [...waiting];
  const group = new Group(shapeOf(first));
  return [first, ...others.filter((commit) => group.takes(shapeOf(commit)))];
}

/** Commits that go together. */
class Group {
  /** What they expect, all in all. */
  readonly #checks: Map<string, string | null>;
  /** What of that the database is asked. */
  readonly #asked: Set<string>;
  /** What is written by those that came before, in the group or behind it. */
  readonly #written: Set<string>;
  #mutations: number;
  #bytes: number;
  readonly #isFull: boolean;

  constructor({ checks, asked, writes, mutations, bytes, isAlone }: CommitShape) {
    this.#checks = new Map(checks);
    this.#asked = new Set(asked);
    this.#written = new Set(writes);
    this.#mutations = mutations;
    this.#bytes = bytes;
    this.#isFull = isAlone;
  }

  /** Whether a commit goes with the others; whoever comes later comes after it, either way. */
  takes(commit: CommitShape): boolean {
    if (this.#isFull) return false;
    const isTaken = !commit.isAlone && this.#isApart(commit) && this.#hasRoomFor(commit);
    for (const key of commit.writes) this.#written.add(key);
    if (!isTaken) return false;
    for (const [key, versionstamp] of commit.checks) this.#checks.set(key, versionstamp);
    for (const key of commit.asked) this.#asked.add(key);
    this.#mutations += commit.mutations;
    this.#bytes += commit.bytes;
    return true;
  }

  /** Whether it neither meets what others write, nor expects what cannot be while they do. */
  #isApart({ checks, writes }: CommitShape): boolean {
    if (!this.#written.isDisjointFrom(writes)) return false;
    for (const [key, versionstamp] of checks) {
      const expected = this.#checks.get(key);
      const isOtherwise = expected !== undefined && expected !== versionstamp;
      if (isOtherwise || this.#written.has(key)) return false;
    }
    return true;
  }

  #hasRoomFor({ asked, mutations, bytes }: CommitShape): boolean {
    let more = 0;
    for (const key of asked) if (!this.#asked.has(key)) more++;
    return this.#asked.size + more <= MOST_CHECKS &&
      this.#mutations + mutations <= MOST_MUTATIONS && this.#bytes + bytes <= MOST_BYTES;
  }
}
