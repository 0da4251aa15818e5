/**
 * The database that all instances share. Their operations are done one at a time, in an order that
 * chance decides, so that every interleaving may happen and each can be told again.
 */
import type { Chance } from "./chance.ts";
import type { Engine, Mutation } from "./memory_kv.ts";
import type { Motion } from "./quiet.ts";
import { promisesRun } from "./quiet.ts";
import type { Sabotage } from "./sabotage.ts";

/** What may go wrong with a commit, each with its probability. */
export interface DatabaseFaults {
  /** Refused, as if somebody else had written the same keys. */
  conflict: number;
  /** "database is locked"; nothing is written. */
  locked: number;
  /** "disk I/O error"; nothing is read. */
  unread: number;
  /** It is written, and the program is told that it is not. */
  "lost commit": number;
  /** The process ends just before, or just after. */
  "crash before commit": number;
  "crash after commit": number;
}

/** The process that uses the database. */
export interface Client {
  name: string;
  isAlive: boolean;
  crash(): void;
}

/** One engine and those who wait for it. */
export class SharedDatabase {
  #waiting: (() => Promise<void>)[] = [];
  #isBusy = false;

  constructor(
    private readonly engine: Engine,
    private readonly options: {
      chance: Chance;
      motion: Motion;
      faults: () => DatabaseFaults | null;
      sabotage: Sabotage | undefined;
      committed: (client: Client, mutations: Mutation[]) => void;
      trace: (line: string) => void;
    },
  ) {}

  /** The database as one process sees it. */
  open(client: Client): Deno.Kv {
    const { engine, options: { sabotage } } = this;
    const get = (key: Deno.KvKey) =>
      this.#turn(client, async () => {
        this.#mayFailToRead(client, key);
        const entry = await engine.get(key);
        return sabotage?.read ? await sabotage.read(entry, engine) ?? entry : entry;
      });
    const list = (selector: Deno.KvListSelector, options: Deno.KvListOptions = {}) =>
      iterate(this.#turn(client, async () => {
        this.#mayFailToRead(client, "prefix" in selector ? selector.prefix : selector.start);
        const entries = await engine.list(selector, options);
        return sabotage?.list?.(entries, selector) ?? entries;
      }));
    const commit = (checks: Deno.AtomicCheck[], mutations: Mutation[]) =>
      this.#turn(client, () => this.#commit(client, checks, mutations));
    const kv = {
      get,
      list,
      getMany: (keys: Deno.KvKey[]) => Promise.all(keys.map(get)),
      set: (key: Deno.KvKey, value: unknown, { expireIn }: { expireIn?: number } = {}) =>
        commit([], [{ type: "set", key, value, ...(expireIn === undefined ? {} : { expireIn }) }]),
      delete: (key: Deno.KvKey) => commit([], [{ type: "delete", key }]),
      atomic: () => atomic(commit),
      // The bot is whole without it: a watch that never brings anything.
      watch: () => new ReadableStream(),
      close: () => {},
    };
    return kv as unknown as Deno.Kv;
  }

  /** Reads past everything: who looks from outside sees what is there. */
  async all(prefix: Deno.KvKey): Promise<Deno.KvEntry<unknown>[]> {
    return await this.engine.list({ prefix }, {});
  }

  /** Does other work that would run on threads in its turn, for the same reason. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#enqueue(work);
  }

  #mayFailToRead({ name }: Client, key: Deno.KvKey): void {
    const { chance, trace } = this.options;
    if (!chance.happens(this.options.faults()?.unread ?? 0)) return;
    trace(`${name}: unread ${told(key)}`);
    throw new TypeError("disk I/O error");
  }

  async #commit(
    client: Client,
    checks: Deno.AtomicCheck[],
    mutations: Mutation[],
  ): Promise<Deno.KvCommitResult | Deno.KvCommitError> {
    const { chance, sabotage, trace } = this.options;
    const faults = this.options.faults();
    const meets = (fault: keyof DatabaseFaults) => {
      if (!faults || !chance.happens(faults[fault])) return false;
      trace(`${client.name}: ${fault} of ${mutations.map(({ key }) => told(key))}`);
      return true;
    };
    if (meets("crash before commit")) {
      client.crash();
      throw gone();
    }
    if (meets("locked")) throw new TypeError("database is locked");
    if (meets("conflict")) return { ok: false };
    const result = await this.engine.commit(
      sabotage?.checks?.(checks) ?? checks,
      sabotage ? written(mutations, sabotage) : mutations,
    );
    if (result.ok) this.options.committed(client, mutations);
    if (meets("crash after commit")) {
      client.crash();
      throw gone();
    }
    if (result.ok && meets("lost commit")) throw new Error("the database does not answer");
    return result;
  }

  #turn<T>(client: Client, work: () => Promise<T>): Promise<T> {
    return this.#enqueue(async () => {
      if (!client.isAlive) throw gone();
      const done = await work();
      if (!client.isAlive) throw gone();
      return done;
    });
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => work().then(resolve, reject));
      if (!this.#isBusy) void this.options.motion.untilDone(() => this.#run());
    });
  }

  async #run(): Promise<void> {
    this.#isBusy = true;
    while (this.#waiting.length > 0) {
      await promisesRun();
      const index = this.options.chance.between(0, this.#waiting.length - 1);
      const [next] = this.#waiting.splice(index, 1);
      await next!();
    }
    this.#isBusy = false;
  }
}

function gone(): Error {
  return new Error("the process is dead");
}

function atomic(
  commit: (
    checks: Deno.AtomicCheck[],
    mutations: Mutation[],
  ) => Promise<Deno.KvCommitResult | Deno.KvCommitError>,
): Deno.AtomicOperation {
  const checks: Deno.AtomicCheck[] = [];
  const mutations: Mutation[] = [];
  const operation = {
    check: (...more: Deno.AtomicCheck[]) => {
      checks.push(...more);
      return operation;
    },
    set: (key: Deno.KvKey, value: unknown, { expireIn }: { expireIn?: number } = {}) => {
      mutations.push({ type: "set", key, value, ...(expireIn === undefined ? {} : { expireIn }) });
      return operation;
    },
    delete: (key: Deno.KvKey) => {
      mutations.push({ type: "delete", key });
      return operation;
    },
    commit: () => commit(checks, mutations),
  };
  return operation as unknown as Deno.AtomicOperation;
}

/** What is written of a commit, and how. */
function written(mutations: Mutation[], { writes, changes }: Sabotage): Mutation[] {
  return mutations.filter((mutation) => writes?.(mutation) ?? true)
    .map((mutation) => changes?.(mutation) ?? mutation);
}

/** A list's iterator over what is still being read. */
function iterate(reading: Promise<Deno.KvEntry<unknown>[]>): Deno.KvListIterator<unknown> {
  // Whoever iterates learns of a failure; whoever does not never asked.
  reading.catch(() => {});
  let index = 0;
  const iterator = {
    cursor: "",
    next: async () => {
      const value = (await reading)[index++];
      return value ? { done: false, value } : { done: true, value: undefined };
    },
    return: (value: unknown) => {
      index = Infinity;
      return Promise.resolve({ done: true, value });
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator as unknown as Deno.KvListIterator<unknown>;
}

/** A key as the trace tells it: by what name an instance signs is chance, and no story's. */
function told(key: Deno.KvKey): string {
  return (key[1] === "alive" ? key.slice(1, 2) : key.slice(1)).join("/");
}
