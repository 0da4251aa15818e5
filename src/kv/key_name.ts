/** A key's name, by which records are found in memory. */

/** A key's name: ours are of words and numbers. */
export function nameOf(key: Deno.KvKey): string {
  return JSON.stringify(key);
}
