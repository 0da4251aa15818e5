/** Databases that are real but disturbed on the way: they fail, hang, or do not answer. */
import { delegate, tellingAtomic } from "./kv_doubles.ts";

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
