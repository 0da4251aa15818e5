/** Where the canned replies of desks are kept, and how one learns of changes there. */
import type { Reply, ReplyContent } from "./reply.ts";
import type { ReplyUse } from "./use.ts";

/** A reply where it is kept, with how much it is used. */
export interface Shelved {
  id: string;
  /** Changes with every writing. */
  version: string;
  reply: Reply;
  use?: ReplyUse;
}

/** How adding a reply ended. */
export type AddResult = "added" | "replaced" | "unchanged" | "exists" | "full";

/** How far the changes of a desk's replies are known. For the shelf to read, and for nobody else. */
export interface ShelfMark {
  replies: { version: string; total: number };
  uses: { version: string };
  atMs: number;
}

/** What has changed since a mark, and the mark to ask with the next time. */
export interface ShelfChanges {
  mark: ShelfMark;
  /** The replies that were written, removed or used; `null`: too many to name, or all. */
  ids: string[] | null;
}

/** Where replies are kept. */
export interface ReplyShelf {
  /** What has changed since the mark; without one, everything has. */
  changes(deskId: number, since?: ShelfMark): Promise<ShelfChanges>;
  /**
   * Brings something whenever something may have changed, by whatever instance. A bell and no more:
   * it may miss a change, or not ring at all.
   */
  watch(deskId: number): ReadableStream<unknown>;
  /** All replies. What is changed meanwhile may be among them as it was or as it is. */
  list(deskId: number): AsyncIterable<Shelved>;
  /** The replies with these IDs, in their order; `null` for those that do not exist. */
  read(deskId: number, ids: string[]): Promise<(Shelved | null)[]>;
  get(deskId: number, id: string): Promise<Reply | null>;
  /** Adds a reply; one of the same title is only replaced if `replaces` says so, or it is broken. */
  add(deskId: number, reply: Reply, how: { replaces: boolean }): Promise<AddResult>;
  /**
   * Marks a reply as broken, if that is still what it says. Resolves with whether it was not marked
   * before.
   */
  markBroken(deskId: number, id: string, content: ReplyContent): Promise<boolean>;
  /** Resolves with what was removed, if there was any. */
  remove(deskId: number, id: string): Promise<Reply | null>;
  rename(deskId: number, id: string, title: string): Promise<"renamed" | "gone" | "taken">;
  /** Adds and updates many. Resolves with how many, or writes nothing if they would be too many. */
  import(deskId: number, replies: Reply[]): Promise<{ added: number; updated: number } | "full">;
  /** Keeps a reply for a day, until somebody says what is to become of it. */
  keepDraft(deskId: number, reply: Reply): Promise<string>;
  draft(deskId: number, draftId: string): Promise<Reply | null>;
}
