/**
 * Canned replies as they lie in the database. It commits nothing itself: what it puts into a commit
 * is checked and committed by the store.
 */
import { idOf, MAX_REPLIES, type Reply, type ReplyContent } from "../replies/reply.ts";
import type { AddResult, ReplyShelf, ShelfChanges, ShelfMark, Shelved } from "../replies/shelf.ts";
import type { ReplyUse } from "../replies/use.ts";
import type { Keys } from "./keys.ts";
import type { Lifetimes } from "./lifetimes.ts";
import { fromStored, type Stored, toStored } from "./records.ts";
import { MINUTE_MS } from "../time/duration.ts";
import { defined } from "../values/defined.ts";
import type { Transact } from "./transact.ts";

/** How many replies of a file go into one commit, which takes 800 KiB. */
const REPLIES_A_COMMIT = 10;
/** How many changes are named one by one; after more, everything is read again. */
const NAMED_CHANGES = 50;
/** How far the clocks of two instances may differ, and a commit may take, before a use is missed. */
const USE_LAG_MS = MINUTE_MS;
/** Replies read at once, each with its use: ten keys. */
const REPLIES_READ_AT_ONCE = 5;

/** The changes to a desk's replies. Each commit checks it, so none is missing. */
interface Journal {
  /** How many there have ever been. */
  total: number;
  /** The replies that were changed last, the latest at the end. */
  ids: string[];
}

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

  async changes(deskId: number, since?: ShelfMark): Promise<ShelfChanges> {
    const { keys, now } = this.options;
    const atMs = now();
    const [journal, uses] = await this.kv.getMany<[Stored<Journal>, unknown]>([
      keys.replyChanges(deskId),
      keys.replyUses(deskId),
    ]);
    const { total, ids } = fromStored(journal) ?? { total: 0, ids: [] };
    const mark: ShelfMark = {
      replies: { version: journal.versionstamp ?? "", total },
      uses: { version: uses.versionstamp ?? "" },
      atMs,
    };
    if (!since) return { mark, ids: null };
    const changed = new Set<string>();
    if (mark.replies.version !== since.replies.version) {
      const count = total - since.replies.total;
      if (count <= 0 || count > ids.length) return { mark, ids: null };
      for (const id of ids.slice(-count)) changed.add(id);
    }
    if (mark.uses.version !== since.uses.version) {
      if (atMs - since.atMs > this.options.lifetimes["reply-used"] - USE_LAG_MS) {
        return { mark, ids: null };
      }
      for await (const id of this.#usedSince(deskId, since)) changed.add(id);
    }
    return { mark, ids: changed.size > NAMED_CHANGES ? null : [...changed] };
  }

  /**
   * Uses are counted by commits that do not wait for each other, so no journal holds them: they lie
   * by their time, and of those around it the ones that were committed later are new.
   */
  async *#usedSince(deskId: number, { uses, atMs }: ShelfMark): AsyncGenerator<string> {
    const prefix = this.options.keys.replyUsedOf(deskId);
    const selector = { prefix, start: [...prefix, atMs - USE_LAG_MS] };
    for await (const { key, versionstamp } of this.kv.list(selector, { batchSize: 500 })) {
      if (versionstamp > uses.version) yield String(key.at(-1));
    }
  }

  watch(deskId: number): ReadableStream<unknown> {
    const { keys } = this.options;
    return this.kv.watch([keys.replyChanges(deskId), keys.replyUses(deskId)]);
  }

  async *list(deskId: number): AsyncGenerator<Shelved> {
    const uses = new Map<string, ReplyUse>();
    const selector = { prefix: this.options.keys.replyUsesOf(deskId) };
    for await (const entry of this.kv.list<Stored<ReplyUse>>(selector, { batchSize: 500 })) {
      uses.set(String(entry.key.at(-1)), fromStored(entry)!);
    }
    for await (const entry of this.#entries(deskId)) {
      const id = String(entry.key.at(-1));
      yield toShelved(id, entry, uses.get(id));
    }
  }

  async read(deskId: number, ids: string[]): Promise<(Shelved | null)[]> {
    const { keys } = this.options;
    const reading: Promise<(Shelved | null)[]>[] = [];
    for (let start = 0; start < ids.length; start += REPLIES_READ_AT_ONCE) {
      const some = ids.slice(start, start + REPLIES_READ_AT_ONCE);
      reading.push(
        this.kv.getMany([
          ...some.map((id) => keys.reply(deskId, id)),
          ...some.map((id) => keys.replyUse(deskId, id)),
        ]).then((entries) =>
          some.map((id, at) => {
            const entry = entries[at] as Deno.KvEntryMaybe<Stored<Reply>>;
            const use = entries[some.length + at] as Deno.KvEntryMaybe<Stored<ReplyUse>>;
            return entry.value === null ? null : toShelved(id, entry, fromStored(use) ?? undefined);
          })
        ),
      );
    }
    return (await Promise.all(reading)).flat();
  }

  #entries(deskId: number): Deno.KvListIterator<Stored<Reply>> {
    const selector = { prefix: this.options.keys.repliesOf(deskId) };
    return this.kv.list<Stored<Reply>>(selector, { batchSize: 500 });
  }

  async get(deskId: number, id: string): Promise<Reply | null> {
    return fromStored(await this.kv.get<Stored<Reply>>(this.options.keys.reply(deskId, id)));
  }

  async add(deskId: number, reply: Reply, { replaces }: { replaces: boolean }): Promise<AddResult> {
    return await this.options.transact(async (commit): Promise<AddResult> => {
      const key = this.options.keys.reply(deskId, idOf(reply.title));
      const entry = await this.kv.get<Stored<Reply>>(key);
      const known = fromStored(entry);
      if (known && isSameReply(known, reply)) return "unchanged";
      if (known && !known.isBroken && !replaces) return "exists";
      const isCounted = await this.#count(commit, deskId, known ? 0 : 1, [idOf(reply.title)]);
      if (!isCounted) return "full";
      commit.check(entry).set(key, toStored(reply));
      return known ? "replaced" : "added";
    });
  }

  async markBroken(deskId: number, id: string, content: ReplyContent): Promise<boolean> {
    return await this.options.transact(async (commit) => {
      const entry = await this.kv.get<Stored<Reply>>(this.options.keys.reply(deskId, id));
      const known = fromStored(entry);
      if (!known || known.isBroken) return false;
      if (JSON.stringify(known.content) !== JSON.stringify(content)) return false;
      await this.#count(commit, deskId, 0, [id]);
      commit.check(entry).set(entry.key, toStored({ ...known, isBroken: true }));
      return true;
    });
  }

  async remove(deskId: number, id: string): Promise<Reply | null> {
    return await this.options.transact(async (commit) => {
      const { keys } = this.options;
      const entry = await this.kv.get<Stored<Reply>>(keys.reply(deskId, id));
      const known = fromStored(entry);
      if (!known) return null;
      await this.#count(commit, deskId, -1, [id]);
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
      await this.#count(commit, deskId, 0, newId === id ? [id] : [id, newId]);
      commit.check(entry, use, taken).delete(entry.key).delete(use.key);
      commit.set(taken.key, toStored({ ...known, title }));
      if (use.value) commit.set(keys.replyUse(deskId, newId), use.value);
      return "renamed";
    });
  }

  async import(
    deskId: number,
    replies: Reply[],
  ): Promise<{ added: number; updated: number } | "full"> {
    const known = new Set<string>();
    for await (const { key } of this.#entries(deskId)) known.add(String(key.at(-1)));
    const fresh = replies.filter(({ title }) => !known.has(idOf(title)));
    if (known.size + fresh.length > MAX_REPLIES) return "full";
    let added = 0, updated = 0;
    for (let start = 0; start < replies.length; start += REPLIES_A_COMMIT) {
      const batch = replies.slice(start, start + REPLIES_A_COMMIT);
      const counts = await this.options.transact(async (commit) => {
        const keys = batch.map(({ title }) => this.options.keys.reply(deskId, idOf(title)));
        const entries = await this.kv.getMany<Stored<Reply>[]>(keys);
        const isNew = entries.map(({ value }) => value === null);
        const changed = batch.map((reply, at) =>
          entries[at]!.value === null || !isSameReply(fromStored(entries[at]!)!, reply)
        );
        const more = isNew.filter(Boolean).length;
        const ids = batch.filter((_, at) => changed[at]).map(({ title }) => idOf(title));
        if (ids.length > 0) await this.#count(commit, deskId, more, ids);
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

  /**
   * Writes what every change writes: how many replies there are, and which were changed. `false`:
   * there would be too many.
   */
  async #count(
    commit: Deno.AtomicOperation,
    deskId: number,
    more: number,
    ids: string[],
  ): Promise<boolean> {
    const { keys } = this.options;
    const [entry, changes] = await this.kv.getMany<[Stored<number>, Stored<Journal>]>([
      keys.replies(deskId),
      keys.replyChanges(deskId),
    ]);
    const count = (fromStored(entry) ?? 0) + more;
    if (more > 0 && count > MAX_REPLIES) return false;
    const before = fromStored(changes) ?? { total: 0, ids: [] };
    const journal: Journal = {
      total: before.total + ids.length,
      ids: [...before.ids, ...ids].slice(-NAMED_CHANGES),
    };
    commit.check(entry, changes).set(entry.key, toStored(count)).set(
      changes.key,
      toStored(journal),
    );
    return true;
  }
}

/** Puts one use more of a reply into a commit. */
export function setReplyUse(
  commit: Deno.AtomicOperation,
  { id, use }: { id: string; use: ReplyUse },
  { keys, lifetimes, deskId, nowMs }: {
    keys: Keys;
    lifetimes: Lifetimes;
    deskId: number;
    nowMs: number;
  },
): void {
  commit.set(keys.replyUse(deskId, id), toStored(use));
  commit.set(keys.replyUses(deskId), toStored(nowMs));
  commit.set(keys.replyUsed(deskId, nowMs, id), toStored(nowMs), {
    expireIn: lifetimes["reply-used"],
  });
}

function toShelved(
  id: string,
  entry: Deno.KvEntryMaybe<Stored<Reply>>,
  use: ReplyUse | undefined,
): Shelved {
  const reply = fromStored(entry)!;
  return { id, version: entry.versionstamp!, reply, ...defined({ use }) };
}

function isSameReply(a: Reply, b: Reply): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
