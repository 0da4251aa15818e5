/** Reads records for a decision, and remembers what it read. */
import type { Confirmation, RootPlace } from "../jobs/change.ts";
import type { FormerReader, NamedJob, Reader } from "../jobs/reader.ts";
import type { Conversation } from "../conversation/conversation.ts";
import type { Served } from "../conversation/served.ts";
import type { Visit } from "../conversation/visit.ts";
import type { NamedDesk } from "../desk/names.ts";
import type { Route } from "../desk/route.ts";
import type { Doubt, DoubtedCopy } from "../message/doubt.ts";
import type { Erasure, Footprint } from "../jobs/footprint.ts";
import type { Job, Order } from "../jobs/job.ts";
import type { Lane } from "../conversation/lane.ts";
import type { Counterpart, Place } from "../message/link.ts";
import type { Formatted } from "../words/formatted.ts";
import type { ReplyUse } from "../replies/use.ts";
import type { OwnText, Settings } from "../settings/settings.ts";
import { carries } from "../jobs/task_traits.ts";
import type { Roster } from "../desk/roster.ts";
import { type Agent, isBelieved, type Membership } from "../desk/team.ts";
import { footprintOf } from "./footprint.ts";
import { nameOf } from "./key_name.ts";
import type { Keys } from "./keys.ts";
import { fromStored, type Stored } from "./records.ts";
import { erasureMarkOf, type Seal } from "./seal.ts";
import { settingsFrom } from "./settings_record.ts";
import type { Scheduled } from "../jobs/scheduled.ts";
import { loadScheduled, type StoredScheduled } from "./stored_scheduled.ts";
import { loadJob, type StoredJob } from "./stored_job.ts";

/** How many of a customer's newest links are looked through for copies in doubt. */
const MOST_LINKS = 1000;

/** Where a job lies that was given a name. */
export interface NamedPointer {
  order: Order;
  messageId: number;
}

/** How long a chat is to be left alone, and since when; earlier programs kept the end alone. */
export type PauseRecord = { fromMs: number; untilMs: number } | number;

/** Reads one desk's records and remembers what it read, for the commit that follows. */
export class RecordReader implements Reader {
  readonly #read = new Map<string, Promise<Deno.KvEntryMaybe<Stored<unknown>>>>();
  readonly #entries: Deno.KvEntryMaybe<unknown>[] = [];
  /** Read other desks' records, for the same commit. */
  readonly #others = new Map<number, RecordReader>();
  /** Has read what may be asked for. */
  #scout: RecordReader | undefined;

  constructor(
    private readonly kv: Deno.Kv,
    private readonly options: {
      keys: Keys;
      deskId: number;
      /** Whether most of what is asked for is known without a look at the database. */
      isAlone?: boolean;
      seal: Seal;
      now: () => number;
    },
  ) {}

  at(deskId: number): RecordReader {
    if (deskId === this.options.deskId) return this;
    const known = this.#others.get(deskId);
    if (known) return known;
    const other = new RecordReader(this.kv, { ...this.options, deskId });
    this.#others.set(deskId, other);
    return other;
  }

  async formerly(): Promise<FormerReader[]> {
    const names = await this.#get<readonly NamedDesk[]>(this.options.keys.deskNames()) ?? [];
    const named = names.find(({ channelId }) => channelId === this.options.deskId);
    const { formerChannelIds = [] } = named ?? {};
    const isAnothers = (deskId: number) => names.some(({ channelId }) => channelId === deskId);
    return formerChannelIds.toReversed().filter((deskId) => !isAnothers(deskId))
      .map((deskId) => ({ deskId, read: this.at(deskId) }));
  }

