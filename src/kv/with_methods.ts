/** An object in front of another, with some methods of its own. */

// deno-lint-ignore no-explicit-any
export type Method = (...given: any[]) => any;

/** An object that does what `target` does, by methods as `own` makes them of its own. */
export function withMethods<T extends object>(
  target: T,
  own: (name: string) => ((plain: Method) => Method) | undefined,
): T {
  return new Proxy(target, {
    get(_, name) {
      const method: unknown = target[name as keyof T];
      if (typeof method !== "function") return method;
      const plain = method.bind(target) as Method;
      return own(String(name))?.(plain) ?? plain;
    },
  });
}
