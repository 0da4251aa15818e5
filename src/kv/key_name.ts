/** A key's name, by which records are found in memory. */

let lastKey: Deno.KvKey | undefined;
let lastName = "";

/** A key's name: ours are of words and numbers. Who asks for a record names its key twice in a row. */
export function nameOf(key: Deno.KvKey): string {
  if (key === lastKey) return lastName;
  lastKey = key;
  return lastName = JSON.stringify(key);
}
