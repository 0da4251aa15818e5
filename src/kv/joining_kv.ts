/**
 * A database that is asked less often: commits that come while others are under way go as one after
 * them, and what is to be read meanwhile, or in the same turn, is read together. Each asker is
 * answered as if alone: a commit once it is durable, and with its own failure.
 */
import { type CommitShape, nextGroup } from "./commit_group.ts";
import { isWithin } from "../time/elapsed.ts";
import { type Method, withMethods } from "./with_methods.ts";

/** How many keys one `getMany` may have (https://docs.deno.com/api/deno/~/Deno.Kv.prototype.getMany). */
const MOST_KEYS = 10;

/** How many commits and reads are under way at once: what comes meanwhile is joined. */
export interface MostAtOnce {
  commits: number;
  reads: number;
}

/** Joins what is asked of a database. */
export function joiningKv(kv: Deno.Kv, most: MostAtOnce, now: () => number): Deno.Kv {
  const commits = new Commits(kv, new Ways(most.commits, now));
  const reads = new Reads(kv, new Ways(most.reads, now));
  const own: Record<string, (plain: Method) => Method> = {
    atomic: () => () => recorded(commits),
    get: (plain) => (key: Deno.KvKey, options?: unknown) =>
      options === undefined ? reads.get(key) : plain(key, options),
  };
  return withMethods(kv, (name) => Object.hasOwn(own, name) ? own[name] : undefined);
}

type Result = Deno.KvCommitResult | Deno.KvCommitError;

/** What an atomic operation was told, in order. */
type Step = { name: string; given: unknown[] };

/** Somebody who waits for their answer. */
interface Asker<T> {
  resolve: (answer: T) => void;
  reject: (error: unknown) => void;
}

interface Commit extends Asker<Result> {
  steps: Step[];
  shape?: CommitShape;
}

/** For so long others wait for what is under way: a database may never answer. */
const PATIENCE_MS = 5000;

/** What is under way, and whether more may be. */
class Ways {
  readonly #begunMs = new Set<{ atMs: number }>();

  constructor(private readonly most: number, private readonly now: () => number) {}

  get areFree(): boolean {
    if (this.#begunMs.size < this.most) return true;
    const nowMs = this.now();
    const awaited = [...this.#begunMs].filter(({ atMs }) => isWithin(PATIENCE_MS, atMs, nowMs));
    return awaited.length < this.most;
  }

  /** Goes on its way. Never rejects: who asked is told otherwise. */
  async take(work: Promise<void>): Promise<void> {
    const begun = { atMs: this.now() };
    this.#begunMs.add(begun);
    await work;
    this.#begunMs.delete(begun);
  }
}

/** What an atomic operation can be told. */
const STEPS = ["check", "set", "delete", "mutate", "sum", "min", "max", "enqueue"] as const;

/** An atomic operation that keeps what it is told until it is committed. */
function recorded(commits: Commits): Deno.AtomicOperation {
  const steps: Step[] = [];
  const tellable = STEPS.map((name) => [name, (...given: unknown[]) => {
    steps.push({ name, given });
    return itself;
  }]);
  const itself = { ...Object.fromEntries(tellable), commit: () => commits.commit(steps) };
  return itself;
}

/** The commits that wait, and those under way. */
class Commits {
  #waiting: Commit[] = [];

  constructor(private readonly kv: Deno.Kv, private readonly ways: Ways) {}

  commit(steps: Step[]): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ steps, resolve, reject });
      this.#goOn();
    });
  }

  #goOn(): void {
    while (this.ways.areFree && this.#waiting.length > 0) {
      const group = nextGroup(this.#waiting, (commit) => commit.shape ??= shapeOf(commit.steps));
      const gone = new Set(group);
      this.#waiting = this.#waiting.filter((commit) => !gone.has(commit));
      void this.ways.take(this.#write(group)).then(() => this.#goOn());
    }
  }

  /** Writes commits as one; if that fails, each by itself. */
  async #write(group: Commit[]): Promise<void> {
    if (group.length > 1) {
      // Whose fault it was, each learns when it is tried by itself.
      const result = await this.#together(group).catch(() => undefined);
      if (result?.ok) return group.forEach(({ resolve }) => resolve(result));
    }
    await Promise.all(
      group.map((commit) => this.#together([commit]).then(commit.resolve, commit.reject)),
    );
  }

  async #together(group: Commit[]): Promise<Result> {
    const operation = this.kv.atomic() as unknown as Record<string, Method>;
    const expected = new Set<string>();
    for (const { name, given } of group.flatMap(({ steps }) => steps)) {
      if (name === "check") check(operation, given as Deno.AtomicCheck[], expected);
      else operation[name]!(...given);
    }
    return await operation.commit!();
  }
}

