/**
 * Puts updates that have to wait at the ends of their lines. Of those that come at the same time many
 * share a commit: what waits at Telegram when the program starts may be thousands.
 */
import type { AnyUpdate, ParkedUpdates, Waiting } from "../jobs/parked.ts";
import type { Keys } from "./keys.ts";
import type { Lifetimes } from "./lifetimes.ts";
import { toStored } from "./records.ts";
import type { Seal } from "./seal.ts";
import type { Transact } from "./transact.ts";

/** What is kept of an update that waits, besides its key: itself, or where its parts lie. */
export interface ParkedRecord {
  updateId: number;
  parkedMs: number;
  sealed?: Uint8Array;
  parts?: Parts;
}

/** A sealed update that is too large for one record. */
interface Parts {
  id: string;
  count: number;
}

/** What becomes of an update that is to wait. */
type Became = Awaited<ReturnType<ParkedUpdates["park"]>>;

/** An update on its way to the end of its line. */
interface Addition {
  updateId: number;
  why: Waiting;
  whole: Pick<ParkedRecord, "sealed" | "parts">;
  resolve: (became: Became) => void;
  reject: (error: unknown) => void;
}

/**
 * How much of a sealed update goes into one record, how many parts or updates into one commit: a value
 * takes 64 KiB, a commit 800 KiB and 100 checks
 * (https://docs.deno.com/deploy/kv/transactions/#limits).
 */
const PART_BYTES = 60_000;
const MOST_PARTS = 10;
const MOST_AT_ONCE = 30;
const MOST_BYTES = 400_000;

/** Writes the lines of one bot. */
export class ParkedWriter {
  #additions: Addition[] = [];
  #isWriting = false;

  constructor(
    private readonly kv: Deno.Kv,
    private readonly options: {
      keys: Keys;
      lifetimes: Lifetimes;
      seal: Seal;
      now: () => number;
      transact: Transact;
    },
  ) {}

  /** Adds an update to its line. Rejects if the database does not take it. */
  async add(update: AnyUpdate, why: Waiting): Promise<Became> {
    const { update_id: updateId } = update;
    const whole = await this.#prepared(await this.options.seal.close(update));
    return await new Promise((resolve, reject) => {
      this.#additions.push({ updateId, why, whole, resolve, reject });
      if (!this.#isWriting) void this.#write();
    });
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    while (this.#additions.length > 0) {
      const together = this.#takeSome();
      try {
        const became = await this.options.transact((commit) => this.#put(commit, together));
        for (const [index, { resolve }] of together.entries()) resolve(became[index]!);
      } catch (error) {
        for (const { reject } of together) reject(error);
      }
    }
    this.#isWriting = false;
  }

  /** As many as one commit takes; of each chat one, since each rests on the one before it. */
  #takeSome(): Addition[] {
    const chats = new Set<number>();
    let bytes = 0;
    const isTaken = ({ why: { chatId }, whole: { sealed } }: Addition) => {
      if (chats.size >= MOST_AT_ONCE || chats.has(chatId) || bytes > MOST_BYTES) return false;
      chats.add(chatId);
      bytes += sealed?.length ?? 0;
      return true;
    };
    const { true: taken = [], false: left = [] } = Object.groupBy(
      this.#additions,
      (each) => `${isTaken(each)}` as const,
    );
    this.#additions = left;
    return taken;
  }

  /**
   * Puts them into a commit, with the marks that they were seen. It rests on what makes them wait, and
   * on the ends of their lines: who plays the last one of a line, or adds another, is seen.
   */
  async #put(commit: Deno.AtomicOperation, together: Addition[]): Promise<Became[]> {
    const { keys } = this.options;
    const known = await this.kv.getMany([keys.deskNames(), keys.desk(), keys.claim()]);
    commit.check(...known);
    const standing = standingIn(known);
    return await Promise.all(together.map(async (each) => {
      const mark = await this.kv.get(keys.seen(each.updateId));
      if (mark.value !== null) return "parked";
      if (each.why.standing !== standing) return "need not wait";
      return await this.#putOne(commit, each, mark);
    }));
  }

  async #putOne(
    commit: Deno.AtomicOperation,
    { updateId, why: { chatId, isBehind, most }, whole }: Addition,
    mark: Deno.KvEntryMaybe<unknown>,
  ): Promise<Became> {
    const { keys, lifetimes, now } = this.options;
    const last = await this.#end(chatId, "last");
    if (isBehind && !last) return "need not wait";
    if (last && most !== Infinity) {
      const first = await this.#end(chatId, "first");
      if (first && numberOf(last) - numberOf(first) >= most - 1) return "too many";
    }
    const key = keys.parked(chatId, last ? numberOf(last) + 1 : 0);
    const record: ParkedRecord = { updateId, parkedMs: now(), ...whole };
    commit.check(mark, { key, versionstamp: null });
    if (last) commit.check(last);
    commit.set(mark.key, toStored(now()), { expireIn: lifetimes.seen });
    commit.set(key, toStored(record), { expireIn: lifetimes.parked });
    return "parked";
  }

  /** Writes what is too large for one record ahead, in parts that nothing leads to yet. */
  async #prepared(sealed: Uint8Array): Promise<Pick<ParkedRecord, "sealed" | "parts">> {
    if (sealed.length <= PART_BYTES) return { sealed };
    const { keys, lifetimes, transact } = this.options;
    const parts: Parts = {
      id: crypto.randomUUID(),
      count: Math.ceil(sealed.length / PART_BYTES),
    };
    const places = partsOf(parts, keys);
    for (let first = 0; first < parts.count; first += MOST_PARTS) {
      await transact((commit) => {
        for (const [index, key] of places.slice(first, first + MOST_PARTS).entries()) {
          const begin = (first + index) * PART_BYTES;
          const part = sealed.slice(begin, begin + PART_BYTES);
          commit.set(key, toStored(part), { expireIn: lifetimes["parked-part"] });
        }
        return Promise.resolve();
      });
    }
    return { parts };
  }

  /** The first or the last of a chat's line, as it lies. */
  async #end(chatId: number, which: "first" | "last"): Promise<Deno.KvEntry<unknown> | undefined> {
    const selector = { prefix: this.options.keys.parkedOf(chatId) };
    const options = { limit: 1, reverse: which === "last" };
    return (await this.kv.list(selector, options).next()).value;
  }
}

/** Where the parts of a large update lie. */
export function partsOf({ id, count }: Parts, keys: Keys): Deno.KvKey[] {
  return Array.from({ length: count }, (_, n) => keys.parkedPart(id, n));
}

/** The standing by what is known of the claim and the desk. */
export function standingIn(known: Deno.KvEntryMaybe<unknown>[]): string {
  return known.map(({ versionstamp }) => versionstamp).join(" ");
}

function numberOf({ key }: Deno.KvEntry<unknown>): number {
  return key.at(-1) as number;
}
