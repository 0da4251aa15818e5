/** Databases that are real but watched or disturbed on the way. */

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
        atomic: () => watchedAtomic(kv.atomic(), note),
        set: (key: Deno.KvKey, value: unknown, options?: { expireIn?: number }) => {
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
        atomic: () => {
          const operation = kv.atomic();
          const watched: Deno.AtomicOperation = delegate(operation, {
            check: (...checks: Deno.AtomicCheck[]) => {
              operation.check(...checks);
              return watched;
            },
            set: (key: Deno.KvKey, value: unknown, options?: { expireIn?: number }) => {
              note(key, options?.expireIn);
              operation.set(key, value);
              return watched;
            },
            delete: (key: Deno.KvKey) => {
              operation.delete(key);
              return watched;
            },
          });
          return watched;
        },
        set: (key: Deno.KvKey, value: unknown, options?: { expireIn?: number }) => {
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
    all.push(Deno.inspect(written, { depth: 20, strAbbreviateSize: 1e6, iterableLimit: 1e4 }));
  return {
    all,
    wrap: (kv) =>
      delegate(kv, {
        atomic: () => {
          const operation = kv.atomic();
          const watched: Deno.AtomicOperation = delegate(operation, {
            check: (...checks: Deno.AtomicCheck[]) => {
              operation.check(...checks);
              return watched;
            },
            set: (key: Deno.KvKey, value: unknown, options?: { expireIn?: number }) => {
              note(key, value);
              operation.set(key, value, options);
              return watched;
            },
            delete: (key: Deno.KvKey) => {
              operation.delete(key);
              return watched;
            },
          });
          return watched;
        },
        set: (key: Deno.KvKey, value: unknown, options?: { expireIn?: number }) => {
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

/** A database as Deno Deploy attaches it: without queues. */
export function withoutQueues(kv: Deno.Kv): Deno.Kv {
  return delegate(kv, {
    enqueue: () => Promise.reject(new Error("Enqueue operations are not supported in KV Connect")),
    listenQueue: () => new Promise(() => {}),
  });
}

function watchedAtomic(
  operation: Deno.AtomicOperation,
  note: (keys: unknown[]) => void,
): Deno.AtomicOperation {
  const keys: unknown[] = [];
  const watched: Deno.AtomicOperation = delegate(operation, {
    check: (...checks: Deno.AtomicCheck[]) => {
      operation.check(...checks);
      return watched;
    },
    set: (key: Deno.KvKey, value: unknown, options?: { expireIn?: number }) => {
      keys.push(key);
      operation.set(key, value, options);
      return watched;
    },
    delete: (key: Deno.KvKey) => {
      keys.push(key);
      operation.delete(key);
      return watched;
    },
    commit: () => {
      note(keys);
      return operation.commit();
    },
  });
  return watched;
}

/** An object that does what `target` does, but for what `own` does instead. */
function delegate<T extends object>(target: T, own: Partial<Record<keyof T, unknown>>): T {
  return new Proxy(target, {
    get(_, name) {
      if (name in own) return own[name as keyof T];
      const value = target[name as keyof T];
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
