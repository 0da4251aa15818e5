/** What the commits of a story's processes tell: what the desk knows since when, and who wrote what down. */
import type { SimulatedClock } from "../../playground/telegram/clock.ts";
import type { Cast } from "./cast.ts";
import type { Mutation } from "./memory_kv.ts";
import type { Ledger } from "./said.ts";

/** Sees every commit. */
export class Witness {
  /** When the desk first heard of each root, by group and message. */
  readonly rootsLearnedMs = new Map<string, number>();
  /** Since when the desk has known of posts that they are its cards. */
  readonly knownPosts = new Map<number, number>();
  /** By which commit, of all that there were, each update was accepted. */
  readonly acceptedBy = new Map<number, number>();
  /** Whose conversation was erased, when, and by which commit, in order. */
  readonly erasures: { customerId: number; atMs: number; commit: number }[] = [];
  /** Which updates wait in the desk's own lines, by where they lie. */
  readonly #parked = new Map<string, number>();
  #commits = 0;

  constructor(
    private readonly options: { cast: Cast; ledger: Ledger; clock: SimulatedClock },
  ) {}

  /** The updates that wait in the desk's own lines. */
  get parked(): Set<number> {
    return new Set(this.#parked.values());
  }

  /** What a process has written down, it need not know any more. */
  committed(knows: Set<string> | undefined, mutations: Mutation[]): void {
    const { cast, ledger, clock } = this.options;
    const commit = ++this.#commits;
    for (const mutation of mutations) {
      const [, kind, , first, second] = mutation.key;
      if (kind === "customer-by-root") {
        const place = `${String(first)}/${String(second)}`;
        if (!this.rootsLearnedMs.has(place)) this.rootsLearnedMs.set(place, clock.now());
      }
      if (kind === "conversation" && mutation.type === "set") {
        knows?.delete(`card ${String(first)}`);
        const { value: { card } } = mutation.value as { value: { card?: { postId: number } } };
        if (card && !this.knownPosts.has(card.postId)) {
          this.knownPosts.set(card.postId, clock.now());
        }
      }
      if (kind === "conversation" && mutation.type === "delete") {
        this.erasures.push({ customerId: first as number, atMs: clock.now(), commit });
      }
      if (kind === "parked") this.#follow(mutation);
      const updateId = mutation.key.at(-1) as number;
      if (kind === "seen" && !this.acceptedBy.has(updateId)) this.acceptedBy.set(updateId, commit);
      if (kind !== "link") continue;
      const message = cast.chatAt(first as number)?.message(second as number);
      for (const token of ledger.carriedIn(message ?? {})) knows?.delete(token);
    }
  }

  #follow(mutation: Mutation): void {
    const place = mutation.key.join("/");
    if (mutation.type === "delete") this.#parked.delete(place);
    if (mutation.type !== "set") return;
    const { value } = mutation.value as { value: { updateId: number } };
    this.#parked.set(place, value.updateId);
  }
}
