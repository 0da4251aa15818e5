/**
 * Keeps one desk's canned replies in memory as they are in the database. Whoever asks has what has
 * changed read first, which is little; only where there is much to read, it is built in the
 * background.
 */
import type { Log } from "../log.ts";
import { ReplyIndex } from "./index.ts";
import type { ReplyShelf, ShelfMark } from "./shelf.ts";
import { Slices } from "../time/slices.ts";

/** What replies need of the world. */
export interface RepliesOptions {
  fingerprintKey: string;
  /** Awaits what goes on in the background. */
  track: (work: Promise<void>) => void;
  log: Log;
}

/** The replies of one desk, kept up to date. */
export class DeskReplies {
  readonly #index: ReplyIndex;
  /** How far the index knows; absent: it was never whole. */
  #mark: ShelfMark | undefined;
  #looking: Promise<boolean> | undefined;
  /** The look that begins when this one ends. */
  #nextLook: Promise<boolean> | undefined;
  #building: Promise<void> | undefined;
  /** How many wait for the index. */
  #waiting = 0;
  #bell: ReadableStreamDefaultReader<unknown> | undefined;
  #listening: Promise<void> | undefined;
  #isClosing = false;

  constructor(
    private readonly deskId: number,
    private readonly options: RepliesOptions & { shelf: ReplyShelf },
  ) {
    this.#index = new ReplyIndex(options);
  }

  /** The index as of now or later, whatever there is to wait for. */
  async whole(): Promise<ReplyIndex> {
    this.#waiting++;
    try {
      // Of two builds the second has begun after this was asked, whatever goes on meanwhile.
      for (let builds = 0; builds < 2 && !await this.#look(); builds++) await this.#building;
    } finally {
      this.#waiting--;
    }
    return this.#index;
  }

  /** The index as of now, if that takes no more than a few reads; else `null`, at once. */
  async ready(): Promise<ReplyIndex | null> {
    return this.#mark && await this.#look() ? this.#index : null;
  }

  /** Prepares the index in the background, and again whenever something changes, until `close`. */
  follow(): void {
    if (this.#isClosing) return;
    this.#prepare();
    this.#listening ??= this.#listen().finally(() => this.#listening = undefined);
  }

  /** Ends what goes on in the background, unless somebody waits for it. */
  async close(): Promise<void> {
    this.#isClosing = true;
    // A bell that is broken has ended already, and has said why.
    await this.#bell?.cancel().catch(() => {});
    await this.#listening;
  }

  #prepare(): void {
    this.options.track(this.#look().then(() => {}, (error) => this.#note(error)));
  }

  async #listen(): Promise<void> {
    const { shelf, log } = this.options;
    try {
      this.#bell = shelf.watch(this.deskId).getReader();
      while (!(await this.#bell.read()).done) this.#prepare();
    } catch (error) {
      log.debug("replies not watched", { error });
    }
    this.#bell = undefined;
  }

  #note(error: unknown): void {
    this.options.log.warn("replies not read", { error });
  }

  /**
   * Brings the index up to date with a few reads; `false`: there is too much to read, and it is being
   * built. What is under way may have read before a change that whoever comes now must see: they
   * all share the next look.
   */
  #look(): Promise<boolean> {
    if (this.#building) return Promise.resolve(false);
    if (!this.#looking) {
      this.#looking = this.#catchUp().finally(() => this.#looking = undefined);
      return this.#looking;
    }
    const again = () => {
      this.#nextLook = undefined;
      return this.#look();
    };
    return this.#nextLook ??= this.#looking.then(again, again);
  }

  async #catchUp(): Promise<boolean> {
    const { shelf, track } = this.options;
    const { mark, ids } = await shelf.changes(this.deskId, this.#mark);
    if (ids === null) {
      this.#building = this.#build(mark).finally(() => this.#building = undefined);
      track(this.#building.catch((error) => this.#note(error)));
      return false;
    }
    const slices = new Slices();
    for (const [at, shelved] of (await shelf.read(this.deskId, ids)).entries()) {
      if (shelved) this.#index.put(shelved);
      else this.#index.remove(ids[at]!);
      await slices.next();
    }
    this.#mark = mark;
    return true;
  }

  /** Reads everything. What changes meanwhile is newer than the mark, and read by the next look. */
  async #build(mark: ShelfMark): Promise<void> {
    const slices = new Slices();
    const ids = new Set<string>();
    for await (const shelved of this.options.shelf.list(this.deskId)) {
      ids.add(shelved.id);
      this.#index.put(shelved);
      await slices.next();
      if (this.#isClosing && this.#waiting === 0) return;
    }
    for (const id of this.#index.ids()) {
      if (ids.has(id)) continue;
      this.#index.remove(id);
      await slices.next();
    }
    this.#mark = mark;
  }
}
