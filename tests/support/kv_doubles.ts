/** Databases that are real but watched on the way, or lack something. */
import { serialize } from "node:v8";

/**
 * Wraps a database so that every write is listed in `commits`, by the keys it touches, after
 * `before` has had a chance to throw.
 */
export function countingKv(before: (keys: string) => void = () => {}): {
  wrap: (kv: Deno.Kv) => Deno.Kv;
  commits: string[];
} {
  const commits: string[] = [];
  const note = (keys: unknown[]) => {
    const text = JSON.stringify(keys);
    before(text);
    commits.push(text);
  };
  return {
    commits,
    wrap: (kv) =>
      delegate(kv, {
        atomic: () => tellingAtomic(kv.atomic(), note),
        set: (key: Deno.KvKey, value: unknown, options?: SetOptions) => {
          note([key]);
          return kv.set(key, value, options);
        },
        delete: (key: Deno.KvKey) => {
          note([key]);
          return kv.delete(key);
        },
      }),
  };
}

/**
 * Wraps a database so that `expireIn` runs on the given clock: `collect` deletes what has expired,
 * as the database itself would some time after. `expiresMs` tells when that is, by the key as JSON.
 */
export function expiringKv(now: () => number): {
  wrap: (kv: Deno.Kv) => Deno.Kv;
  collect: (kv: Deno.Kv) => Promise<void>;
  expiresMs: ReadonlyMap<string, { atMs: number }>;
} {
  const expiresMs = new Map<string, { key: Deno.KvKey; atMs: number }>();
  const note = (key: Deno.KvKey, expireIn?: number) => {
    const name = JSON.stringify(key);
    if (expireIn === undefined) expiresMs.delete(name);
    else expiresMs.set(name, { key, atMs: now() + expireIn });
  };
  return {
    expiresMs,
    wrap: (kv) =>
      delegate(kv, {
        atomic: () =>
          watchedAtomic(kv.atomic(), {
            set: (key, _, options) => note(key, options?.expireIn),
            keepsForEver: true,
          }),
        set: (key: Deno.KvKey, value: unknown, options?: SetOptions) => {
          note(key, options?.expireIn);
          return kv.set(key, value);
        },
      }),
    collect: async (kv) => {
      for (const [name, { key, atMs }] of expiresMs) {
        if (atMs > now()) continue;
        await kv.delete(key);
        expiresMs.delete(name);
      }
    },
  };
}

/** Wraps a database so that all that is ever written to it, keys and values, is kept in words. */
export function writingsOf(): { wrap: (kv: Deno.Kv) => Deno.Kv; all: string[] } {
  const all: string[] = [];
  const note = (...written: unknown[]) =>
    void all.push(Deno.inspect(written, { depth: 20, strAbbreviateSize: 1e6, iterableLimit: 1e4 }));
  return {
    all,
    wrap: (kv) =>
      delegate(kv, {
        atomic: () => watchedAtomic(kv.atomic(), { set: (key, value) => note(key, value) }),
        set: (key: Deno.KvKey, value: unknown, options?: SetOptions) => {
          note(key, value);
          return kv.set(key, value, options);
        },
        enqueue: (value: unknown, options?: Parameters<Deno.Kv["enqueue"]>[1]) => {
          note(value);
          return kv.enqueue(value, options);
        },
      }),
  };
}

/** Wraps a database so that what was read is only told when `read` is through with it. */
export function watchedReads(read: (keys: Deno.KvKey[]) => Promise<void> | void) {
  return (kv: Deno.Kv): Deno.Kv =>
    delegate(kv, {
      get: async (key: Deno.KvKey) => {
        const entry = await kv.get(key);
        await read([key]);
        return entry;
      },
      getMany: async (keys: Deno.KvKey[]) => {
        const entries = await kv.getMany(keys);
        await read(keys);
        return entries;
      },
    });
}

/** How much a commit may hold (https://docs.deno.com/deploy/kv/transactions/#limits). */
export const COMMIT_LIMITS = { checks: 100, mutations: 1000, bytes: 800 * 1024 };

/** Wraps a database so that it is noted how large commits were at most, as far as that is limited. */
export function measuringKv() {
  const most = { checks: 0, mutations: 0, bytes: 0 };
  const wrap = (kv: Deno.Kv): Deno.Kv =>
    delegate(kv, {
      atomic: () => {
        const size = { checks: 0, mutations: 0, bytes: 0 };
        return watchedAtomic(kv.atomic(), {
          check: (checks) => size.checks += checks.length,
          set: (_, value) => {
            size.mutations++;
            size.bytes += serialize(value).length;
          },
          delete: () => size.mutations++,
          commit: () => {
            for (const name of ["checks", "mutations", "bytes"] as const) {
              most[name] = Math.max(most[name], size[name]);
            }
          },
        });
      },
    });
  return { wrap, most };
}

/**
 * A database as Deno Deploy attaches it: without queues. `asked` is how often somebody asked for one;
 * elsewhere, who listens to one is ended with the whole program when the disk is full.
 */
export function withoutQueues(): { wrapKv: (kv: Deno.Kv) => Deno.Kv; readonly asked: number } {
  let asked = 0;
  const wrapKv = (kv: Deno.Kv) =>
    delegate(kv, {
      enqueue: () => {
        asked++;
        return Promise.reject(new Error("Enqueue operations are not supported in KV Connect"));
      },
      listenQueue: () => {
        asked++;
        return new Promise(() => {});
      },
    });
  return {
    wrapKv,
    get asked() {
      return asked;
    },
  };
}

type SetOptions = { expireIn?: number };

/** A transaction that tells of the keys it writes: before it is committed, and after, if it was. */
export function tellingAtomic(
  operation: Deno.AtomicOperation,
  before: (keys: Deno.KvKey[]) => void,
  after: (keys: Deno.KvKey[]) => void = () => {},
): Deno.AtomicOperation {
  const keys: Deno.KvKey[] = [];
  return watchedAtomic(operation, {
    set: (key) => keys.push(key),
    delete: (key) => keys.push(key),
    commit: () => before(keys),
    committed: () => after(keys),
  });
}

/** A transaction that tells of whatever is put into it, and of its commit. */
function watchedAtomic(operation: Deno.AtomicOperation, watcher: {
  check?: (checks: Deno.AtomicCheck[]) => unknown;
  set?: (key: Deno.KvKey, value: unknown, options?: SetOptions) => unknown;
  delete?: (key: Deno.KvKey) => unknown;
  commit?: () => void;
  committed?: () => void;
  /** Whether nothing expires by itself. */
  keepsForEver?: true;
}): Deno.AtomicOperation {
  const watched: Deno.AtomicOperation = delegate(operation, {
    check: (...checks: Deno.AtomicCheck[]) => {
      watcher.check?.(checks);
      operation.check(...checks);
      return watched;
    },
    set: (key: Deno.KvKey, value: unknown, options?: SetOptions) => {
      watcher.set?.(key, value, options);
      operation.set(key, value, watcher.keepsForEver ? {} : options);
      return watched;
    },
    delete: (key: Deno.KvKey) => {
      watcher.delete?.(key);
      operation.delete(key);
      return watched;
    },
    commit: async () => {
      watcher.commit?.();
      const result = await operation.commit();
      if (result.ok) watcher.committed?.();
      return result;
    },
  });
  return watched;
}

/** An object that does what `target` does, but for what `own` does instead. */
export function delegate<T extends object>(target: T, own: Partial<Record<keyof T, unknown>>): T {
  return new Proxy(target, {
    get(_, name) {
      if (name in own) return own[name as keyof T];
      const value = target[name as keyof T];
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
