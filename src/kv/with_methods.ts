/** An object in front of another, with some methods of its own. */

// deno-lint-ignore no-explicit-any
export type Method = (...given: any[]) => any;

/** An object that does what `target` does, by methods as `own` makes them of its own. */
export function withMethods<T extends object>(
  target: T,
  own: (name: string) => ((plain: Method) => Method) | undefined,
): T {
  /** What was made of the target's methods, which are asked for again and again. */
  const made = new Map<string | symbol, { of: Method; method: Method }>();
  return new Proxy(target, {
    get(_, name) {
      const of: unknown = target[name as keyof T];
      if (typeof of !== "function") return of;
      const known = made.get(name);
      if (known?.of === of) return known.method;
      const plain = of.bind(target) as Method;
      const method = own(String(name))?.(plain) ?? plain;
      made.set(name, { of: of as Method, method });
      return method;
    },
  });
}
