/**
 * What is kept of the bot itself: who it is, which desk it serves, who claimed it. It commits nothing
 * itself: what it puts into a commit is checked and committed by the store.
 */
import { WRONG_CODES_MS } from "../desk/claim.ts";
import type { Claim } from "../desk/desk.ts";
import type { Keys } from "./keys.ts";
import type { Lifetimes } from "./lifetimes.ts";
import { fromStored, type Stored, toStored } from "./records.ts";
import type { Transact } from "./transact.ts";

/** A small fact, kept from start to start. */
export type BotFact =
  | "me"
  | "desk"
  | "look"
  | "webhook"
  | "menus"
  | "claim"
  | "checklist"
  | "walk"
  | "guide"
  | "profile"
  | "feedback"
  | "retention";

/** Wrong codes somebody has tried, and until when they count. */
export interface Attempts {
  count: number;
  untilMs: number;
}

/** Keeps what one bot has to know of itself. */
export class BotRecords {
  constructor(
    private readonly kv: Deno.Kv,
    private readonly options: {
      keys: Keys;
      lifetimes: Lifetimes;
      now: () => number;
      transact: Transact;
    },
  ) {}

  /** A fact; `null`: not known. */
  async recall<T>(name: BotFact): Promise<T | null> {
    return fromStored(await this.kv.get<Stored<T>>(this.options.keys[name]()));
  }

  /** Keeps a fact. */
  async remember(name: BotFact, value: unknown): Promise<void> {
    await this.options.transact((commit) => {
      commit.set(this.options.keys[name](), toStored(value));
      return Promise.resolve();
    });
  }

  /** Makes somebody the owner, unless there is one; resolves with who it is. */
  async claimDesk(ownerId: number): Promise<Claim> {
    return await this.options.transact(async (commit) => {
      const entry = await this.kv.get<Stored<Claim>>(this.options.keys.claim());
      const known = fromStored(entry);
      if (known) return known;
      commit.check(entry).set(entry.key, toStored({ ownerId }));
      return { ownerId };
    });
  }

  /** The channel that the owner has shown. */
  async showChannel(channelId: number): Promise<void> {
    await this.options.transact(async (commit) => {
      const entry = await this.kv.get<Stored<Claim>>(this.options.keys.claim());
      const known = fromStored(entry);
      if (known) commit.check(entry).set(entry.key, toStored({ ...known, channelId }));
    });
  }

  /** Counts a wrong code. */
  async countAttempt(userId: number): Promise<void> {
    await this.options.transact(async (commit) => {
      const entry = await this.kv.get<Stored<Attempts>>(this.options.keys.claimAttempts(userId));
      const nowMs = this.options.now();
      const known = fromStored(entry);
      const attempts = known && known.untilMs > nowMs
        ? { ...known, count: known.count + 1 }
        : { count: 1, untilMs: nowMs + WRONG_CODES_MS };
      const expireIn = this.options.lifetimes["claim-attempts"];
      commit.check(entry).set(entry.key, toStored(attempts), { expireIn });
    });
  }

  /** How many wrong codes somebody has tried of late. */
  async attempts(userId: number): Promise<number> {
    const entry = await this.kv.get<Stored<Attempts>>(this.options.keys.claimAttempts(userId));
    const known = fromStored(entry);
    return known && known.untilMs > this.options.now() ? known.count : 0;
  }

  /** How many the creator lets into a desk's group. */
  async countLetIn(deskId: number): Promise<number> {
    let count = 0;
    for await (const _ of this.kv.list({ prefix: this.options.keys.allowedOf(deskId) })) count++;
    return count;
  }
}
