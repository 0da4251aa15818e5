/** A database that notes each time it is asked: every one costs a way there and back. */

/** What was asked of a database, by what is asked and kinds of records. */
export interface RoundTrips {
  wrap: (kv: Deno.Kv) => Deno.Kv;
  /** All of it. */
  asked: string[];
  /** The same by rounds: what is asked in one of them waited for an answer of the one before. */
  rounds: string[][];
  /** Forgets what was asked so far. */
  clear: () => void;
}

/** Wraps a database so that what is asked of it is listed. */
export function roundTrips(): RoundTrips {
  const asked: string[] = [];
  const rounds: string[][] = [];
  let answered = 0;
  const kindOf = (key: Deno.KvKey) => String(key[1]);
  const goes = async <T>(what: string, way: () => Promise<T>): Promise<T> => {
    const round = answered;
    asked.push(what);
    (rounds[round] ??= []).push(what);
    const answer = await way();
    answered = Math.max(answered, round + 1);
    return answer;
  };
  const own: Partial<Record<keyof Deno.Kv, (kv: Deno.Kv) => unknown>> = {
    get: (kv) => (key: Deno.KvKey) => goes(`get ${kindOf(key)}`, () => kv.get(key)),
    getMany: (kv) => (keys: Deno.KvKey[]) =>
      goes(`get ${keys.map(kindOf).toSorted().join(" ")}`, () => kv.getMany(keys)),
    list: (kv) => (selector: { prefix: Deno.KvKey }, options?: Deno.KvListOptions) => {
      const list = kv.list(selector, options);
      const next = list.next.bind(list);
      let isBegun = false;
      // What follows of it came with the first.
      list.next = () => {
        if (isBegun) return next();
        isBegun = true;
        return goes(`list ${kindOf(selector.prefix)}`, next);
      };
      return list;
    },
    atomic: (kv) => () => {
      const operation = kv.atomic();
      const commit = operation.commit.bind(operation);
      operation.commit = () => goes("commit", commit);
      return operation;
    },
  };
  const wrap = (kv: Deno.Kv) =>
    new Proxy(kv, {
      get(_, name) {
        const wrapped = own[name as keyof Deno.Kv];
        if (wrapped) return wrapped(kv);
        const value = kv[name as keyof Deno.Kv] as unknown;
        return typeof value === "function" ? value.bind(kv) : value;
      },
    });
  const clear = () => {
    asked.length = rounds.length = answered = 0;
  };
  return { wrap, asked, rounds, clear };
}
