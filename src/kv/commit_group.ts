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
  /** The versionstamps it expects, with the names of their keys; `null`: no record. */
  checks: readonly { name: string; versionstamp: string | null }[];
  /** The names of the keys it writes. */
  writes: readonly { name: string }[];
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
  readonly #checks = new Map<string, string | null>();
  /** What is written by those that came before, in the group or behind it. */
  readonly #written = new Set<string>();
  #mutations = 0;
  #bytes = 0;
  readonly #isFull: boolean;

  constructor(first: CommitShape) {
    this.#isFull = first.isAlone;
    this.#add(first);
    this.#follow(first);
  }

  /** Whether a commit goes with the others; whoever comes later comes after it, either way. */
  takes(commit: CommitShape): boolean {
    if (this.#isFull) return false;
    const isTaken = !commit.isAlone && this.#isApart(commit) && this.#hasRoomFor(commit);
    this.#follow(commit);
    if (isTaken) this.#add(commit);
    return isTaken;
  }

  #add({ checks, mutations, bytes }: CommitShape): void {
    for (const { name, versionstamp } of checks) this.#checks.set(name, versionstamp);
    this.#mutations += mutations;
    this.#bytes += bytes;
  }

  #follow({ writes }: CommitShape): void {
    for (const { name } of writes) this.#written.add(name);
  }

  /** Whether it neither meets what others write, nor expects what cannot be while they do. */
  #isApart({ checks, writes }: CommitShape): boolean {
    for (const { name } of writes) if (this.#written.has(name)) return false;
    for (const { name, versionstamp } of checks) {
      if (this.#written.has(name)) return false;
      const expected = this.#checks.get(name);
      if (expected !== undefined && expected !== versionstamp) return false;
    }
    return true;
  }

  #hasRoomFor({ checks, mutations, bytes }: CommitShape): boolean {
    let more = 0;
    for (const { name } of checks) if (!this.#checks.has(name)) more++;
    return this.#checks.size + more <= MOST_CHECKS &&
      this.#mutations + mutations <= MOST_MUTATIONS &&
      this.#bytes + bytes <= MOST_BYTES;
  }
}