/** Has an operation expect what it does not expect yet: several may expect the same. */
function check(
  operation: Record<string, Method>,
  checks: Deno.AtomicCheck[],
  expected: Set<string>,
): void {
  for (const each of checks) {
    const name = `${nameOf(each.key)} ${each.versionstamp}`;
    if (expected.has(name)) continue;
    expected.add(name);
    operation.check!(each);
  }
}

function shapeOf(steps: Step[]): CommitShape {
  const checks = new Map<string, string | null>();
  const writes = new Set<string>();
  let mutations = 0, bytes = 0, isAlone = false;
  for (const { name, given } of steps) {
    if (name === "check") {
      for (const { key, versionstamp } of given as Deno.AtomicCheck[]) {
        checks.set(nameOf(key), versionstamp);
      }
      continue;
    }
    isAlone ||= name !== "set" && name !== "delete";
    const [key, value] = given as [Deno.KvKey, unknown];
    writes.add(nameOf(key));
    mutations++;
    bytes += sizeOf(key) + sizeOf(value);
  }
  return { checks, writes, mutations, bytes, isAlone };
}

/** A key's name: ours are of words and numbers. */
function nameOf(key: Deno.KvKey): string {
  return JSON.stringify(key);
}

/** How much of a record is not its letters and bytes: what kind each value is, and how long. */
const OVERHEAD_BYTES = 10;

/** How many bytes a value takes, or a little more: two for each letter, as those beyond Latin do. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return OVERHEAD_BYTES + value.length * 2;
  if (typeof value !== "object" || value === null) return OVERHEAD_BYTES;
  if (ArrayBuffer.isView(value)) return OVERHEAD_BYTES + value.byteLength;
  let bytes = OVERHEAD_BYTES;
  for (const [name, each] of Object.entries(value)) bytes += sizeOf(name) + sizeOf(each);
  return bytes;
}

type Entry = Deno.KvEntryMaybe<unknown>;

/** A record that is asked for, and by whom. */
interface Asked {
  key: Deno.KvKey;
  askers: Asker<Entry>[];
}

/** What is asked for and not read yet, by the names of the keys. */
class Reads {
  readonly #asked = new Map<string, Asked>();

  constructor(private readonly kv: Deno.Kv, private readonly ways: Ways) {}

  get(key: Deno.KvKey): Promise<Entry> {
    return new Promise((resolve, reject) => {
      // Once whoever asks in this turn has asked.
      queueMicrotask(() => this.#goOn());
      const name = nameOf(key);
      const asked = this.#asked.get(name) ?? { key, askers: [] };
      asked.askers.push({ resolve, reject });
      this.#asked.set(name, asked);
    });
  }

  #goOn(): void {
    while (this.ways.areFree && this.#asked.size > 0) {
      const next = [...this.#asked.entries().take(MOST_KEYS)];
      for (const [name] of next) this.#asked.delete(name);
      void this.ways.take(this.#read(next.map(([, asked]) => asked))).then(() => this.#goOn());
    }
  }

  /** Reads several at once; if that fails, each by itself. */
  async #read(asked: Asked[]): Promise<void> {
    const keys = asked.map(({ key }) => key);
    const entries = keys.length > 1
      ? await this.kv.getMany<unknown[]>(keys).catch(() => undefined)
      : undefined;
    await Promise.all(asked.map(async ({ key, askers }, index) => {
      try {
        const entry = entries ? entries[index]! : await this.kv.get(key);
        for (const { resolve } of askers) resolve(entry);
      } catch (error) {
        for (const { reject } of askers) reject(error);
      }
    }));
  }
}
