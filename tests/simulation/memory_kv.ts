/**
 * A database in memory that answers as `Deno.openKv(":memory:")` does, without its threads: ten
 * times faster, always in the same order, and on the simulated clock. What it does not model is
 * not there (queues, watches); `memory_kv_test.ts` holds it against the real one.
 */

/** Local databases collect what has expired up to a minute late. */
const COLLECTED_LATE_MS = 60_000;
/** Of one commit (https://docs.deno.com/deploy/kv/transactions/). */
const MAX_CHECKS = 100;
const MAX_MUTATIONS = 1000;

/** What a commit changes. */
export type Mutation =
  | { type: "set"; key: Deno.KvKey; value: unknown; expireIn?: number }
  | { type: "delete"; key: Deno.KvKey };

/** The part of a database that the simulation needs. */
export interface Engine {
  get(key: Deno.KvKey): Promise<Deno.KvEntryMaybe<unknown>>;
  list(
    selector: Deno.KvListSelector,
    options: Deno.KvListOptions,
  ): Promise<Deno.KvEntry<unknown>[]>;
  commit(
    checks: Deno.AtomicCheck[],
    mutations: Mutation[],
  ): Promise<Deno.KvCommitResult | Deno.KvCommitError>;
  close(): void;
}

interface Row {
  key: Deno.KvKey;
  /** Frozen, as far as it is plain data. */
  value: unknown;
  /** Whether it is plain data throughout: then whoever reads it is given it as it is. */
  isPlain: boolean;
  versionstamp: string;
  expiresAtMs: number;
}

/** Rows in the order of their keys. */
export class MemoryKv implements Engine {
  readonly #rows: Row[] = [];
  #commits = 0;

  constructor(private readonly now: () => number) {}

  get(key: Deno.KvKey): Promise<Deno.KvEntryMaybe<unknown>> {
    const row = this.#row(key);
    const entry = row ? toEntry(row) : { key, value: null, versionstamp: null };
    return Promise.resolve(entry as Deno.KvEntryMaybe<unknown>);
  }

  list(
    selector: Deno.KvListSelector,
    { limit = Infinity, reverse = false }: Deno.KvListOptions,
  ): Promise<Deno.KvEntry<unknown>[]> {
    const prefix = "prefix" in selector ? selector.prefix : undefined;
    const start = "start" in selector ? selector.start : undefined;
    const end = "end" in selector ? selector.end : undefined;
    const found: Row[] = [];
    const most = reverse ? Infinity : limit;
    for (let i = this.#indexOf(start ?? prefix ?? []); found.length < most; i++) {
      const row = this.#rows[i];
      if (!row || end && compareKeys(row.key, end) >= 0) break;
      const order = prefix ? compareKeys(row.key, prefix, true) : 0;
      if (order > 0) break;
      const isInside = order === 0 && row.key.length > (prefix?.length ?? 0);
      if (isInside && this.#isAlive(row)) found.push(row);
    }
    if (reverse) found.reverse();
    return Promise.resolve(found.slice(0, limit).map(toEntry));
  }

  commit(
    checks: Deno.AtomicCheck[],
    mutations: Mutation[],
  ): Promise<Deno.KvCommitResult | Deno.KvCommitError> {
    if (checks.length > MAX_CHECKS) throw new TypeError("Too many checks");
    if (mutations.length > MAX_MUTATIONS) throw new TypeError("Too many mutations");
    const isAsRead = checks.every(({ key, versionstamp }) =>
      (this.#row(key)?.versionstamp ?? null) === versionstamp
    );
    if (!isAsRead) return Promise.resolve({ ok: false });
    const versionstamp = (++this.#commits).toString(16).padStart(16, "0") + "0000";
    for (const mutation of mutations) this.#apply(mutation, versionstamp);
    return Promise.resolve({ ok: true, versionstamp });
  }

  close(): void {}

  #apply(mutation: Mutation, versionstamp: string): void {
    const { key } = mutation;
    const index = this.#indexOf(key);
    const row = this.#rows[index];
    const isThere = row !== undefined && compareKeys(row.key, key) === 0;
    if (mutation.type === "delete") {
      if (isThere) this.#rows.splice(index, 1);
      return;
    }
    const { expireIn } = mutation;
    if (expireIn !== undefined && !(Number.isInteger(expireIn) && expireIn >= 0)) {
      throw new TypeError(`expireIn must be a non-negative integer, not ${expireIn}`);
    }
    const expiresAtMs = expireIn === undefined ? Infinity : this.now() + expireIn;
    const { value, isPlain } = kept(mutation.value);
    const written = { key: Object.freeze([...key]), value, isPlain, versionstamp, expiresAtMs };
    if (isThere) this.#rows[index] = written;
    else this.#rows.splice(index, 0, written);
  }

  #row(key: Deno.KvKey): Row | undefined {
    const row = this.#rows[this.#indexOf(key)];
    return row && compareKeys(row.key, key) === 0 && this.#isAlive(row) ? row : undefined;
  }

  #isAlive({ expiresAtMs }: Row): boolean {
    return this.now() < expiresAtMs + COLLECTED_LATE_MS;
  }

  /** Where the first row is whose key is not less. */
  #indexOf(key: Deno.KvKey): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareKeys(this.#rows[middle]!.key, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function toEntry({ key, value, isPlain, versionstamp }: Row): Deno.KvEntry<unknown> {
  return { key, value: isPlain ? value : kept(value).value, versionstamp };
}

/**
 * A structured clone. Plain data comes frozen, so that everybody can be given the same: who would
 * change what they have read, which changes nothing in a database, fails.
 */
function kept(value: unknown): { value: unknown; isPlain: boolean } {
  let isPlain = true;
  const copyOf = (each: unknown): unknown => {
    if (typeof each === "function" || typeof each === "symbol") return structuredClone(each);
    if (typeof each !== "object" || each === null) return each;
    if (Array.isArray(each)) return Object.freeze(each.map(copyOf));
    if (Object.getPrototypeOf(each) !== Object.prototype) {
      isPlain = false;
      return each instanceof Uint8Array ? new Uint8Array(each) : structuredClone(each);
    }
    const copy: Record<string, unknown> = { ...each };
    for (const name in copy) copy[name] = copyOf(copy[name]);
    return Object.freeze(copy);
  };
  return { value: copyOf(value), isPlain };
}

/** Bytes before strings before numbers before big integers before booleans. */
const TYPES = ["object", "string", "number", "bigint", "boolean"];

/** The order of keys; of prefixes, only as far as the second goes. */
function compareKeys(a: Deno.KvKey, b: Deno.KvKey, isPrefix = false): number {
  const length = isPrefix ? b.length : Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a[i];
    const y = b[i];
    if (x === y) continue;
    if (x === undefined) return -1;
    if (y === undefined) return 1;
    if (typeof x !== typeof y) return TYPES.indexOf(typeof x) - TYPES.indexOf(typeof y);
    return x as number < (y as number) ? -1 : 1;
  }
  return 0;
}
