/**
 * How a record is told to whom it is of: field by field, so that the compiler names a field of which
 * nobody has said yet what the person learns of it.
 */

/** Not told: what the field holds says nothing of the person. */
export const NOTHING_OF_THEIRS = "nothing of theirs";
/** Not told here: it stands with another field, or in another part of the file. */
export const TOLD_ELSEWHERE = "told elsewhere";

/** How each field of a record is told: as which entries of the file. The value may be absent. */
export type Telling<T> = {
  readonly [Field in keyof T]-?:
    | typeof NOTHING_OF_THEIRS
    | typeof TOLD_ELSEWHERE
    | ((value: T[Field] | undefined, record: Partial<T>) => Record<string, unknown>);
};

/** Tells a record, in the order of the telling; without one, each field is absent. */
export function tell<T extends object>(
  record: T | null | undefined,
  telling: Telling<T>,
): Record<string, unknown> {
  const known: Partial<T> = record ?? {};
  const told: Record<string, unknown> = {};
  for (const field of Object.keys(telling) as (keyof T)[]) {
    const say = telling[field];
    if (typeof say === "function") Object.assign(told, say(known[field], known));
  }
  return told;
}
