/**
 * The canned replies of a bot's desks as the rest of the program uses them: kept in the database,
 * searched in memory.
 */
import { DeskReplies, type RepliesOptions } from "./desk_replies.ts";
import type { Reply } from "./reply.ts";
import type { FoundReplies, ReplyIndex } from "./index.ts";
import type { ReplyShelf } from "./shelf.ts";

/** The canned replies of a bot's desks. */
export class Replies {
  readonly #desks = new Map<number, DeskReplies>();

  constructor(readonly shelf: ReplyShelf, private readonly options: RepliesOptions) {}

  /**
   * Prepares a desk's replies in the background, and again whenever they change. To be called again
   * every minute or so: it repeats what failed, and sees what nobody rang for.
   */
  follow(deskId: number): void {
    this.#desk(deskId).follow();
  }

  /** The replies as they are now, if that takes no more than a few reads; else `null`, at once. */
  ready(deskId: number): Promise<ReplyIndex | null> {
    return this.#desk(deskId).ready();
  }

  /** The replies that fit the words, best first; without words all, the most used first. */
  async find(
    deskId: number,
    words: string,
    page: { offset: number; limit: number },
  ): Promise<FoundReplies> {
    return (await this.#desk(deskId).whole()).find(words, page);
  }

  /** A page of the replies that fit the words and can be sent. */
  async findSendable(
    deskId: number,
    words: string,
    page: { offset: number; limit: number },
  ): Promise<FoundReplies> {
    return (await this.#desk(deskId).whole()).findSendable(words, page);
  }

  /** All replies, by title. */
  async all(deskId: number): Promise<Reply[]> {
    return (await this.#desk(deskId).whole()).all();
  }

  /** Which reply left this trace, if one that still exists did. */
  async idByTrace(deskId: number, trace: string): Promise<string | undefined> {
    return (await this.#desk(deskId).whole()).idByTrace(trace);
  }

  /** Prepares nothing any more. What somebody waits for is still read. */
  async close(): Promise<void> {
    await Promise.all([...this.#desks.values()].map((desk) => desk.close()));
  }

  #desk(deskId: number): DeskReplies {
    const known = this.#desks.get(deskId);
    if (known) return known;
    const desk = new DeskReplies(deskId, { shelf: this.shelf, ...this.options });
    this.#desks.set(deskId, desk);
    return desk;
  }
}
