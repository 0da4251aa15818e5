/** Commits that go together to a database, each answered as if it had gone alone. */
import { type CommitShape, nextGroup } from "./commit_group.ts";
import type { KnownRecords, Writing } from "./known_records.ts";
import type { PassingRecords } from "./passing_records.ts";
import type { KeyCheck, KeyWrite, ToldCommit } from "./told_commit.ts";
import type { Asker, Ways } from "./ways.ts";

type Result = Deno.KvCommitResult | Deno.KvCommitError;

interface Commit extends Asker<Result> {
  told: ToldCommit;
  writing: Writing;
  /** The names of records that are known to be as it expects, for as long as it is under way. */
  grounds: Set<string>;
  /** The names of what it writes to memory alone, likewise. */
  passing: string[];
}

const REFUSED: Result = { ok: false };

/** The commits that wait, and those under way. */
export class Commits {
  #waiting: Commit[] = [];
  /** What commits under way take for granted, and what they write to memory alone, by name. */
  readonly #grounds = new Tally();
  readonly #passing = new Tally();

  constructor(
    private readonly kv: Deno.Kv,
    private readonly ways: Ways,
    private readonly known: KnownRecords,
    private readonly passing: PassingRecords,
  ) {}

  commit(told: ToldCommit): Promise<Result> {
    return new Promise((resolve, reject) => {
      const writing = this.known.writing(told);
      this.#waiting.push({ told, writing, grounds: new Set(), passing: [], resolve, reject });
      this.#goOn();
    });
  }

  #goOn(): void {
    while (this.ways.areFree && this.#waiting.length > 0) {
      const ready = this.#waiting.filter(({ told }) => !this.#isHeldUp(told));
      const group = nextGroup(ready, ({ told }) => this.#shapeOf(told));
      if (group.length === 0) return;
      const gone = new Set(group);
      this.#waiting = this.#waiting.filter((commit) => !gone.has(commit));
      void this.ways.take(this.#write(group)).then(() => this.#goOn());
    }
  }

  /** Whether what a commit is about is in the hands of one that is under way. */
  #isHeldUp({ checks, writes }: ToldCommit): boolean {
    if (this.#grounds.isEmpty && this.#passing.isEmpty) return false;
    return checks.some(({ name }) => this.#passing.has(name)) ||
      writes.some(({ name }) => this.#passing.has(name) || this.#grounds.has(name));
  }

  /** Writes commits as one; if that fails, each by itself. */
  async #write(group: Commit[]): Promise<void> {
    const left: Commit[] = [];
    for (const commit of group) {
      if (this.#isInVain(commit.told)) this.#end(commit, REFUSED);
      else left.push(commit);
    }
    for (const commit of left) this.#begin(commit);
    if (left.length > 1) {
      // Whose fault it was, each learns when it is tried by itself.
      const result = await this.#together(left).catch(() => undefined);
      if (result?.ok) {
        for (const commit of left) this.#end(commit, result);
        return;
      }
    }
    const each = left.map((commit) => () =>
      this.#together([commit]).then(
        (result) => this.#end(commit, result),
        (error) => this.#end(commit, REFUSED, error),
      )
    );
    // What is known of one is so before what follows it.
    if (this.known.isAlone) { for (const write of each) await write(); }
    else await Promise.all(each.map((write) => write()));
  }

  /** A commit is under way. */
  #begin(commit: Commit): void {
    const { told: { checks, writes }, grounds } = commit;
    for (const check of checks) {
      if (this.#versionstampOf(check) !== undefined) grounds.add(check.name);
    }
    for (const { name, key } of writes) if (this.passing.has(key)) commit.passing.push(name);
    this.#grounds.add(grounds);
    this.#passing.add(commit.passing);
  }

  /** Answers a commit. */
  #end(
    { told, writing, grounds, passing, resolve, reject }: Commit,
    result: Result,
    error?: unknown,
  ): void {
    this.#grounds.remove(grounds);
    this.#passing.remove(passing);
    if (result.ok) this.passing.write(told, result.versionstamp);
    writing.ended(result.ok ? result.versionstamp : undefined);
    if (error === undefined) resolve(result);
    else reject(error);
  }

  async #together(group: Commit[]): Promise<Result> {
    const operation = this.kv.atomic();
    const expected = new Set<string>();
    let hasSteps = false;
    for (const commit of group) hasSteps = this.#tell(operation, commit, expected) || hasSteps;
    if (!hasSteps) return { ok: true, versionstamp: this.passing.newStamp() };
    for (const { writing } of group) writing.sent();
    return await operation.commit();
  }

  /**
   * Tells an operation of the database what it has to do for a commit; whether there is anything.
   * What is known to be as expected, or is `expected` already, it need not check.
   */
  #tell(
    operation: Deno.AtomicOperation,
    { told: { checks, writes, bells }, grounds }: Commit,
    expected: Set<string>,
  ): boolean {
    let hasSteps = bells.length > 0;
    for (const check of checks) {
      const isKnown = grounds.has(check.name) && this.#versionstampOf(check) !== undefined;
      const name = `${check.name} ${check.versionstamp}`;
      if (isKnown || expected.has(name)) continue;
      expected.add(name);
      operation.check(check);
      hasSteps = true;
    }
    for (const write of writes) {
      if (this.passing.has(write.key)) continue;
      tell(operation, write);
      hasSteps = true;
    }
    for (const bell of bells) operation.enqueue(...bell);
    return hasSteps;
  }

  /** Whether a commit expects what is known not to be so. */
  #isInVain({ checks }: ToldCommit): boolean {
    return checks.some((check) => {
      const known = this.#versionstampOf(check);
      return known !== undefined && known !== check.versionstamp;
    });
  }

  /** The versionstamp that a record has; `undefined`: the database has to be asked. */
  #versionstampOf({ name, key }: KeyCheck): string | null | undefined {
    return this.passing.has(key)
      ? this.passing.get(key, name).versionstamp
      : this.known.versionstampOf(name);
  }

  #shapeOf({ checks, writes, bytes, isAlone }: ToldCommit): CommitShape {
    const asked = checks.filter((check) => this.#versionstampOf(check) === undefined);
    return { checks, asked, writes, mutations: writes.length, bytes, isAlone };
  }
}

/** Names, each as often as it was added. */
class Tally {
  readonly #counts = new Map<string, number>();

  get isEmpty(): boolean {
    return this.#counts.size === 0;
  }

  has(name: string): boolean {
    return this.#counts.has(name);
  }

  add(names: Iterable<string>): void {
    for (const name of names) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  remove(names: Iterable<string>): void {
    for (const name of names) {
      const left = this.#counts.get(name)! - 1;
      if (left > 0) this.#counts.set(name, left);
      else this.#counts.delete(name);
    }
  }
}

/** Tells an operation of the database what becomes of a record. */
function tell(
  operation: Deno.AtomicOperation,
  { key, deed, value, expireIn }: KeyWrite,
): void {
  if (deed === "delete") operation.delete(key);
  else if (deed !== "set") operation[deed](key, value as bigint);
  else operation.set(key, value, expireIn === undefined ? {} : { expireIn });
}
