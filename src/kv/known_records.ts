/**
 * What is known of a database that nobody else writes: records, and the short lists of some, as they
 * were last read or written. Whoever asks for them need not ask the database.
 *
 * Known is only what is certain: nothing that is just being written, or whose writing failed; and a
 * commit checks whatever was read, wherever it came from. What is remembered is frozen, since it is
 * given to whoever asks.
 */
import { nameOf } from "./key_name.ts";
import { isHardlyRead } from "./keys.ts";
import { Recent } from "./recent.ts";
import { bytesOf } from "./size.ts";
import type { KeyWrite, ToldPart } from "./told_commit.ts";

type Entry = Deno.KvEntryMaybe<unknown>;

/** How much is remembered: of records by their size, of lists by their number. */
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_LISTS = 20_000;
/** A larger record than this is read anew each time. */
const LARGEST_BYTES = 8 * 1024;
/** A list of more is read anew each time. */
export const LONGEST_LIST = 8;
/** The database forgets what has expired by itself, and tells nobody: so far it may lag behind. */
const LONGEST_MS = 60_000;
/** So many names are kept of what was written while something was being read. */
const MOST_WRITTEN = 10_000;

/** A list that is known to be whole: its entries by the names of their keys. */
type List = ReadonlyMap<string, Deno.KvEntry<unknown>>;

/** A list's name: its prefix's, of so many parts. */
interface Listing {
  name: string;
  length: number;
}

/** Records and lists of one database. */
export class KnownRecords {
  readonly #records: Recent<Entry>;
  readonly #lists: Recent<List>;
  /** How long the prefixes are of which lists were asked for, by the kinds of their records. */
  readonly #prefixLengths = new Map<unknown, Set<number>>();
  /** What is being written, by name, lists included: how often, and whether by several at once. */
  readonly #underWay = new Map<string, { count: number; isDoubtful: boolean }>();
  /** When a name was last written, as long as somebody reads. */
  readonly #written = new Map<string, number>();
  #readers = 0;
  #turn = 0;
  /** Whoever began to read before this turn may have read anything. */
  #since = 0;

  constructor(
    private readonly options: {
      /** Whether nobody else writes. */
      isAlone: boolean;
      steady: () => number;
    },
  ) {
    const shared = { longestMs: LONGEST_MS, steady: options.steady };
    this.#records = new Recent({ ...shared, most: MOST_BYTES });
    this.#lists = new Recent({ ...shared, most: MOST_LISTS });
  }

  /** Whether nobody else writes. */
  get isAlone(): boolean {
    return this.options.isAlone;
  }