  async conversation(customerId: number): Promise<Conversation | null> {
    return await this.#get<Conversation>(
      this.options.keys.conversation(this.options.deskId, customerId),
    );
  }

  async visit(customerId: number): Promise<Visit | null> {
    return await this.#get<Visit>(this.options.keys.visit(this.options.deskId, customerId));
  }

  async servedBy(customerId: number): Promise<Served | null> {
    return await this.#get<Served>(this.options.keys.servedBy(customerId));
  }

  async route(): Promise<Route | null> {
    return await this.#get<Route>(this.options.keys.route());
  }

  async rootOf(customerId: number): Promise<RootPlace | null> {
    return await this.#get<RootPlace>(this.options.keys.root(this.options.deskId, customerId));
  }

  async doubt(customerId: number, root: Place): Promise<Doubt | null> {
    return await this.#get<Doubt>(this.options.keys.doubt(this.options.deskId, customerId, root));
  }

  async copiesUnder(customerId: number, root: Place, sinceId: number): Promise<DoubtedCopy[]> {
    const found: DoubtedCopy[] = [];
    const prefix = this.options.keys.linksOf(this.options.deskId, customerId);
    const options = { reverse: true, limit: MOST_LINKS };
    for await (const entry of this.kv.list<Stored<Counterpart>>({ prefix }, options)) {
      const { there, shows } = fromStored(entry)!;
      const isCopy = shows !== undefined && there.chatId === root.chatId &&
        there.rootId === root.messageId && there.messageId >= sinceId;
      if (!isCopy) continue;
      const here = { chatId: customerId, messageId: entry.key.at(-1) as number };
      found.push({ here, copyId: there.messageId });
    }
    return found.sort((a, b) => a.copyId - b.copyId);
  }

  async customerByRoot(root: Place): Promise<number | "erased" | null> {
    return await this.#get<number | "erased">(
      this.options.keys.customerByRoot(this.options.deskId, root),
    );
  }

  async hasThreadsIn(groupId: number): Promise<boolean> {
    const prefix = this.options.keys.rootsIn(this.options.deskId, groupId);
    return (await this.kv.list({ prefix }, { limit: 1 }).next()).done !== true;
  }

  async isErasedPost(postId: number): Promise<boolean> {
    return await this.#get(this.options.keys.erasedPost(this.options.deskId, postId)) !== null;
  }

  async erasure(customerId: number): Promise<Erasure | null> {
    const { keys, deskId, seal } = this.options;
    const key = keys.erasure(deskId, erasureMarkOf(customerId, { deskId, seal }));
    const known = await this.#get<Erasure>(key);
    const isOver = known && "untilMs" in known && known.untilMs <= this.options.now();
    return isOver ? null : known;
  }

  async footprint(job: Job, mostLinks: number): Promise<Footprint> {
    const { keys, now } = this.options;
    return await footprintOf(job, mostLinks, {
      kv: this.kv,
      keys,
      now,
      watch: (key) => this.#entry(key),
    });
  }

  async counterpart(place: Place): Promise<Counterpart | null> {
    return await this.#get<Counterpart>(this.options.keys.link(this.options.deskId, place));
  }

  async named(lane: Lane, name: string): Promise<NamedJob | null> {
    const pointer = await this.#get<NamedPointer>(this.options.keys.named(lane, name));
    if (!pointer) return null;
    const entry = await this.#entry(this.options.keys.job(lane, pointer.order));
    const job = await loadJob(entry as Deno.KvEntryMaybe<Stored<StoredJob>>, this.options.seal);
    return { job: job?.isUnreadable ? null : job, messageId: pointer.messageId };
  }

  async scheduled(lane: Lane, name: string): Promise<Scheduled | null> {
    const entry = await this.#entry(this.options.keys.scheduled(lane, name));
    return await loadScheduled(
      entry as Deno.KvEntryMaybe<Stored<StoredScheduled>>,
      this.options.seal,
    );
  }

  async allScheduled(lane: Lane): Promise<Scheduled[]> {
    const found: Scheduled[] = [];
    const selector = { prefix: this.options.keys.scheduledOf(lane) };
    for await (const entry of this.kv.list<Stored<StoredScheduled>>(selector)) {
      const scheduled = await loadScheduled(entry, this.options.seal);
      if (scheduled) found.push(scheduled);
    }
    return found;
  }

  async confirmation(customerId: number, place: Place): Promise<Confirmation | null> {
    const { keys, deskId } = this.options;
    return await this.#get<Confirmation>(keys.confirmation(deskId, customerId, place));
  }

  async lastReactor(place: Place): Promise<number | null> {
    return await this.#get<number>(this.options.keys.reactor(this.options.deskId, place));
  }

  async replyUse(id: string): Promise<ReplyUse | null> {
    return await this.#get<ReplyUse>(this.options.keys.replyUse(this.options.deskId, id));
  }

  async wasTold(place: Place): Promise<boolean> {
    return await this.#get(this.options.keys.told(this.options.deskId, place)) !== null;
  }

  async wasNote(place: Place): Promise<boolean> {
    return await this.#get(this.options.keys.note(this.options.deskId, place)) !== null;
  }

  async carriers(lane: Lane, place: Place): Promise<Job[]> {
    const found: Job[] = [];
    const selector = { prefix: this.options.keys.jobsOf(lane) };
    for await (const entry of this.kv.list<Stored<StoredJob>>(selector)) {
      const job = await loadJob(entry, this.options.seal);
      if (!job || !carries(job.task, place)) continue;
      this.#entries.push(entry);
      found.push(job);
    }
    return found;
  }

  async firstOf(lane: Lane): Promise<Job | null> {
    const selector = { prefix: this.options.keys.jobsOf(lane) };
    for await (const entry of this.kv.list<Stored<StoredJob>>(selector, { limit: 1 })) {
      return await loadJob(entry, this.options.seal);
    }
    return null;
  }

  async membership(userId: number): Promise<Membership | null> {
    const known = await this.#get<Membership>(
      this.options.keys.membership(this.options.deskId, userId),
    );
    // The database forgets late: an expired key is still readable for up to a minute.
    return known && isBelieved(known, this.options.now()) ? known : null;
  }

  async agent(userId: number): Promise<Agent | null> {
    return await this.#get<Agent>(this.options.keys.agent(this.options.deskId, userId));
  }

  async isNoticeWanted(userId: number): Promise<boolean | null> {
    return await this.#get<boolean>(this.options.keys.noticeWanted(this.options.deskId, userId));
  }

  async roster(): Promise<Roster> {
    return await this.#get<Roster>(this.options.keys.roster(this.options.deskId)) ?? [];
  }

  async isAllowed(userId: number): Promise<boolean> {
    return await this.#get(this.options.keys.allowed(this.options.deskId, userId)) !== null;
  }

  async invite(): Promise<string | null> {
    return await this.#get<string>(this.options.keys.invite(this.options.deskId));
  }

  async settings(): Promise<Settings> {
    return settingsFrom(await this.#entry(this.options.keys.settings(this.options.deskId)));
  }

  async ownText(name: OwnText): Promise<Formatted | null> {
    return await this.#get<Formatted>(this.options.keys.ownText(this.options.deskId, name));
  }

  async pausedUntilMs(chatId: number): Promise<number> {
    const entry = await this.kv.get<Stored<PauseRecord>>(this.options.keys.pause(chatId));
    const pause = fromStored(entry) ?? 0;
    const { untilMs, fromMs } = typeof pause === "number" ? { untilMs: pause, fromMs: 0 } : pause;
    const nowMs = this.options.now();
    // One that begins later has been set before the clock was set back: Telegram may be asked again.
    return fromMs <= nowMs && untilMs > nowMs ? untilMs : 0;
  }

  ahead(ask: (soon: Reader) => Promise<unknown>[]): void {
    if (this.options.isAlone) return;
    this.#scout ??= new RecordReader(this.kv, this.options);
    void Promise.allSettled(ask(this.#scout));
  }

  /** Makes a commit depend on everything that was read. */
  checkIn(commit: Deno.AtomicOperation): Deno.AtomicOperation {
    for (const other of this.#others.values()) other.checkIn(commit);
    return commit.check(...this.#entries);
  }

  async #get<T>(key: Deno.KvKey): Promise<T | null> {
    return fromStored(await this.#entry(key)) as T | null;
  }

  async #entry(key: Deno.KvKey): Promise<Deno.KvEntryMaybe<Stored<unknown>>> {
    const name = nameOf(key);
    const known = this.#read.get(name);
    if (known) return await known;
    const ahead = this.#scout && this.#scout.#read.get(name);
    const reading = ahead ?? this.kv.get<Stored<unknown>>(key);
    this.#read.set(name, reading);
    try {
      const entry = await reading;
      this.#entries.push(entry);
      return entry;
    } catch (error) {
      // Whoever asks again asks the database again.
      this.#read.delete(name);
      throw error;
    }
  }
}
