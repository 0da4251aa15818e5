/**
 * Records that tell what a process is doing, and end with it: leases. Whoever has a database alone
 * keeps them in memory, where they cost nothing: nobody else could ask for them.
 */
import { endsWithProcess } from "./keys.ts";
import type { ToldPart } from "./told_commit.ts";

type Entry = Deno.KvEntryMaybe<unknown>;

/** The passing records of one process. */
export class PassingRecords {
  readonly #entries = new Map<string, Entry>();
  #lastStamp = 0;

  /** @param isAlone whether nobody else works on the database; else nothing is kept here */
  constructor(private readonly isAlone: boolean) {}

  /** Whether a record of this key lies here. */
  has(key: Deno.KvKey): boolean {
    return this.isAlone && endsWithProcess(key);
  }

  get(key: Deno.KvKey, name: string): Entry {
    return this.#entries.get(name) ?? { key, value: null, versionstamp: null };
  }

  /** Whether they are as is expected of them. */
  meet({ checks }: ToldPart): boolean {
    return checks.every(({ key, name, versionstamp }) =>
      this.get(key, name).versionstamp === versionstamp
    );
  }

  /** The versionstamp of a commit that has nothing to write to the database. */
  newStamp(): string {
    return `here ${++this.#lastStamp}`;
  }

  /** Writes a commit's part of them. */
  write({ writes }: ToldPart, versionstamp: string): void {
    for (const { name, key, deed, value } of writes) {
      if (deed === "delete") this.#entries.delete(name);
      else this.#entries.set(name, { key, value, versionstamp });
    }
  }
}