  /** The record of this name; `undefined`: it has to be read. */
  get(name: string): Entry | undefined {
    if (!this.options.isAlone || this.#underWay.has(name)) return undefined;
    return this.#records.get(name);
  }

  /** The entries under a prefix, in their order; `undefined`: they have to be read. */
  list(prefix: Deno.KvKey): Deno.KvEntry<unknown>[] | undefined {
    const name = nameOf(prefix);
    if (!this.options.isAlone || this.#underWay.has(name)) return undefined;
    const list = this.#lists.get(name);
    return list && [...list.values()].sort((a, b) => compare(a.key, b.key, prefix.length));
  }

  /** Somebody begins to read. Call what is returned when that is over, with what was found. */
  reading(): Reading {
    const turn = this.#turn;
    this.#readers++;
    const isCertain = (name: string) =>
      this.options.isAlone && turn >= this.#since && !this.#underWay.has(name) &&
      (this.#written.get(name) ?? 0) <= turn;
    return {
      found: (entries) => {
        for (const entry of entries) {
          const name = nameOf(entry.key);
          if (isHardlyRead(entry.key) || !isCertain(name)) continue;
          this.#keep(name, entry, bytesOf(entry.key) + bytesOf(entry.value));
        }
      },
      listed: (prefix, entries) => {
        const name = nameOf(prefix);
        const isFit = entries.length <= LONGEST_LIST && !isHardlyRead(prefix) &&
          entries.every(({ key }) => isNumbered(key, prefix.length));
        if (isFit && isCertain(name)) this.#keepList(name, entries);
      },
      ended: () => {
        this.#readers--;
        if (this.#readers === 0) this.#written.clear();
      },
    };
  }

  /** Has lists under such prefixes known from now on, as they are read. */
  follow(prefix: Deno.KvKey): void {
    const kind = prefix[1];
    const lengths = this.#prefixLengths.get(kind) ?? new Set();
    this.#prefixLengths.set(kind, lengths.add(prefix.length));
  }

  /**
   * Somebody is to write what a commit says. Call what is returned when that is over, with the
   * versionstamp of the commit; without one, it is not known what has become of it.
   */
  writing(told: ToldPart): (versionstamp?: string) => void {
    if (!this.options.isAlone) return () => {};
    const written = told.writes.filter(({ key }) => !isHardlyRead(key))
      .map((write) => ({ write, within: this.#listsOf(write.key) }));
    const lists = new Set(written.flatMap(({ within }) => within.map(({ name }) => name)));
    for (const { write: { name } } of written) this.#begin(name);
    for (const name of lists) this.#begin(name);
    return (versionstamp) => {
      const listsInDoubt = new Set<string>();
      for (const { write, within } of written) {
        this.#follow(write, within, listsInDoubt, versionstamp);
      }
      for (const name of lists) this.#end(name, true);
      for (const name of listsInDoubt) this.#lists.forget(name);
      if (versionstamp === undefined) this.#doubt(told);
    };
  }

  /** Follows what has become of a record, and of the lists it is in. */
  #follow(
    { name, key, deed, value, bytes }: KeyWrite,
    within: Listing[],
    listsInDoubt: Set<string>,
    versionstamp?: string,
  ): void {
    const isPlain = deed === "set" || deed === "delete";
    if (!this.#end(name) || versionstamp === undefined || !isPlain) {
      this.#records.forget(name);
      for (const list of within) listsInDoubt.add(list.name);
    } else {
      const entry = (deed === "delete"
        ? { key, value: null, versionstamp: null }
        : { key, value, versionstamp }) as Entry;
      this.#keep(name, entry, bytes);
      for (const list of within) {
        this.#change(list, name, entry);
      }
    }
    // Who was the first to ask for such a list has done so meanwhile, and may not have found this.
    for (const list of this.#listsOf(key, within.length)) {
      this.#note(list.name);
      listsInDoubt.add(list.name);
    }
  }

  /** Something that a commit expected may not be so. */
  #doubt({ checks }: ToldPart): void {
    for (const { name, key } of checks) {
      this.#records.forget(name);
      for (const list of this.#listsOf(key)) this.#lists.forget(list.name);
    }
  }

  #keep(name: string, entry: Entry, bytes: number): void {
    if (bytes > LARGEST_BYTES) this.#records.forget(name);
    else this.#records.set(name, frozen(entry), bytes);
  }

  #keepList(name: string, entries: Deno.KvEntry<unknown>[]): void {
    const list = new Map(entries.map((each) => [nameOf(each.key), frozen(each)]));
    this.#lists.set(name, list, 1);
  }

  /** Follows what has become of one of a list's records. */
  #change({ name, length }: Listing, of: string, entry: Entry): void {
    const list = this.#lists.get(name);
    if (!list) return;
    const changed = new Map(list);
    if (entry.versionstamp === null) changed.delete(of);
    else changed.set(of, frozen(entry));
    if (changed.size > LONGEST_LIST || !isNumbered(entry.key, length)) this.#lists.forget(name);
    // Of its other entries nothing new is known: one that expires is to go in its time.
    else this.#lists.change(name, changed, 1);
  }

  /** The lists a record may be in, but for so many that are known to whoever asks. */
  #listsOf(key: Deno.KvKey, known = 0): Listing[] {
    const lengths = this.#prefixLengths.get(key[1]);
    if (!lengths || lengths.size <= known) return [];
    return [...lengths].filter((length) => length < key.length).slice(known)
      .map((length) => ({ name: nameOf(key.slice(0, length)), length }));
  }

  #begin(name: string): void {
    const known = this.#underWay.get(name);
    if (known) {
      known.count++;
      known.isDoubtful = true;
    } else {
      this.#underWay.set(name, { count: 1, isDoubtful: false });
    }
    this.#note(name);
  }

  /** Whether it is certain what has become of what was written. */
  #end(name: string, isOfMany = false): boolean {
    const known = this.#underWay.get(name)!;
    known.count--;
    if (known.count === 0) this.#underWay.delete(name);
    this.#note(name);
    return isOfMany || !known.isDoubtful;
  }

  #note(name: string): void {
    this.#turn++;
    if (this.#readers === 0) return;
    this.#written.set(name, this.#turn);
    if (this.#written.size <= MOST_WRITTEN) return;
    this.#written.clear();
    this.#since = this.#turn + 1;
  }
}

/** What somebody who reads tells of it. */
export interface Reading {
  found(entries: Entry[]): void;
  /** Found all there is under a prefix. */
  listed(prefix: Deno.KvKey, entries: Deno.KvEntry<unknown>[]): void;
  ended(): void;
}

/** Whether what a key has behind a prefix of this length are numbers, whose order is plain. */
function isNumbered(key: Deno.KvKey, length: number): boolean {
  return key.slice(length).every((part) => typeof part === "number");
}

/** The order of two keys by the numbers behind a prefix of this length. */
function compare(a: Deno.KvKey, b: Deno.KvKey, from: number): number {
  for (let index = from; index < Math.min(a.length, b.length); index++) {
    const difference = (a[index] as number) - (b[index] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** A value that nobody can change any more; bytes cannot be frozen. */
function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Object.isFrozen(value)) return value;
  for (const each of Object.values(value)) frozen(each);
  return Object.freeze(value);
}
