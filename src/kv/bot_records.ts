/**
 * What is kept of the bot itself: who it is, which desks it serves, who claimed it. It commits nothing
 * itself: what it puts into a commit is checked and committed by the store.
 */
import { WRONG_CODES_MS } from "../desk/claim.ts";
import type { ChannelName } from "../config.ts";
import { channelsOf, type Claim, type Desk } from "../desk/desk.ts";
import { deskOfChannel, type NamedDesk, withDeskNamed } from "../desk/names.ts";
import type { Keys } from "./keys.ts";
import type { Lifetimes } from "./lifetimes.ts";
import { fromStored, type Stored, toStored } from "./records.ts";
import type { Transact } from "./transact.ts";

/** A small fact, kept from start to start. */
export type BotFact =
  | "me"
  | "webhook"
  | "menus"
  | "claim"
  | "guide"
  | "profile"
  | "feedback"
  | "retention";

/** A small fact about one of the bot's desks. */
export type DeskFact = "desk" | "look" | "checklist" | "walk" | "trouble";

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

  /** A fact about the desk of a channel; without one, of the one desk of a bot that has no more. */
  async recallOf<T>(name: DeskFact, channel?: ChannelName): Promise<T | null> {
    return fromStored(await this.kv.get<Stored<T>>(this.options.keys[name](channel)));
  }

  /** Keeps a fact about the desk of a channel. */
  async rememberOf(
    name: DeskFact,
    channel: ChannelName | undefined,
    value: unknown,
  ): Promise<void> {
    await this.options.transact((commit) => {
      commit.set(this.options.keys[name](channel), toStored(value));
      return Promise.resolve();
    });
  }

  /** Changes a fact about the desk of a channel. */
  async changeOf<T>(
    name: DeskFact,
    channel: ChannelName | undefined,
    decide: (known: T | null) => T,
  ): Promise<void> {
    await this.options.transact(async (commit) => {
      const entry = await this.kv.get<Stored<T>>(this.options.keys[name](channel));
      commit.check(entry).set(entry.key, toStored(decide(fromStored(entry))));
    });
  }

  /** What the desks are called. */
  async deskNames(): Promise<readonly NamedDesk[]> {
    return fromStored(await this.#deskNames()) ?? [];
  }

  /**
   * Keeps the desk of a channel, which is given a name if it has none yet. One that has just left the
   * channel has taken its name along: no other is there then, unless the owner says so.
   */
  async keepDesk(channel: ChannelName, kept: { desk: Desk }): Promise<void> {
    const { keys, transact } = this.options;
    await transact(async (commit) => {
      const known = await this.kv.get(keys.desk(channel));
      const entry = await this.#deskNames();
      const names = fromStored(entry) ?? [];
      const { channelId } = kept.desk;
      const claim = await this.kv.get<Stored<Claim>>(keys.claim());
      const shown = fromStored(claim);
      const isThere = deskOfChannel(names, channelId) === null ||
        (shown !== null && channelsOf(shown).includes(channelId));
      const named = isThere ? withDeskNamed(names, kept.desk) : names;
      if (named !== names) commit.check(claim);
      commit.set(known.key, toStored(kept));
      // Whoever waits for a desk rests on this record.
      const isNew = known.versionstamp === null;
      if (named !== names || isNew) commit.check(entry).set(entry.key, toStored(named));
    });
  }

  /** Changes what the desks are called; resolves with what `decide` makes of it. */
  async nameDesks<Named extends readonly NamedDesk[] | string>(
    decide: (names: readonly NamedDesk[]) => Named,
  ): Promise<Named> {
    return await this.options.transact(async (commit) => {
      const entry = await this.#deskNames();
      const names = fromStored(entry) ?? [];
      const named = decide(names);
      if (typeof named !== "string" && named !== names) {
        commit.check(entry).set(entry.key, toStored(named));
      }
      return named;
    });
  }

  /** Changes what the owner has shown, and what the desks are called with it. */
  async changeClaim(
    decide: (
      claim: Claim,
      names: readonly NamedDesk[],
    ) => { claim: Claim; names?: readonly NamedDesk[] },
  ): Promise<void> {
    await this.options.transact(async (commit) => {
      const entry = await this.kv.get<Stored<Claim>>(this.options.keys.claim());
      const known = fromStored(entry);
      if (!known) return;
      const namesEntry = await this.#deskNames();
      const { claim, names } = decide(known, fromStored(namesEntry) ?? []);
      commit.check(entry).set(entry.key, toStored(claim));
      if (names) commit.check(namesEntry).set(namesEntry.key, toStored(names));
    });
  }

  async #deskNames(): Promise<Deno.KvEntryMaybe<Stored<readonly NamedDesk[]>>> {
    return await this.kv.get(this.options.keys.deskNames());
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
