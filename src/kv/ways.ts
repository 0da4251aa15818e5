/** The ways to a database: how many commits, or reads, are under way at once, and whether another may be. */
import { isWithin } from "../time/elapsed.ts";

/** Somebody who waits for their answer. */
export interface Asker<T> {
  resolve: (answer: T) => void;
  reject: (error: unknown) => void;
}

/** For so long others wait for what is under way: a database may never answer. */
const PATIENCE_MS = 5000;

/** So many at once; what comes meanwhile is joined. */
export class Ways {
  readonly #begunMs = new Set<{ atMs: number }>();

  constructor(private readonly most: number, private readonly now: () => number) {}

  /** Whether one more may go; what takes too long to be answered is not waited for. */
  get areFree(): boolean {
    if (this.#begunMs.size < this.most) return true;
    const nowMs = this.now();
    const awaited = [...this.#begunMs].filter(({ atMs }) => isWithin(PATIENCE_MS, atMs, nowMs));
    return awaited.length < this.most;
  }

  /** Goes on its way. Never rejects: who asked is told otherwise. */
  async take(work: Promise<void>): Promise<void> {
    const begun = { atMs: this.now() };
    this.#begunMs.add(begun);
    await work;
    this.#begunMs.delete(begun);
  }
}
