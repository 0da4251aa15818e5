/** Databases that are real but watched or disturbed on the way. */
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
 * Wraps a database so that, once it was asked to, it writes the next commit in whose keys `isLost`
 * finds what it looks for, but does not answer.
 */
export function unansweringKv(isLost: (keys: string) => boolean): {
  wrap: (kv: Deno.Kv) => Deno.Kv;
  losesNext: () => void;
} {
  let isLosing = false;
  return {
    losesNext: () => isLosing = true,
    wrap: (kv) =>
      delegate(kv, {
        atomic: () =>
          tellingAtomic(kv.atomic(), () => {}, (keys) => {
            if (!isLosing || !isLost(JSON.stringify(keys))) return;
            isLosing = false;
            throw new Error("the database does not answer");
          }),
      }),
  };
}

/**
 * Wraps a database so that, once it was asked to, it tells of the next list that `isMeant` finds only
 * when something else has happened.
 */
export function interruptingKv(isMeant: (read: string) => boolean): {
  wrap: (kv: Deno.Kv) => Deno.Kv;
  interruptsNext: (by: () => Promise<void>) => void;
} {
  let interruption: (() => Promise<void>) | undefined;
  return {
    interruptsNext: (by) => interruption = by,
    wrap: (kv) =>
      delegate(kv, {
        list: (selector: Deno.KvListSelector, options?: Deno.KvListOptions) => {
          const all = kv.list(selector, options);
          if (!interruption || !isMeant(JSON.stringify([selector, options]))) return all;
          const by = interruption;
          interruption = undefined;
          const next = async () => {
            const read = await all.next();
            await by();
            return read;
          };
          const listed = { next, [Symbol.asyncIterator]: () => listed };
          return listed;
        },
      }),
  };
}

/**
 * Wraps a database so that, while `isFailing`, it fails at whatever is written, or at whatever is
 * read, with the given error.
 */
export function failingKv(error: () => Error, deed: "reading" | "writing" = "writing") {
  const failing = {
    isFailing: false,
    failures: 0,
    wrap: (kv: Deno.Kv): Deno.Kv => {
      const fails = (isOf: boolean) => {
        if (!failing.isFailing || !isOf) return;
        failing.failures++;
        throw error();
      };
      const read = <T>(work: () => Promise<T>) => async () => {
        fails(deed === "reading");
        return await work();
      };
      return delegate(kv, {
        get: (key: Deno.KvKey) => read(() => kv.get(key))(),
        getMany: (keys: Deno.KvKey[]) => read(() => kv.getMany(keys))(),
        list: (...given: Parameters<Deno.Kv["list"]>) => {
          const all = kv.list(...given);
          const listed = { next: read(() => all.next()), [Symbol.asyncIterator]: () => listed };
          return listed;
        },
        atomic: () => tellingAtomic(kv.atomic(), () => fails(deed === "writing")),
      });
    },
  };
  return failing;
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

/** Wraps a database so that whoever lists records of one kind waits for `before` at each of them. */
export function slowlyListingKv(kind: string, before: () => Promise<void>) {
  return (kv: Deno.Kv): Deno.Kv =>
    delegate(kv, {
      list: (selector: Deno.KvListSelector, options?: Deno.KvListOptions) => {
        const all = kv.list(selector, options);
        if (!("prefix" in selector) || selector.prefix[1] !== kind) return all;
        return (async function* () {
          await before();
          for await (const entry of all) {
            yield entry;
            await before();
          }
        })();
      },
    });
}

/** Wraps a database so that while `isHanging` nothing that is asked of it is ever answered. */
export function hangingKv(): { wrap: (kv: Deno.Kv) => Deno.Kv; isHanging: boolean } {
  const never = () => new Promise(() => {});
  const hanging = {
    isHanging: false,
    wrap: (kv: Deno.Kv) => {
      const unless = <Name extends "get" | "getMany" | "set" | "delete">(name: Name) => ({
        [name]: (...given: unknown[]) =>
          hanging.isHanging ? never() : (kv[name] as (...given: unknown[]) => unknown)(...given),
      });
      return delegate(kv, {
        ...unless("get"),
        ...unless("getMany"),
        ...unless("set"),
        ...unless("delete"),
        list: (...given: Parameters<Deno.Kv["list"]>) => {
          const entries = kv.list(...given);
          const next = () => hanging.isHanging ? never() : entries.next();
          return { next, [Symbol.asyncIterator]: () => ({ next }) };
        },
      });
    },
  };
  return hanging;
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
function tellingAtomic(
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
