/**
 * Loaded before the real program (`deno run --preload`): counts what is asked of its database, and
 * writes the counts as a line of JSON whenever it is sent SIGUSR2.
 */
import { serialize } from "node:v8";
import { delegate } from "../support/kv_doubles.ts";
import { READ_UNIT_BYTES, WRITE_UNIT_BYTES } from "./scale.ts";

const counts = { commits: 0, reads: 0, readUnits: 0, writeUnits: 0 };

function countRead({ value }: { value: unknown }): void {
  counts.readUnits += Math.ceil(serialize(value).length / READ_UNIT_BYTES);
}

function countWrite(value: unknown): void {
  counts.writeUnits += Math.ceil(serialize(value).length / WRITE_UNIT_BYTES);
}

function countedAtomic(operation: Deno.AtomicOperation): Deno.AtomicOperation {
  const counted: Deno.AtomicOperation = delegate(operation, {
    check: (...checks: Deno.AtomicCheck[]) => {
      operation.check(...checks);
      return counted;
    },
    set: (key: Deno.KvKey, value: unknown, options?: { expireIn?: number }) => {
      countWrite(value);
      operation.set(key, value, options);
      return counted;
    },
    delete: (key: Deno.KvKey) => {
      countWrite(null);
      operation.delete(key);
      return counted;
    },
    sum: (key: Deno.KvKey, n: bigint) => {
      countWrite(null);
      operation.sum(key, n);
      return counted;
    },
    enqueue: (value: unknown, options?: { delay?: number }) => {
      operation.enqueue(value, options);
      return counted;
    },
    commit: () => {
      counts.commits++;
      return operation.commit();
    },
  });
  return counted;
}

/** A list counts as one read, and by all that comes of it. */
function countedList(list: Deno.KvListIterator<unknown>): Deno.KvListIterator<unknown> {
  counts.reads++;
  counts.readUnits++;
  let bytes = 0;
  let units = 1;
  const next = async () => {
    const result = await list.next();
    if (!result.done) bytes += serialize(result.value.value).length;
    const more = Math.max(units, Math.ceil(bytes / READ_UNIT_BYTES)) - units;
    counts.readUnits += more;
    units += more;
    return result;
  };
  const counted: Deno.KvListIterator<unknown> = delegate(list, {
    next,
    [Symbol.asyncIterator]: () => counted,
  });
  return counted;
}

function countedKv(kv: Deno.Kv): Deno.Kv {
  return delegate(kv, {
    get: async (key: Deno.KvKey, options?: { consistency?: Deno.KvConsistencyLevel }) => {
      counts.reads++;
      const entry = await kv.get(key, options);
      countRead(entry);
      return entry;
    },
    getMany: async (keys: Deno.KvKey[], options?: { consistency?: Deno.KvConsistencyLevel }) => {
      counts.reads++;
      const entries: Deno.KvEntryMaybe<unknown>[] = await kv.getMany(keys, options);
      entries.forEach(countRead);
      return entries;
    },
    list: (selector: Deno.KvListSelector, options?: Deno.KvListOptions) =>
      countedList(kv.list(selector, options)),
    set: (key: Deno.KvKey, value: unknown, options?: { expireIn?: number }) => {
      counts.commits++;
      countWrite(value);
      return kv.set(key, value, options);
    },
    delete: (key: Deno.KvKey) => {
      counts.commits++;
      countWrite(null);
      return kv.delete(key);
    },
    enqueue: (value: unknown, options?: { delay?: number }) => {
      counts.commits++;
      return kv.enqueue(value, options);
    },
    atomic: () => countedAtomic(kv.atomic()),
  });
}

const { openKv } = Deno;
Object.defineProperty(Deno, "openKv", {
  value: async (path?: string) => countedKv(await openKv(path)),
});
Deno.addSignalListener("SIGUSR2", () => console.log(JSON.stringify(counts)));
