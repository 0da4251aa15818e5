/** Optional members of an object: written where there is a value, left out where there is none. */

/**
 * The members that have a value, to be spread into an object: `{ word, ...defined({ nearest }) }`.
 * A member that is `undefined` is not there at all afterwards, neither in JSON nor for `in`; `null`,
 * `false`, `0` and `""` are values. All come out as optional members without `undefined`, as
 * `exactOptionalPropertyTypes` wants them.
 */
export function defined<T extends object>(
  members: { [Name in keyof T]?: T[Name] | undefined },
): Partial<T> {
  const there: Partial<T> = {};
  for (const name in members) {
    const value = members[name];
    if (value !== undefined) there[name] = value;
  }
  return there;
}
