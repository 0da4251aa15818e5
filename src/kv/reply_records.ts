/**
 * Canned replies as they lie in the database. It commits nothing itself: what it puts into a commit
 * is checked and committed by the store.
 */
import { idOf, MAX_REPLIES, type Reply } from "../reply.ts";
import type { ReplyUse } from "../reply_use.ts";
import type { Added, ReplyShelf, Shelved, Versions } from "../replies.ts";
import type { Keys } from "./keys.ts";
import type { Lifetimes } from "./lifetimes.ts";
import { fromStored, type Stored, toStored } from "./records.ts";

/** How many replies of a file go into one commit, which takes 800 KiB. */
const BATCH = 10;

/** Commits what is put into the commit; asks again if what was checked has changed. */
export type Transact = <T>(write: (commit: Deno.AtomicOperation) => Promise<T>) => Promise<T>;

/** Keeps the canned replies of one bot's desks. */
export class ReplyRecords implements ReplyShelf {
  constructor(
    private readonly kv: Deno.Kv,
    private readonly options: {
      keys: Keys;
      lifetimes: Lifetimes;
      now: () => number;
      transact: Transact;
    },
  ) {}

  async versions(deskId: number): Promise<Versions> {
    const { keys } = this.options;
    const [replies, uses] = await this.kv.getMany([keys.replies(deskId), keys.replyUses(deskId)]);
    return { replies: replies!.versionstamp ?? "", uses: uses!.versionstamp ?? "" };
  }

  async list(deskId: number): Promise<Shelved[]> {
    const found: Shelved[] = [];
    const selector = { prefix: this.options.keys.repliesOf(deskId) };
    for await (const entry of this.kv.list<Stored<Reply>>(selector, { batchSize: 500 })) {
      const { key, versionstamp } = entry;
      found.push({ id: String(key.at(-1)), version: versionstamp, reply: fromStored(entry)! });
    }
    return found;
  }

  async uses(deskId: number): Promise<Map<string, ReplyUse>> {
    const found = new Map<string, ReplyUse>();
    const selector = { prefix: this.options.keys.replyUsesOf(deskId) };
    for await (const entry of this.kv.list<Stored<ReplyUse>>(selector, { batchSize: 500 })) {
      found.set(String(entry.key.at(-1)), fromStored(entry)!);
    }
    return found;
  }

  async get(deskId: number, id: string): Promise<Reply | null> {
    return fromStored(await this.kv.get<Stored<Reply>>(this.options.keys.reply(deskId, id)));
  }

  async add(deskId: number, reply: Reply, { replaces }: { replaces: boolean }): Promise<Added> {
    return await this.options.transact(async (commit): Promise<Added> => {
      const key = this.options.keys.reply(deskId, idOf(reply.title));
      const entry = await this.kv.get<Stored<Reply>>(key);
      const known = fromStored(entry);
      if (known && isSame(known, reply)) return "unchanged";
      if (known && !replaces) return "exists";
      const isCounted = await this.#count(commit, deskId, known ? 0 : 1);
      if (!isCounted) return "full";
      commit.check(entry).set(key, toStored(reply));
      return known ? "replaced" : "added";
    });
  }

  async remove(deskId: number, id: string): Promise<Reply | null> {
    return await this.options.transact(async (commit) => {
      const { keys } = this.options;
      const entry = await this.kv.get<Stored<Reply>>(keys.reply(deskId, id));
      const known = fromStored(entry);
      if (!known) return null;
      await this.#count(commit, deskId, -1);
      commit.check(entry).delete(entry.key).delete(keys.replyUse(deskId, id));
      return known;
    });
  }

  async rename(deskId: number, id: string, title: string): Promise<"renamed" | "gone" | "taken"> {
    return await this.options.transact(async (commit) => {
      const { keys } = this.options;
      const newId = idOf(title);
      const [entry, use, taken] = await Promise.all([
        this.kv.get<Stored<Reply>>(keys.reply(deskId, id)),
        this.kv.get<Stored<ReplyUse>>(keys.replyUse(deskId, id)),
        this.kv.get<Stored<Reply>>(keys.reply(deskId, newId)),
      ]);
      const known = fromStored(entry);
      if (!known) return "gone";
      if (taken.value && newId !== id) return "taken";
      await this.#count(commit, deskId, 0);
      commit.check(entry, use, taken).delete(entry.key).delete(use.key);
      commit.set(taken.key, toStored({ ...known, title }));
      if (use.value) commit.set(keys.replyUse(deskId, newId), use.value);
      commit.set(keys.replyUses(deskId), toStored(this.options.now()));
      return "renamed";
    });
  }

  async import(
    deskId: number,
    replies: Reply[],
  ): Promise<{ added: number; updated: number } | "full"> {
    const known = new Set((await this.list(deskId)).map(({ id }) => id));
    const fresh = replies.filter(({ title }) => !known.has(idOf(title)));
    if (known.size + fresh.length > MAX_REPLIES) return "full";
    let added = 0, updated = 0;
    for (let start = 0; start < replies.length; start += BATCH) {
      const batch = replies.slice(start, start + BATCH);
      const counts = await this.options.transact(async (commit) => {
        const keys = batch.map(({ title }) => this.options.keys.reply(deskId, idOf(title)));
        const entries = await this.kv.getMany<Stored<Reply>[]>(keys);
        const isNew = entries.map(({ value }) => value === null);
        const changed = batch.map((reply, at) =>
          entries[at]!.value === null || !isSame(fromStored(entries[at]!)!, reply)
        );
        const more = isNew.filter(Boolean).length;
        if (changed.includes(true)) await this.#count(commit, deskId, more);
        for (const [at, reply] of batch.entries()) {
          if (changed[at]) commit.check(entries[at]!).set(keys[at]!, toStored(reply));
        }
        return { added: more, updated: changed.filter(Boolean).length - more };
      });
      added += counts.added;
      updated += counts.updated;
    }
    return { added, updated };
  }

  async keepDraft(deskId: number, reply: Reply): Promise<string> {
    const draftId = crypto.randomUUID().replaceAll("-", "");
    await this.options.transact((commit) => {
      const key = this.options.keys.replyDraft(deskId, draftId);
      commit.set(key, toStored(reply), { expireIn: this.options.lifetimes["reply-draft"] });
      return Promise.resolve();
    });
    return draftId;
  }

  async draft(deskId: number, draftId: string): Promise<Reply | null> {
    const key = this.options.keys.replyDraft(deskId, draftId);
    return fromStored(await this.kv.get<Stored<Reply>>(key));
  }

  /** Counts replies in the record that every change writes; `false`: there would be too many. */
  async #count(commit: Deno.AtomicOperation, deskId: number, more: number): Promise<boolean> {
    const entry = await this.kv.get<Stored<number>>(this.options.keys.replies(deskId));
    const count = (fromStored(entry) ?? 0) + more;
    if (more > 0 && count > MAX_REPLIES) return false;
    commit.check(entry).set(entry.key, toStored(count));
    return true;
  }
}

function isSame(a: Reply, b: Reply): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
