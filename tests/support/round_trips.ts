/** A database that notes each time it is asked: every one costs a way there and back. */

/** Wraps a database so that what is asked of it is listed, by what is asked and kinds of records. */
export function roundTrips(): { wrap: (kv: Deno.Kv) => Deno.Kv; asked: string[] } {
  const asked: string[] = [];
  const kindOf = (key: Deno.KvKey) => String(key[1]);
  const wrap = (kv: Deno.Kv) =>
    new Proxy(kv, {
      get(_, name) {
        if (name === "get") {
          return (key: Deno.KvKey) => {
            asked.push(`get ${kindOf(key)}`);
            return kv.get(key);
          };
        }
        if (name === "getMany") {
          return (keys: Deno.KvKey[]) => {
            asked.push(`get ${keys.map(kindOf).toSorted().join(" ")}`);
            return kv.getMany(keys);
          };
        }
        if (name === "list") {
          return (selector: { prefix: Deno.KvKey }, options?: Deno.KvListOptions) => {
            asked.push(`list ${kindOf(selector.prefix)}`);
            return kv.list(selector, options);
          };
        }
        if (name === "atomic") {
          return () => {
            asked.push("commit");
            return kv.atomic();
          };
        }
        const value = kv[name as keyof Deno.Kv] as unknown;
        return typeof value === "function" ? value.bind(kv) : value;
      },
    });
  return { wrap, asked };
}
