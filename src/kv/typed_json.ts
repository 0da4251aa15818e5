/**
 * JSON that keeps the bytes which a record may hold beside what JSON has: what is sealed. They are
 * written as an object with one field, `$bytes`.
 */
import { Buffer } from "node:buffer";

const BYTES = "$bytes";

/**
 * Writes a value on one line; fields without a value are left out. Throws for what would not come
 * back as it was: a date, say.
 */
export function writeTyped(value: unknown): string {
  return JSON.stringify(toPlain(value));
}

/** Reads what was written. Throws if it is not of this form. */
export function readTyped(json: string): unknown {
  return fromPlain(JSON.parse(json));
}

function toPlain(value: unknown): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  if (Array.isArray(value)) return value.map(toPlain);
  if (value instanceof Uint8Array) return { [BYTES]: Buffer.from(value).toString("base64") };
  if (!isPlainObject(value)) throw new TypeError(`Cannot write ${nameOf(value)}`);
  const type = typeOf(value);
  if (type !== undefined) {
    throw new TypeError(`Cannot write an object that says its type is ${type}`);
  }
  return mapFields(value, (field) => field === undefined ? undefined : toPlain(field));
}

function fromPlain(plain: unknown): unknown {
  if (plain === null || typeof plain !== "object") return plain;
  if (Array.isArray(plain)) return plain.map(fromPlain);
  const type = typeOf(plain);
  if (type === undefined) return mapFields(plain, fromPlain);
  if (type !== BYTES) throw new TypeError(`Cannot read a value of type ${type}`);
  return new Uint8Array(Buffer.from((plain as { [BYTES]: string })[BYTES], "base64"));
}

/** The type an object stands for; `undefined` if it is an ordinary one. */
function typeOf(plain: object): string | undefined {
  const [name, ...others] = Object.keys(plain);
  return name?.startsWith("$") && others.length === 0 ? name : undefined;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;
}

function mapFields(object: object, map: (value: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
}

/** What a value is, such as `[object Date]`; never what it holds. */
function nameOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}
