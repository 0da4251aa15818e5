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
