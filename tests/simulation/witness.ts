/** What the commits of a story's processes tell: what the desk knows since when, and who wrote what down. */
import type { Clockings, Late } from "./clockwork.ts";
import type { SimulatedClock } from "../../playground/telegram/clock.ts";
import type { Cast } from "./cast.ts";
import type { Mutation } from "./memory_kv.ts";
import type { Ledger } from "./said.ts";
import { Whereabouts } from "./whereabouts.ts";

/** Sees every commit. */
export class Witness {
  /** When the desk first heard of each root, by group and message. */
  readonly rootsLearnedMs = new Map<string, number>();
  /** Since when the desk has known of posts that they are its cards. */
  readonly knownPosts = new Map<number, number>();
  /** By which commit, of all that there were, each update was accepted. */
  readonly acceptedBy = new Map<number, number>();
  /** Whose conversation was erased, at which desk, when, and by which commit, in order. */
  readonly erasures: { customerId: number; deskId: number; atMs: number; commit: number }[] = [];
  /** Who has been erased at a desk, and whether that is the one that they had asked, in order. */
  readonly erased: { customerId: number; isAsked: boolean }[] = [];
  /** The jobs that erase, by where they lie. */
  readonly #erasing = new Map<string, { customerId: number; isAsked: boolean }>();
  /** What came of silences, and of who had been late. */
  readonly clockings: Clockings = { closings: [], warned: new Map(), anew: [] };
  /** The silence of each conversation that lasts; by which commit each began, which were warned of. */
  readonly #silenceOf = new Map<string, string>();
  readonly #silentSince = new Map<string, number>();
  readonly #warned = new Set<string>();
  /** Who was late when they were put off, and is so still. */
  readonly #putOff = new Map<string, Late>();
  /** Which updates wait in the desk's own lines, by where they lie. */
  readonly #parked = new Map<string, number>();
  /** At which desk customers were. */
  readonly whereabouts: Whereabouts;
  #commits = 0;

  constructor(
    private readonly options: { cast: Cast; ledger: Ledger; clock: SimulatedClock },
  ) {
    this.whereabouts = new Whereabouts(options.cast, options.ledger);
  }

  /** The updates that wait in the desk's own lines. */
  get parked(): Set<number> {
    return new Set(this.#parked.values());
  }

  /** What a process has written down, it need not know any more. */
  committed(knows: Set<string> | undefined, mutations: Mutation[]): void {
    const { cast, ledger, clock } = this.options;
    const commit = ++this.#commits;
    this.#serves(mutations, commit);
    for (const mutation of mutations) {
      const [, kind, deskId, first, second] = mutation.key;
      if (kind === "customer-by-root") {
        const place = `${String(first)}/${String(second)}`;
        if (!this.rootsLearnedMs.has(place)) this.rootsLearnedMs.set(place, clock.now());
      }
      if (kind === "conversation" && mutation.type === "set") {
        knows?.delete(`card ${String(first)}`);
        const { value: { card, movedTo, status } } = mutation.value as {
          value: { card?: { postId: number }; movedTo?: unknown; status: string };
        };
        const place = { deskId: deskId as number, customerId: first as number };
        const isElsewhere = movedTo !== undefined;
        const isOpen = status === "open";
        this.whereabouts.written({ ...place, isElsewhere, isOpen }, commit);
        if (card && !this.knownPosts.has(card.postId)) {
          this.knownPosts.set(card.postId, clock.now());
        }
      }
      if (kind === "conversation" && mutation.type === "set") {
        const isClosing = mutations.some(({ key }) =>
          key[1] === "event" && key[4] === "autoclosed"
        );
        const place = { deskId: deskId as number, customerId: first as number };
        this.#clocks(place, mutation.value, { isClosing, commit });
        this.#waits(place, mutation.value);
      }
      if (kind === "conversation" && mutation.type === "delete") {
        const place = { deskId: deskId as number, customerId: first as number };
        this.erasures.push({ ...place, atMs: clock.now(), commit });
        this.whereabouts.erased(place, commit);
      }
      if (kind === "parked") this.#follow(mutation, commit);
      const updateId = mutation.key.at(-1) as number;
      if (kind === "seen" && mutation.type === "set") this.whereabouts.decided(updateId, commit);
      if (kind === "seen" && !this.acceptedBy.has(updateId)) this.acceptedBy.set(updateId, commit);
      if (kind !== "link") continue;
      const record = cast.chatAt(first as number)?.records.get(second as number);
      for (const token of ledger.carriedIn(record?.content ?? {})) knows?.delete(token);
    }
    this.#erases(mutations);
  }

  /** Follows which desks have names, and who is written down to serve whom. */
  #serves(mutations: Mutation[], commit: number): void {
    for (const mutation of mutations) {
      const [, kind, customerId] = mutation.key;
      const value = mutation.type === "set" ? (mutation.value as { value: unknown }).value : null;
      if (kind === "served-by") {
        const { deskId } = (value ?? {}) as { deskId?: number };
        this.whereabouts.served(customerId as number, deskId, commit);
      }
      if (kind === "desk-names" && value) {
        const names = value as { channelId: number }[];
        this.whereabouts.named(names.map(({ channelId }) => channelId), commit);
      }
    }
  }

