/** Reads that go together to a database, and lists; what is known need not be read. */
import { nameOf } from "./key_name.ts";
import { type KnownRecords, LONGEST_LIST, type Reading } from "./known_records.ts";
import type { PassingRecords } from "./passing_records.ts";
import type { Asker, Ways } from "./ways.ts";

/** How many keys one `getMany` may have (https://docs.deno.com/api/deno/~/Deno.Kv.prototype.getMany). */
const MOST_KEYS = 10;

type Entry = Deno.KvEntryMaybe<unknown>;

/** A record that is asked for, and by whom. */
interface Asked {
  key: Deno.KvKey;
  askers: Asker<Entry>[];
}

/** What is asked for and not read yet, by the names of the keys. */
export class Reads {
  readonly #asked = new Map<string, Asked>();

  constructor(
    private readonly kv: Deno.Kv,
    private readonly ways: Ways,
    private readonly known: KnownRecords,
    private readonly passing: PassingRecords,
  ) {}

  get(key: Deno.KvKey): Promise<Entry> {
    const name = nameOf(key);
    const known = this.passing.has(key) ? this.passing.get(key, name) : this.known.get(name);
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      // Once whoever asks in this turn has asked.
      queueMicrotask(() => this.#goOn());
      const asked = this.#asked.get(name) ?? { key, askers: [] };
      asked.askers.push({ resolve, reject });
      this.#asked.set(name, asked);
    });
  }

  #goOn(): void {
    while (this.ways.areFree && this.#asked.size > 0) {
      const next = [...this.#asked.entries().take(MOST_KEYS)];
      for (const [name] of next) this.#asked.delete(name);
      void this.ways.take(this.#read(next.map(([, asked]) => asked))).then(() => this.#goOn());
    }
  }

  /** Reads several at once; if that fails, each by itself. */
  async #read(asked: Asked[]): Promise<void> {
    const keys = asked.map(({ key }) => key);
    const reading = this.known.reading();
    const entries = keys.length > 1
      ? await this.kv.getMany<unknown[]>(keys).catch(() => undefined)
      : undefined;
    if (entries) reading.found(entries);
    await Promise.all(asked.map(async ({ key, askers }, index) => {
      try {
        const entry = entries ? entries[index]! : await this.kv.get(key);
        if (!entries) reading.found([entry]);
        for (const { resolve } of askers) resolve(entry);
      } catch (error) {
        for (const { reject } of askers) reject(error);
      }
    }));
    reading.ended();
  }
}

/** A prefix of fewer parts is no list's: a bot's ID and a kind of records. */
const SHORTEST_PREFIX = 3;

/** Lists what is there, from what is known if that is enough; what is found to be whole is known. */
export function listed(
  kv: Deno.Kv,
  selector: Deno.KvListSelector,
  options: Deno.KvListOptions,
  known: KnownRecords,
): Deno.KvListIterator<unknown> {
  const isOfPrefix = "prefix" in selector && !("start" in selector) && !("end" in selector);
  if (!isOfPrefix || selector.prefix.length < SHORTEST_PREFIX) return kv.list(selector, options);
  const { prefix } = selector;
  const { limit = Infinity, reverse = false } = options;
  let going: Going | undefined;
  const begin = (): Going => {
    const entries = known.list(prefix);
    if (!entries) return watched(kv.list(selector, options), { prefix, limit, known });
    return (reverse ? entries.reverse() : entries).slice(0, limit).values();
  };
  const iterator = {
    cursor: "",
    next: async () => await (going ??= begin()).next(),
    return: async (value: unknown) => await going?.return?.() ?? { done: true, value },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator as unknown as Deno.KvListIterator<unknown>;
}

/** Goes through a list. */
type Going = {
  next(): IteratorResult<Deno.KvEntry<unknown>> | Promise<IteratorResult<Deno.KvEntry<unknown>>>;
  return?(): unknown;
};

/** Goes through a list, and has it known if that was all. */
function watched(
  list: Deno.KvListIterator<unknown>,
  { prefix, limit, known }: { prefix: Deno.KvKey; limit: number; known: KnownRecords },
): Going {
  known.follow(prefix);
  const found: Deno.KvEntry<unknown>[] = [];
  const most = Math.min(limit - 1, LONGEST_LIST);
  let reading: Reading | undefined = known.reading();
  const end = () => {
    reading?.ended();
    reading = undefined;
  };
  return {
    next: async () => {
      try {
        const next = await list.next();
        if (!next.done) found.push(next.value);
        else reading?.listed(prefix, found);
        if (next.done || found.length > most) end();
        return next;
      } catch (error) {
        end();
        throw error;
      }
    },
    return: end,
  };
}
