/**
 * One desk's canned replies in memory: found by their words, in the order of their use, and by what
 * a message looks like that was sent as one. It is kept up to date reply by reply.
 */
import { type Reply, textOf, traceOf } from "./reply.ts";
import { ReplySearch } from "./search.ts";
import type { Shelved } from "./shelf.ts";
import { usageRankOf } from "./use.ts";

/** A reply that was found. */
export type FoundReply = Omit<Shelved, "version">;

/** A page of what was found, and how much there is in all. */
export interface FoundReplies {
  replies: FoundReply[];
  total: number;
}

/** The replies of one desk. */
export class ReplyIndex {
  readonly #replies = new Map<string, Shelved & { trace: string }>();
  readonly #search = new ReplySearch();
  /** Those that are not offered. */
  readonly #broken = new Set<string>();
  /** By the trace that a message leaves that was sent as one of them. */
  readonly #idsByTrace = new Map<string, Set<string>>();

  constructor(private readonly options: { fingerprintKey: string }) {}

  /** Takes a reply as it is now. */
  put(shelved: Shelved): void {
    const { id, version, reply, use } = shelved;
    const rank = usageRankOf(use);
    const known = this.#replies.get(id);
    if (known?.version === version) {
      this.#replies.set(id, { ...shelved, trace: known.trace });
      this.#search.rank(id, rank);
      return;
    }
    if (known) this.remove(id);
    const trace = traceOf(reply.content, this.options.fingerprintKey);
    this.#replies.set(id, { ...shelved, trace });
    if (reply.isBroken) this.#broken.add(id);
    this.#search.put({ id, title: reply.title, text: searchedIn(reply), rank });
    const ids = this.#idsByTrace.get(trace) ?? new Set();
    this.#idsByTrace.set(trace, ids.add(id));
  }

  /** Forgets a reply. */
  remove(id: string): void {
    const known = this.#replies.get(id);
    if (!known) return;
    this.#replies.delete(id);
    this.#broken.delete(id);
    this.#search.remove(id);
    const ids = this.#idsByTrace.get(known.trace)!;
    ids.delete(id);
    if (ids.size === 0) this.#idsByTrace.delete(known.trace);
  }

  /** The IDs of all replies. */
  ids(): string[] {
    return [...this.#replies.keys()];
  }

  /** The replies that fit the words, best first; without words all, the most used first. */
  find(words: string, page: { offset: number; limit: number }): FoundReplies {
    const { ids, total } = this.#search.find(words, page);
    return { replies: ids.map((id) => this.#replies.get(id)!), total };
  }

  /** The replies that fit the words and can be sent: whatever is broken is left out. */
  findSendable(
    words: string,
    { offset, limit }: { offset: number; limit: number },
  ): FoundReplies {
    if (this.#broken.size === 0) return this.find(words, { offset, limit });
    const { replies } = this.find(words, { offset: 0, limit: this.#replies.size });
    const sendable = replies.filter(({ id }) => !this.#broken.has(id));
    return { replies: sendable.slice(offset, offset + limit), total: sendable.length };
  }

  /** All replies, by title. */
  all(): Reply[] {
    const all = [...this.#replies.values()].map(({ reply }) => reply);
    return all.sort((a, b) => a.title.localeCompare(b.title));
  }

  /** Which reply left this trace, if one that still exists did; of several of the same content one. */
  idByTrace(trace: string): string | undefined {
    return this.#idsByTrace.get(trace)?.values().next().value;
  }
}

/** The words of a reply: its text, and of a place or contact the names. */
function searchedIn({ content }: Reply): string {
  switch (content.kind) {
    case "venue":
      return `${content.name} ${content.address}`;
    case "contact":
      return `${content.firstName} ${content.lastName ?? ""} ${content.phone}`;
    default:
      return textOf(content);
  }
}
