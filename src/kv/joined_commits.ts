/** Commits that go together to a database, each answered as if it had gone alone. */
import { type CommitShape, nextGroup } from "./commit_group.ts";
import type { KnownRecords } from "./known_records.ts";
import type { PassingRecords } from "./passing_records.ts";
import type { KeyWrite, ToldCommit, ToldPart } from "./told_commit.ts";
import type { Asker, Ways } from "./ways.ts";

type Result = Deno.KvCommitResult | Deno.KvCommitError;

interface Commit extends Asker<Result> {
  /** What is asked of the database, and what of memory alone. */
  stored: ToldPart;
  passing: ToldPart;
  bells: ToldCommit["bells"];
  shape: CommitShape;
  /** Tells that it is over. */
  written: (versionstamp?: string) => void;
}

/** The commits that wait, and those under way. */
export class Commits {
  #waiting: Commit[] = [];
  /**
   * The names of the passing records that commits under way expect or write. Nobody else may have
   * them meanwhile: what was found in memory is to be so still when the database has written.
   */
  readonly #taken = new Set<string>();

  constructor(
    private readonly kv: Deno.Kv,
    private readonly ways: Ways,
    private readonly known: KnownRecords,
    private readonly passing: PassingRecords,
  ) {}

  commit(told: ToldCommit): Promise<Result> {
    return new Promise((resolve, reject) => {
      const [passing, stored] = told.parted((key) => this.passing.has(key));
      const written = this.known.writing(stored);
      const shape = shapeOf(told, stored, passing);
      this.#waiting.push({ stored, passing, bells: told.bells, shape, written, resolve, reject });
      this.#goOn();
    });
  }

  #goOn(): void {
    while (this.ways.areFree && this.#waiting.length > 0) {
      const group = nextGroup(this.#ready(), ({ shape }) => shape);
      if (group.length === 0) return;
      const gone = new Set(group);
      this.#waiting = this.#waiting.filter((commit) => !gone.has(commit));
      void this.ways.take(this.#write(group)).then(() => this.#goOn());
    }
  }

  /** The waiting commits whose passing records nobody has. */
  #ready(): Commit[] {
    if (this.#taken.size === 0) return this.#waiting;
    return this.#waiting.filter(({ passing }) =>
      namesIn(passing).every((name) => !this.#taken.has(name))
    );
  }

  /** Writes commits as one; if that fails, each by itself. */
  async #write(group: Commit[]): Promise<void> {
    const left: Commit[] = [];
    for (const commit of group) {
      if (this.passing.meet(commit.passing)) left.push(commit);
      else this.#end(commit, { ok: false });
    }
    for (const name of left.flatMap(({ passing }) => namesIn(passing))) this.#taken.add(name);
    if (left.length > 1) {
      // Whose fault it was, each learns when it is tried by itself.
      const result = await this.#together(left).catch(() => undefined);
      if (result?.ok) return left.forEach((commit) => this.#end(commit, result));
    }
    await Promise.all(left.map(async (commit) => {
      try {
        this.#end(commit, await this.#together([commit]));
      } catch (error) {
        this.#leave(commit);
        commit.reject(error);
      }
    }));
  }

  /** Answers a commit. */
  #end(commit: Commit, result: Result): void {
    if (result.ok) this.passing.write(commit.passing, result.versionstamp);
    this.#leave(commit, result.ok ? result.versionstamp : undefined);
    commit.resolve(result);
  }

  /** A commit is over; without a versionstamp it is not known what has become of it. */
  #leave({ passing, written }: Commit, versionstamp?: string): void {
    for (const name of namesIn(passing)) this.#taken.delete(name);
    written(versionstamp);
  }

  async #together(group: Commit[]): Promise<Result> {
    const isStored = group.some(({ stored: { checks, writes }, bells }) =>
      checks.length + writes.length + bells.length > 0
    );
    if (!isStored) return { ok: true, versionstamp: this.passing.newStamp() };
    const operation = this.kv.atomic();
    const expected = new Set<string>();
    for (const { stored: { checks, writes }, bells } of group) {
      for (const check of checks) {
        // Several may expect the same.
        const name = `${check.name} ${check.versionstamp}`;
        if (!expected.has(name)) operation.check(check);
        expected.add(name);
      }
      for (const write of writes) tell(operation, write);
      for (const bell of bells) operation.enqueue(...bell);
    }
    return await operation.commit();
  }
}

/** The names of all that part of a commit is about. */
function namesIn({ checks, writes }: ToldPart): string[] {
  return [...checks, ...writes].map(({ name }) => name);
}

/** A commit as others see it: what it expects in memory is as much its own as what it writes there. */
function shapeOf({ bytes, isAlone }: ToldCommit, stored: ToldPart, passing: ToldPart): CommitShape {
  return {
    checks: stored.checks,
    writes: [...stored.writes, ...passing.checks, ...passing.writes],
    mutations: stored.writes.length,
    bytes,
    isAlone,
  };
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
