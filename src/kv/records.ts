/** Records as they lie in the database: each with the version of its form, read with care. */
import { TryAgain } from "../values/try_again.ts";
import { kindOf } from "./keys.ts";

/** The form in which this program writes records, but for kinds whose form has changed since. */
const FORM = 1;
const FORMS: Record<string, number> = { settings: 2 };

/** A record with the version of its form. */
export interface Stored<T> {
  v: number;
  value: T;
}

/** Gives a value the form in which records of its kind are written. */
export function toStored<T>(value: T, kind?: string): Stored<T> {
  return { v: formOf(kind), value };
}

/** Thrown for a record that a newer program wrote: going on would destroy what we do not understand. */
export class NewerRecord extends TryAgain {
  override name = "NewerRecord";
}

/** Takes a record's value out of its form. Throws `NewerRecord` if a newer program wrote it. */
export function fromStored<T>(entry: Deno.KvEntryMaybe<Stored<T>>): T | null {
  if (entry.value === null) return null;
  const form = formOf(kindOf(entry.key));
  if (entry.value.v > form) {
    throw new NewerRecord(
      `Cannot read the record ${JSON.stringify(entry.key)}: it has version ${entry.value.v}, ` +
        `this program knows ${form}. Run the newer version again`,
    );
  }
  return entry.value.value;
}

function formOf(kind = ""): number {
  return FORMS[kind] ?? FORM;
}
