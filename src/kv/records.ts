/** Records as they lie in the database: each with the version of its form, read with care. */
import type { Reader } from "../change.ts";
import type { Conversation } from "../conversation.ts";
import type { Place } from "../link.ts";
import type { Membership } from "../team.ts";
import type { Keys } from "./keys.ts";

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

/**
 * Takes a record's value out of its form. Throws if a newer program wrote it: going on would
 * destroy what we do not understand.
 */
export function fromStored<T>(entry: Deno.KvEntryMaybe<Stored<T>>): T | null {
  if (entry.value === null) return null;
  if (entry.value.v > VERSION) {
    throw new Error(
      `Cannot read the record ${JSON.stringify(entry.key)}: it has version ${entry.value.v}, ` +
        `this program knows ${VERSION}. Run the newer version again`,
    );
  }
  return entry.value.value;
}

/** Reads one desk's records and remembers what it read, for the commit that follows. */
export class RecordReader implements Reader {
  readonly #read = new Map<string, Promise<Deno.KvEntryMaybe<Stored<unknown>>>>();
  readonly #entries: Deno.KvEntryMaybe<unknown>[] = [];

  constructor(
    private readonly kv: Deno.Kv,
    private readonly keys: Keys,
    private readonly deskId: number,
    private readonly now: () => number,
  ) {}

  async conversation(customerId: number): Promise<Conversation | null> {
    return await this.#get<Conversation>(this.keys.conversation(this.deskId, customerId));
  }

  async rootOf(customerId: number): Promise<number | null> {
    return await this.#get<number>(this.keys.root(this.deskId, customerId));
  }

  async customerByRoot(messageId: number): Promise<number | null> {
    return await this.#get<number>(this.keys.customerByRoot(this.deskId, messageId));
  }

  async counterpart(place: Place): Promise<Place | null> {
    return await this.#get<Place>(this.keys.link(this.deskId, place));
  }

  async membership(userId: number): Promise<Membership | null> {
    const known = await this.#get<Membership>(this.keys.membership(this.deskId, userId));
    // The database forgets late: an expired key is still readable for up to a minute.
    return known && known.untilMs > this.now() ? known : null;
  }

  async pausedUntilMs(chatId: number): Promise<number> {
    const untilMs = await this.#get<number>(this.keys.pause(chatId)) ?? 0;
    return untilMs > this.now() ? untilMs : 0;
  }

  /** Makes a commit depend on everything that was read. */
  checkIn(commit: Deno.AtomicOperation): Deno.AtomicOperation {
    return commit.check(...this.#entries);
  }

  async #get<T>(key: Deno.KvKey): Promise<T | null> {
    const name = JSON.stringify(key);
    let reading = this.#read.get(name);
    if (!reading) {
      reading = this.kv.get<Stored<unknown>>(key);
      this.#read.set(name, reading);
      this.#entries.push(await reading);
    }
    return fromStored(await reading) as T | null;
  }
}
