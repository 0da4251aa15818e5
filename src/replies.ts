/**
 * The canned replies of a desk as the rest of the program uses them: read from where they are kept
 * when something has changed, searched in memory.
 */
import { type Reply, textOf, traceOf } from "./reply.ts";
import { type Found, ReplySearch } from "./reply_search.ts";
import { rankOf, type ReplyUse } from "./reply_use.ts";

/** How adding a reply ended. */
export type Added = "added" | "replaced" | "unchanged" | "exists" | "full";

/** A reply where it is kept. */
export interface Shelved {
  id: string;
  /** Changes with every writing. */
  version: string;
  reply: Reply;
}

/** Change whenever a reply, or the use of one, does. */
export interface Versions {
  replies: string;
  uses: string;
}

/** Where replies are kept. */
export interface ReplyShelf {
  versions(deskId: number): Promise<Versions>;
  list(deskId: number): Promise<Shelved[]>;
  uses(deskId: number): Promise<Map<string, ReplyUse>>;
  get(deskId: number, id: string): Promise<Reply | null>;
  /** Adds a reply; one of the same title is only replaced if `replaces` says so. */
  add(deskId: number, reply: Reply, how: { replaces: boolean }): Promise<Added>;
  /** Resolves with what was removed, if there was any. */
  remove(deskId: number, id: string): Promise<Reply | null>;
  rename(deskId: number, id: string, title: string): Promise<"renamed" | "gone" | "taken">;
  /** Adds and updates many. Resolves with how many, or writes nothing if they would be too many. */
  import(deskId: number, replies: Reply[]): Promise<{ added: number; updated: number } | "full">;
  /** Keeps a reply for a day, until somebody says what is to become of it. */
  keepDraft(deskId: number, reply: Reply): Promise<string>;
  draft(deskId: number, draftId: string): Promise<Reply | null>;
}

/** A reply that was found. */
export interface FoundReply {
  id: string;
  reply: Reply;
  use?: ReplyUse;
}

/** What is in memory of one desk's replies. */
interface Indexed {
  versions: Versions;
  search: ReplySearch;
  replies: Map<string, Shelved>;
  uses: Map<string, ReplyUse>;
  /** By the trace that a message leaves that was sent as a reply. */
  traces: Map<string, string>;
}

/** The canned replies of a bot's desks. */
export class Replies {
  readonly #desks = new Map<number, Indexed>();
  readonly #refreshing = new Map<number, Promise<Indexed>>();

  constructor(
    readonly shelf: ReplyShelf,
    private readonly options: { fingerprintKey: string },
  ) {}

  /** The replies that fit the words, best first; without words all, the most used first. */
  async find(
    deskId: number,
    words: string,
    page: { offset: number; limit: number },
  ): Promise<{ replies: FoundReply[]; total: number }> {
    const desk = await this.#upToDate(deskId);
    const { ids, total }: Found = desk.search.find(words, page);
    return { replies: ids.map((id) => foundIn(desk, id)), total };
  }

  /** All replies, by title. */
  async all(deskId: number): Promise<Reply[]> {
    const { replies } = await this.#upToDate(deskId);
    const all = [...replies.values()].map(({ reply }) => reply);
    return all.sort((a, b) => a.title.localeCompare(b.title));
  }

  /** Which reply left this trace, if one that still exists did. */
  async idByTrace(deskId: number, trace: string): Promise<string | undefined> {
    return (await this.#upToDate(deskId)).traces.get(trace);
  }

  /** Of several who ask at once, one look answers all who came before it began. */
  #upToDate(deskId: number): Promise<Indexed> {
    const running = this.#refreshing.get(deskId);
    if (running) return running;
    const refreshing = this.#refresh(deskId).finally(() => this.#refreshing.delete(deskId));
    this.#refreshing.set(deskId, refreshing);
    return refreshing;
  }

  async #refresh(deskId: number): Promise<Indexed> {
    const { shelf } = this;
    const versions = await shelf.versions(deskId);
    const known = this.#desks.get(deskId);
    const isChanged = known?.versions.replies !== versions.replies;
    const isUsed = known?.versions.uses !== versions.uses;
    if (known && !isChanged && !isUsed) return known;
    const desk = known ?? {
      versions,
      search: new ReplySearch(),
      replies: new Map(),
      uses: new Map(),
      traces: new Map(),
    };
    const [list, uses] = await Promise.all([
      isChanged ? shelf.list(deskId) : null,
      isUsed || isChanged ? shelf.uses(deskId) : desk.uses,
    ]);
    if (list) this.#renew(desk, list);
    desk.uses = uses;
    desk.search.reorder(inOrder(desk));
    desk.versions = versions;
    this.#desks.set(deskId, desk);
    return desk;
  }

  /** Brings the index up to date: only what has changed is indexed again. */
  #renew(desk: Indexed, list: Shelved[]): void {
    const now = new Map(list.map((shelved) => [shelved.id, shelved]));
    for (const id of desk.replies.keys()) if (!now.has(id)) desk.search.remove(id);
    for (const { id, version, reply } of list) {
      if (desk.replies.get(id)?.version === version) continue;
      desk.search.put({ id, title: reply.title, text: searchedIn(reply) });
    }
    desk.replies = now;
    const { fingerprintKey } = this.options;
    desk.traces = new Map(list.map(({ id, reply }) => [
      traceOf(reply.content, fingerprintKey),
      id,
    ]));
  }
}

function foundIn({ replies, uses }: Indexed, id: string): FoundReply {
  const use = uses.get(id);
  return { id, reply: replies.get(id)!.reply, ...(use ? { use } : {}) };
}

/** The most used of late first, then by title. */
function inOrder({ replies, uses }: Indexed): string[] {
  const all = [...replies.values()].map(({ id, reply }) => ({
    id,
    rank: rankOf(uses.get(id)),
    title: reply.title,
  }));
  const compare = new Intl.Collator().compare;
  all.sort((a, b) => a.rank === b.rank ? compare(a.title, b.title) : b.rank - a.rank);
  return all.map(({ id }) => id);
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
