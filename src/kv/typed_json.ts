/**
 * JSON that keeps every type a record or a key may have
 * (https://docs.deno.com/deploy/kv/#values). What JSON has is written as it is; the rest as an object
 * with one field that starts with `$` and says the type.
 */
import { Buffer } from "node:buffer";

/** Writes a value on one line. Throws for what is no data, a function say. */
export function writeTyped(value: unknown): string {
  return JSON.stringify(toPlain(value));
}

/** Reads what was written. Throws if it is not of this form. */
export function readTyped(json: string): unknown {
  return fromPlain(JSON.parse(json));
}

function toPlain(value: unknown): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0) ? value : { $number: wordOf(value) };
    case "bigint":
      return { $bigint: String(value) };
    case "undefined":
      return { $undefined: true };
  }
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(toPlain);
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64") };
  if (value instanceof Date) return { $date: toPlain(value.getTime()) };
  if (value instanceof Deno.KvU64) return { $u64: String(value.value) };
  if (value instanceof Map) return { $map: [...value].map(toPlain) };
  if (value instanceof Set) return { $set: [...value].map(toPlain) };
  if (!isPlainObject(value)) throw new TypeError(`Cannot write ${nameOf(value)}`);
  const plain = mapFields(value, toPlain);
  return typeOf(plain) === undefined ? plain : { $object: plain };
}

function fromPlain(plain: unknown): unknown {
  if (plain === null || typeof plain !== "object") return plain;
  if (Array.isArray(plain)) return plain.map(fromPlain);
  const type = typeOf(plain);
  if (type === undefined) return mapFields(plain, fromPlain);
  const written = (plain as Record<string, unknown>)[type];
  switch (type) {
    case "$number":
      return Number(written);
    case "$bigint":
      return BigInt(written as string);
    case "$undefined":
      return undefined;
    case "$bytes":
      return new Uint8Array(Buffer.from(written as string, "base64"));
    case "$date":
      return new Date(fromPlain(written) as number);
    case "$u64":
      return new Deno.KvU64(BigInt(written as string));
    case "$map":
      return new Map(fromPlain(written) as [unknown, unknown][]);
    case "$set":
      return new Set(fromPlain(written) as unknown[]);
    case "$object":
      return mapFields(written as object, fromPlain);
    default:
      throw new TypeError(`Cannot read a value of type ${type}`);
  }
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

function wordOf(number: number): string {
  return Object.is(number, -0) ? "-0" : String(number);
}

/** What a value is, such as `[object RegExp]`. */
function nameOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}
