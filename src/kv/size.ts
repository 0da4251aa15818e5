/** How large records are where they are kept. */

/** How much of a record is not its letters and bytes: what kind each value is, and how long. */
const OVERHEAD_BYTES = 10;

/** How many bytes a value takes, or a little more: two for each letter, as those beyond Latin do. */
export function bytesOf(value: unknown): number {
  if (typeof value === "string") return OVERHEAD_BYTES + value.length * 2;
  if (typeof value !== "object" || value === null) return OVERHEAD_BYTES;
  if (ArrayBuffer.isView(value)) return OVERHEAD_BYTES + value.byteLength;
  let bytes = OVERHEAD_BYTES;
  for (const name of Object.keys(value)) {
    bytes += bytesOf(name) + bytesOf((value as Record<string, unknown>)[name]);
  }
  return bytes;
}
