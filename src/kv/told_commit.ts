/** A commit as it was told, step by step, with the names of the keys it is about. */
import { nameOf } from "./key_name.ts";
import { bytesOf } from "./size.ts";

/** What is expected of a record. */
export interface KeyCheck extends Deno.AtomicCheck {
  name: string;
}

/** What becomes of a record: what it is is told by `set` and `delete` alone. */
export interface KeyWrite {
  name: string;
  key: Deno.KvKey;
  deed: "set" | "delete" | "sum" | "min" | "max";
  /** Absent for `delete`. */
  value?: unknown;
  /** In milliseconds; absent: it stays. */
  expireIn?: number | undefined;
  /** How large it is, in bytes or a little more. */
  bytes: number;
}

/** What a commit expects of some records, and what becomes of them. */
export type ToldPart = Pick<ToldCommit, "checks" | "writes">;

/** What an atomic operation was told. */
export class ToldCommit {
  readonly checks: KeyCheck[] = [];
  readonly writes: KeyWrite[] = [];
  readonly bells: Parameters<Deno.AtomicOperation["enqueue"]>[] = [];
  /** Whether it does more than check, set and delete. */
  isAlone = false;
  /** What it writes, in bytes or a little more. */
  bytes = 0;

  expect({ key, versionstamp }: Deno.AtomicCheck): void {
    this.checks.push({ name: nameOf(key), key, versionstamp });
  }

  write({ key, deed, value, expireIn }: Omit<KeyWrite, "name" | "bytes">): void {
    const bytes = bytesOf(key) + bytesOf(value);
    this.writes.push({ name: nameOf(key), key, deed, value, expireIn, bytes });
    this.bytes += bytes;
    this.isAlone ||= deed !== "set" && deed !== "delete";
  }

  ring(...bell: ToldCommit["bells"][number]): void {
    this.bells.push(bell);
    this.isAlone = true;
  }

  /** What it is told of those records that `isMeant` finds, and of all others. */
  parted(isMeant: (key: Deno.KvKey) => boolean): [ToldPart, ToldPart] {
    const of = (isOf: boolean): ToldPart => ({
      checks: this.checks.filter(({ key }) => isMeant(key) === isOf),
      writes: this.writes.filter(({ key }) => isMeant(key) === isOf),
    });
    return [of(true), of(false)];
  }
}

/** An atomic operation that keeps what it is told until it is committed. */
export class RecordedOperation implements Deno.AtomicOperation {
  readonly #told = new ToldCommit();

  constructor(
    private readonly make: (told: ToldCommit) => ReturnType<Deno.AtomicOperation["commit"]>,
  ) {}

  check(...checks: Deno.AtomicCheck[]): this {
    for (const each of checks) this.#told.expect(each);
    return this;
  }

  mutate(...mutations: Deno.KvMutation[]): this {
    for (const mutation of mutations) {
      const { key, type } = mutation;
      if (type === "delete") this.delete(key);
      else if (type === "set") this.set(key, mutation.value, mutation);
      else this[type](key, mutation.value.value);
    }
    return this;
  }

  sum(key: Deno.KvKey, value: bigint): this {
    this.#told.write({ key, deed: "sum", value });
    return this;
  }

  min(key: Deno.KvKey, value: bigint): this {
    this.#told.write({ key, deed: "min", value });
    return this;
  }

  max(key: Deno.KvKey, value: bigint): this {
    this.#told.write({ key, deed: "max", value });
    return this;
  }

  set(key: Deno.KvKey, value: unknown, options?: { expireIn?: number }): this {
    this.#told.write({ key, deed: "set", value, expireIn: options?.expireIn });
    return this;
  }

  delete(key: Deno.KvKey): this {
    this.#told.write({ key, deed: "delete" });
    return this;
  }

  enqueue(...bell: ToldCommit["bells"][number]): this {
    this.#told.ring(...bell);
    return this;
  }

  commit(): ReturnType<Deno.AtomicOperation["commit"]> {
    return this.make(this.#told);
  }
}
