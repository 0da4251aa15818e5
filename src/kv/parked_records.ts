/**
 * Updates that were accepted before it could be said what follows from them: each chat's in the order
 * in which they came, sealed, until they are played. It commits nothing itself: what it puts into a
 * commit is checked and committed by the store.
 */
import type { AnyUpdate, Parked, ParkedUpdates, Waiting } from "../jobs/parked.ts";
import type { Keys } from "./keys.ts";
import type { Lifetimes } from "./lifetimes.ts";
import { type ParkedRecord, ParkedWriter, partsOf, standingIn } from "./parked_writer.ts";
import { fromStored, type Stored } from "./records.ts";
import { opened, type Seal } from "./seal.ts";
import type { Transact } from "./transact.ts";
import { defined } from "../values/defined.ts";

/** Keeps what one bot has yet to play. */
export class ParkedRecords implements ParkedUpdates {
  readonly #writer: ParkedWriter;

  constructor(
    private readonly kv: Deno.Kv,
    private readonly options: {
      keys: Keys;
      lifetimes: Lifetimes;
      seal: Seal;
      now: () => number;
      transact: Transact;
    },
  ) {
    this.#writer = new ParkedWriter(kv, options);
  }

  async standing(): Promise<string> {
    const { keys } = this.options;
    return standingIn(await this.kv.getMany([keys.deskNames(), keys.desk(), keys.claim()]));
  }

  async park(update: AnyUpdate, why: Waiting): ReturnType<ParkedUpdates["park"]> {
    return await this.#writer.add(update, why);
  }

  async isWaiting(chatId: number): Promise<boolean> {
    return await this.#first(chatId) !== undefined;
  }

  async *chats(): AsyncGenerator<number> {
    const prefix = this.options.keys.allParked();
    let start: Deno.KvKey | undefined;
    while (true) {
      const list = this.kv.list(start ? { prefix, start } : { prefix }, { limit: 1 });
      const { value: entry } = await list.next();
      if (!entry) return;
      const chatId = entry.key[2] as number;
      yield chatId;
      // The byte after every update of this chat: they are numbered.
      start = [...this.options.keys.parkedOf(chatId), Infinity];
    }
  }

  async next(chatId: number): Promise<Parked | null> {
    const entry = await this.#first(chatId);
    if (!entry) return null;
    const { updateId, parkedMs, sealed, parts } = fromStored(entry)!;
    const places = parts ? partsOf(parts, this.options.keys) : [];
    const whole = sealed ?? await this.#joined(places);
    const open = whole && await opened(whole, this.options.seal);
    const update = open && "value" in open ? open.value as AnyUpdate : null;
    const { key, versionstamp } = entry;
    return { chatId, updateId, update, parkedMs, records: [key, ...places], versionstamp };
  }

  /** Takes an update off its chat's line, in a commit that fails if somebody else has. */
  take(commit: Deno.AtomicOperation, { records, versionstamp }: Parked): void {
    const keys = records as Deno.KvKey[];
    commit.check({ key: keys[0]!, versionstamp });
    for (const key of keys) commit.delete(key);
  }

  /** Whether somebody else has taken an update off its chat's line. */
  async isTaken({ records: [key], versionstamp }: Parked): Promise<boolean> {
    return (await this.kv.get(key as Deno.KvKey)).versionstamp !== versionstamp;
  }

  async forget(parked: Parked): Promise<void> {
    await this.options.transact(async (commit) => {
      if (!await this.isTaken(parked)) this.take(commit, parked);
    });
  }

  async forgetAllOf(chatId: number): Promise<number> {
    let count = 0;
    for (let each = await this.next(chatId); each; each = await this.next(chatId)) {
      await this.forget(each);
      count++;
    }
    return count;
  }

  /** How much waits, and since when; counted up to `most`. */
  async counts(most: number): Promise<{ waiting: number; oldestMs?: number }> {
    let waiting = 0, oldestMs = Infinity;
    const selector = { prefix: this.options.keys.allParked() };
    const options = { limit: most, batchSize: 500 };
    for await (const entry of this.kv.list<Stored<ParkedRecord>>(selector, options)) {
      waiting++;
      oldestMs = Math.min(oldestMs, entry.value.value.parkedMs);
    }
    return { waiting, ...defined({ oldestMs: waiting > 0 ? oldestMs : undefined }) };
  }

  async #joined(places: Deno.KvKey[]): Promise<Uint8Array | null> {
    const parts: Uint8Array[] = [];
    for (const key of places) {
      const part = fromStored(await this.kv.get<Stored<Uint8Array>>(key));
      if (!part) return null;
      parts.push(part);
    }
    return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
  }

  async #first(chatId: number): Promise<Deno.KvEntry<Stored<ParkedRecord>> | undefined> {
    const selector = { prefix: this.options.keys.parkedOf(chatId) };
    const list = this.kv.list<Stored<ParkedRecord>>(selector, { limit: 1 });
    return (await list.next()).value;
  }
}