  /** Follows what erases, step by step, until nothing is left to do. */
  #erases(mutations: Mutation[]): void {
    const jobs = mutations.filter(({ key }) => key[1] === "job");
    const gone = jobs.flatMap(({ type, key }) => {
      const erasing = type === "delete" ? this.#erasing.get(key.join("/")) : undefined;
      if (erasing) this.#erasing.delete(key.join("/"));
      return erasing ? [{ erasing, lane: laneIn(key) }] : [];
    });
    const stepped = new Set<string>();
    for (const mutation of jobs) {
      if (mutation.type !== "set") continue;
      const { key, value } = mutation;
      const { task } = (value as { value: { task: { kind: string; because?: string } } }).value;
      if (task.kind !== "erase") continue;
      const customerId = key[3] as number;
      this.#erasing.set(key.join("/"), { customerId, isAsked: task.because === "customer" });
      stepped.add(laneIn(key));
    }
    this.erased.push(
      ...gone.filter(({ lane }) => !stepped.has(lane)).map(({ erasing }) => erasing),
    );
  }

  /** Follows a customer's silence from when it begins to count until it is over. */
  #clocks(
    { deskId, customerId }: { deskId: number; customerId: number },
    written: unknown,
    { isClosing, commit }: { isClosing: boolean; commit: number },
  ): void {
    const { value: { silence } } = written as {
      value: { silence?: { sinceMs: number; isWarned?: true } };
    };
    const conversation = `${deskId}/${customerId}`;
    const before = this.#silenceOf.get(conversation);
    if (isClosing && before) {
      const fromCommit = this.#silentSince.get(before)!;
      this.clockings.closings.push({ customerId, fromCommit, toCommit: commit });
    }
    if (!silence) return void this.#silenceOf.delete(conversation);
    const name = `${conversation}/${silence.sinceMs}`;
    this.#silenceOf.set(conversation, name);
    if (!this.#silentSince.has(name)) this.#silentSince.set(name, commit);
    if (!silence.isWarned || this.#warned.has(name)) return;
    this.#warned.add(name);
    const { warned } = this.clockings;
    warned.set(customerId, (warned.get(customerId) ?? 0) + 1);
  }

  /** Follows who is put off, until they wait anew. */
  #waits(
    { deskId, customerId }: { deskId: number; customerId: number },
    written: unknown,
  ): void {
    const { value: { putOff, waiting } } = written as {
      value: { putOff?: unknown; waiting?: { messageId: number; late?: 1 | 2 } };
    };
    const conversation = `${deskId}/${customerId}`;
    const before = this.#putOff.get(conversation);
    const isAnew = putOff === undefined && before?.messageId === waiting?.messageId;
    if (before && isAnew) this.clockings.anew.push(before);
    this.#putOff.delete(conversation);
    if (putOff === undefined || !waiting?.late) return;
    const { messageId, late: stage } = waiting;
    this.#putOff.set(conversation, { customerId, messageId, stage });
  }

  #follow(mutation: Mutation, commit: number): void {
    const place = mutation.key.join("/");
    const waited = this.#parked.get(place);
    if (mutation.type === "delete" && waited !== undefined) {
      this.#parked.delete(place);
      // What follows from it may be nothing that is written down.
      this.whereabouts.decided(waited, commit);
    }
    if (mutation.type !== "set") return;
    const { value } = mutation.value as { value: { updateId: number } };
    this.#parked.set(place, value.updateId);
  }
}

/** In which line a job lies. */
function laneIn(key: Mutation["key"]): string {
  return key.slice(2, 5).join("/");
}
