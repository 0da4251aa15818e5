/**
 * Shapes of JSON: each tells where a value is not what it should be. Only what is relied on is
 * looked at, so that a field which Telegram adds tomorrow is no news.
 */

/** `null`: the value fits. Else where in it something does not, as a path; `""`: the value itself. */
export type Shape = (value: unknown) => string | null;

/** A record of JSON. */
export type Fields = Record<string, unknown>;

/** The greatest ID of a person or chat: 52 significant bits (Bot API, User.id and Chat.id). */
const MAX_ID = 2 ** 52;
/** Message and update IDs, and Unix times, are whole numbers of 32 bits. */
const MAX_INT32 = 2 ** 31 - 1;
const MAX_TIME_S = 2 ** 32 - 1;

/** A value for which `isFit` holds. */
function value(isFit: (value: unknown) => boolean): Shape {
  return (value) => isFit(value) ? null : "";
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

/** Any text. */
export const text = value((value) => typeof value === "string");
/** A name that somebody, or a chat, has: Telegram's are shorter than a hundred characters. */
export const name = value((value) => typeof value === "string" && value.length <= 1000);
/** Yes or no. */
export const flag = value((value) => typeof value === "boolean");
/** `true`, the answer of a call that has nothing to tell. */
export const done = value((value) => value === true);
/** The ID of a person, which their private chat has as well (Bot API, Chat.id). */
export const userId = value((value) => isWhole(value, 1, MAX_ID));
/** The ID of a group or channel. */
export const groupId = value((value) => isWhole(value, -MAX_ID, -1));
/** The ID of a message; 0 where there is none. */
export const messageId = value((value) => isWhole(value, 0, MAX_INT32));
/** A number of things, or a position. */
export const count = value((value) => isWhole(value, 0, Number.MAX_SAFE_INTEGER));
/** A whole number of 32 bits, of either sign. */
export const whole = value((value) => isWhole(value, -MAX_INT32 - 1, MAX_INT32));
/** Seconds since 1970. */
export const time = value((value) => isWhole(value, 0, MAX_TIME_S));
/** A number with decimals. */
export const decimal = value((value) => Number.isFinite(value));
/** A list of anything. */
export const anyList = value(Array.isArray);
/** Anything, as long as it is there. */
export const present = value((value) => value !== undefined && value !== null);

/** Whether a value is a record: neither a list nor `null`. */
export function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A record with these fields; others are not looked at. */
export function record(needed: Record<string, Shape>, optional: Record<string, Shape> = {}): Shape {
  const must = Object.entries(needed);
  const may = Object.entries(optional);
  return (value) => {
    if (!isRecord(value)) return "";
    for (const [field, shape] of must) {
      const misfit = shape(value[field]);
      if (misfit !== null) return join(field, misfit);
    }
    for (const [field, shape] of may) {
      const given = value[field];
      if (given === undefined) continue;
      const misfit = shape(given);
      if (misfit !== null) return join(field, misfit);
    }
    return null;
  };
}

/** A list of such values. */
export function list(shape: Shape): Shape {
  return (value) => {
    if (!Array.isArray(value)) return "";
    for (const each of value) {
      const misfit = shape(each);
      if (misfit !== null) return join("[]", misfit);
    }
    return null;
  };
}

/** One or the other: told by the first if neither fits. */
export function either(one: Shape, other: Shape): Shape {
  return (value) => {
    const misfit = one(value);
    return misfit === null || other(value) === null ? null : misfit;
  };
}

/** All of these. */
export function both(one: Shape, other: Shape): Shape {
  return (value) => one(value) ?? other(value);
}

/** A record whose field `by` says which further shape it has; one of an unknown kind fits. */
export function kinds(by: string, shapes: Record<string, Shape>): Shape {
  const known = new Map(Object.entries(shapes));
  const basis = record({ [by]: text });
  return (value) => {
    const misfit = basis(value);
    if (misfit !== null) return misfit;
    return known.get((value as Fields)[by] as string)?.(value) ?? null;
  };
}

/** A value that is nested no deeper than this. */
export function shallow(depth: number): Shape {
  return (value) => isShallow(value, depth) ? null : "";
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (depth === 0) return false;
  for (const each of Object.values(value)) if (!isShallow(each, depth - 1)) return false;
  return true;
}

function join(field: string, rest: string): string {
  return rest === "" ? field : `${field}.${rest}`;
}
