/** A database that takes its time, as one does that is far away or has much to do. */
import { delegate } from "./kv_doubles.ts";

/** Waits for a few turns, or for none. */
export async function moment(random: () => number): Promise<void> {
  for (let turns = Math.floor(random() * 4); turns > 0; turns--) {
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/**
 * A database whose answers come late, and of whose commits some fail, written or not; what is read of
 * it is put into `reads`.
 */
export function lateKv(kv: Deno.Kv, random: () => number, reads: string[] = []): Deno.Kv {
  return delegate(kv, {
    get: async (key: Deno.KvKey) => {
      reads.push(key.join("/"));
      const entry = await kv.get(key);
      await moment(random);
      return entry;
    },
    getMany: async (keys: Deno.KvKey[]) => {
      reads.push(keys.map((key) => key.join("/")).join(" "));
      const entries = await kv.getMany(keys);
      await moment(random);
      return entries;
    },
    list: (selector: Deno.KvListSelector & { prefix: Deno.KvKey }, options: Deno.KvListOptions) => {
      reads.push(`${selector.prefix.join("/")}/*`);
      return (async function* () {
        const all = await Array.fromAsync(kv.list(selector, options));
        await moment(random);
        yield* all;
      })();
    },
    atomic: () => {
      const operation = kv.atomic();
      const late: Deno.AtomicOperation = delegate(operation, {
        check: (...given: Deno.AtomicCheck[]) => (operation.check(...given), late),
        set: (key: Deno.KvKey, value: unknown) => (operation.set(key, value), late),
        delete: (key: Deno.KvKey) => (operation.delete(key), late),
        commit: async () => {
          await moment(random);
          if (random() > 0.95) throw new TypeError("database is locked");
          const result = await operation.commit();
          await moment(random);
          if (random() > 0.95) throw new Error("the database does not answer");
          return result;
        },
      });
      return late;
    },
  });
}
