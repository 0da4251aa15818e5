/**
 * The database's own edge: whatever it fails at is told as one kind of error, whichever class the
 * runtime gives it. SQLite's "database is locked" comes as a `TypeError`, as our own bugs do.
 */
import { TryAgain } from "../values/try_again.ts";
import { type Method, withMethods } from "./with_methods.ts";

/** Thrown for a read or a commit that the database failed at: nothing asked of it was wrong. */
export class DatabaseFailed extends TryAgain {
  override name = "DatabaseFailed";
  override readonly isSaid = true;

  constructor(cause: unknown) {
    super(wordsOf(cause), { cause });
  }
}

/** What a database does for us. */
export type DatabaseDeed = "reading" | "writing";

/** Who is told how the database does. */
export interface DatabaseListener {
  failed(deed: DatabaseDeed, words: string): void;
  succeeded(deed: DatabaseDeed): void;
}

/**
 * What the runtime says of keys, values and commits that no database would take (denoland/deno,
 * ext/kv/lib.rs, KvErrorKind): those are our own fault, and stay as they are.
 */
const IMPOSSIBLE =
  /\(max \d+( bytes)?\)$|^key cannot be empty$|keyspace|^Invalid (check|mutation|enqueue|boundary|range)/;

/** A database whose failures are all `DatabaseFailed`, and are told to `listener`. */
export function guardedKv(kv: Deno.Kv, listener: DatabaseListener): Deno.Kv {
  const guard = (deed: DatabaseDeed) => (method: Method): Method => async (...given) => {
    try {
      const result = await method(...given);
      listener.succeeded(deed);
      return result;
    } catch (error) {
      const words = wordsOf(error);
      if (IMPOSSIBLE.test(words)) throw error;
      listener.failed(deed, words);
      throw new DatabaseFailed(error);
    }
  };
  const reads = guard("reading");
  const writes = guard("writing");

  const list = (plain: Method): Method => (...given) => {
    const all = plain(...given);
    const next = reads(() => all.next());
    const guarded = { next, [Symbol.asyncIterator]: () => guarded };
    return guarded;
  };
  const atomic = (plain: Method): Method => () => new GuardedOperation(plain(), writes);
  const own: Record<string, (plain: Method) => Method> = {
    get: reads,
    getMany: reads,
    set: writes,
    delete: writes,
    list,
    atomic,
  };
  return withMethods(kv, (name) => Object.hasOwn(own, name) ? own[name] : undefined);
}

/** An operation whose commit is guarded. */
class GuardedOperation implements Deno.AtomicOperation {
  constructor(
    private readonly operation: Deno.AtomicOperation,
    private readonly guard: (commit: Method) => Method,
  ) {}

  check(...given: Parameters<Deno.AtomicOperation["check"]>): this {
    this.operation.check(...given);
    return this;
  }

  mutate(...given: Parameters<Deno.AtomicOperation["mutate"]>): this {
    this.operation.mutate(...given);
    return this;
  }

  sum(...given: Parameters<Deno.AtomicOperation["sum"]>): this {
    this.operation.sum(...given);
    return this;
  }

  min(...given: Parameters<Deno.AtomicOperation["min"]>): this {
    this.operation.min(...given);
    return this;
  }

  max(...given: Parameters<Deno.AtomicOperation["max"]>): this {
    this.operation.max(...given);
    return this;
  }

  set(...given: Parameters<Deno.AtomicOperation["set"]>): this {
    this.operation.set(...given);
    return this;
  }

  delete(...given: Parameters<Deno.AtomicOperation["delete"]>): this {
    this.operation.delete(...given);
    return this;
  }

  enqueue(...given: Parameters<Deno.AtomicOperation["enqueue"]>): this {
    this.operation.enqueue(...given);
    return this;
  }

  commit(): ReturnType<Deno.AtomicOperation["commit"]> {
    return this.guard(() => this.operation.commit())();
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
