/** Commits that go together to a database, each answered as if it had gone alone. */
import { type CommitShape, nextGroup } from "./commit_group.ts";
import { type KnownRecords, nameOf, type Write } from "./known_records.ts";
import { bytesOf } from "./size.ts";
import type { Asker, Ways } from "./ways.ts";
import type { Method } from "./with_methods.ts";

type Result = Deno.KvCommitResult | Deno.KvCommitError;

/** What an atomic operation was told, in order. */
type Step = { name: string; given: unknown[] };

interface Commit extends Asker<Result> {
  steps: Step[];
  shape?: CommitShape;
}

/** What an atomic operation can be told. */
const STEPS = ["check", "set", "delete", "mutate", "sum", "min", "max", "enqueue"] as const;

/** An atomic operation that keeps what it is told until it is committed. */
export function recorded(commits: Commits): Deno.AtomicOperation {
  const steps: Step[] = [];
  const tellable = STEPS.map((name) => [name, (...given: unknown[]) => {
    steps.push({ name, given });
    return itself;
  }]);
  const itself = { ...Object.fromEntries(tellable), commit: () => commits.commit(steps) };
  return itself;
}

/** The commits that wait, and those under way. */
export class Commits {
  #waiting: Commit[] = [];

  constructor(
    private readonly kv: Deno.Kv,
    private readonly ways: Ways,
    private readonly known: KnownRecords,
  ) {}

  async commit(steps: Step[]): Promise<Result> {
    const { writes, checks, isCertain } = effectOf(steps);
    const written = this.known.writing(writes, checks);
    let versionstamp: string | undefined;
    try {
      const result = await this.#inTurn(steps);
      if (result.ok && isCertain) versionstamp = result.versionstamp;
      return result;
    } finally {
      written(versionstamp);
    }
  }

  #inTurn(steps: Step[]): Promise<Result> {
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
      if (name !== "check" || group.length === 1) operation[name]!(...given);
      else check(operation, given as Deno.AtomicCheck[], expected);
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

/** What a commit writes and expects, and whether it is plain what that leaves. */
function effectOf(steps: Step[]) {
  const writes: Write[] = [];
  const checks: Deno.KvKey[] = [];
  let isCertain = true;
  for (const { name, given } of steps) {
    if (name === "check") checks.push(...(given as Deno.AtomicCheck[]).map(({ key }) => key));
    else if (name === "mutate") writes.push(...given as Deno.KvMutation[]);
    else if (name !== "enqueue") {
      const [key, value] = given as [Deno.KvKey, unknown];
      writes.push(name === "set" ? { key, value } : { key });
    }
    isCertain &&= name === "check" || name === "set" || name === "delete" || name === "enqueue";
  }
  return { writes, checks, isCertain };
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
    bytes += bytesOf(key) + bytesOf(value);
  }
  return { checks, writes, mutations, bytes, isAlone };
}
