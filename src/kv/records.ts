/** Records as they lie in the database: each with the version of its form, read with care. */

/** The form in which this program writes records. */
const VERSION = 1;

/** A record with the version of its form. */
export interface Stored<T> {
  v: number;
  value: T;
}

/** Gives a value the form in which it is written. */
export function toStored<T>(value: T): Stored<T> {
  return { v: VERSION, value };
}

/** Thrown for a record that a newer program wrote: going on would destroy what we do not understand. */
export class NewerRecord extends Error {
  override name = "NewerRecord";
}

/** Takes a record's value out of its form. Throws `NewerRecord` if a newer program wrote it. */
export function fromStored<T>(entry: Deno.KvEntryMaybe<Stored<T>>): T | null {
  if (entry.value === null) return null;
  if (entry.value.v > VERSION) {
    throw new NewerRecord(
      `Cannot read the record ${JSON.stringify(entry.key)}: it has version ${entry.value.v}, ` +
        `this program knows ${VERSION}. Run the newer version again`,
    );
  }
  return entry.value.value;
}
