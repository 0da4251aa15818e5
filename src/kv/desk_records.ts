/** Lists of what a desk has: not what one decision rests on, but what people ask to be shown. */
import { displayName } from "../conversation/card.ts";
import type { Conversation } from "../conversation/conversation.ts";
import type { DeskLists } from "../desk/lists.ts";
import type { DeskConversation, PersonalRecords } from "../privacy/records.ts";
import { type Doubt, isDoubtDue, type ThreadDoubt } from "../message/doubt.ts";
import type { ConversationId } from "../conversation/conversation.ts";
import type { Job } from "../jobs/job.ts";
import type { Counterpart } from "../message/link.ts";
import type { PersonalData, PersonalLink } from "../privacy/personal_data.ts";
import type { DeskEvent } from "../stats/stats.ts";
import type { Agent } from "../desk/team.ts";
import type { Attempts } from "./bot_records.ts";
import type { CustomerKind, Keys } from "./keys.ts";
import { RecordReader } from "./reader.ts";
import { fromStored, type Stored } from "./records.ts";
import type { Seal } from "./seal.ts";
import { type StoredScheduled, waitingJobOf } from "./stored_scheduled.ts";
import { loadJob, type StoredJob } from "./stored_job.ts";

/** Lists one bot's records, desk by desk. */
export class DeskRecords implements DeskLists, PersonalRecords {
  constructor(
    private readonly kv: Deno.Kv,
    private readonly options: { keys: Keys; seal: Seal; now: () => number },
  ) {}

  async agents(deskId: number): Promise<Agent[]> {
    return await Array.fromAsync(this.#values<Agent>({
      prefix: this.options.keys.agentsOf(deskId),
    }));
  }

  async noticesWanted(deskId: number): Promise<Map<number, boolean>> {
    const prefix = this.options.keys.noticesWantedOf(deskId);
    const found = new Map<number, boolean>();
    for await (const entry of this.kv.list<Stored<boolean>>({ prefix })) {
      found.set(entry.key.at(-1) as number, fromStored(entry)!);
    }
    return found;
  }

  async countWaiting(deskId: number): Promise<number> {
    let waiting = 0;
    const prefix = this.options.keys.conversationsOf(deskId);
    for await (const each of this.#values<Conversation>({ prefix })) if (each.waiting) waiting++;
    return waiting;
  }

  async open(
    deskId: number,
    most: number,
  ): Promise<{ count: number; all: number; customers: string[] }> {
    const customers: string[] = [];
    let count = 0;
    let all = 0;
    const prefix = this.options.keys.conversationsOf(deskId);
    for await (const { status, customer } of this.#values<Conversation>({ prefix })) {
      all++;
      if (status !== "open") continue;
      count++;
      if (customers.length < most) customers.push(displayName(customer));
    }
    return { count, all, customers };
  }

  async countMessages(
    deskId: number,
    customerId: number,
  ): Promise<{ fromCustomer: number; fromTeam: number }> {
    let fromCustomer = 0, fromTeam = 0;
    const prefix = this.options.keys.linksOf(deskId, customerId);
    for await (const { shows } of this.#values<Counterpart>({ prefix })) {
      if (shows) fromCustomer++;
      else fromTeam++;
    }
    return { fromCustomer, fromTeam };
  }

  async dataOf(deskId: number, userId: number): Promise<PersonalData> {
    const { keys } = this.options;
    const read = new RecordReader(this.kv, { ...this.options, deskId });
    const ofKind = async (kind: CustomerKind) => {
      const list = this.kv.list({ prefix: keys.ofCustomer(kind, deskId, userId) });
      return (await Array.fromAsync(list)).map(({ key }) => key.slice(-2) as [number, number]);
    };
    const idsOf = async (kind: CustomerKind) => (await ofKind(kind)).map(([, id]) => id);
    const kept = {
      "every-post": await idsOf("every-post"),
      "every-root": await ofKind("every-root"),
      failed: await this.#jobs(keys.ofCustomer("failed", deskId, userId)),
      told: await idsOf("told"),
      note: await idsOf("note"),
      reactor: await idsOf("reactor"),
      // What it points to waits.
      named: null,
      // It is over in minutes, and names what the links name.
      doubt: null,
      // The team's messages to the team, which names what waits.
      confirmation: null,
      scheduled: await this.#scheduled(keys.ofCustomer("scheduled", deskId, userId)),
    } satisfies Record<CustomerKind, unknown>;
    const attempts = await this.kv.get<Stored<Attempts>>(keys.claimAttempts(userId));
    const served = await read.servedBy(userId);
    return {
      conversation: await read.conversation(userId),
      posts: {
        posts: kept["every-post"],
        roots: kept["every-root"].map(([chatId, messageId]) => ({ chatId, messageId })),
      },
      links: await this.#links(deskId, userId),
      waiting: [...await this.#jobs(keys.jobsOfCustomer(deskId, userId)), ...kept.scheduled],
      failed: kept.failed,
      marks: {
        told: kept.told,
        notes: kept.note,
        reactions: kept.reactor,
        isServedHere: served?.deskId === deskId,
        wasServedHere: served?.before?.includes(deskId) === true,
        erasure: await read.erasure(userId),
        visit: await read.visit(userId),
      },
      team: {
        membership: await read.membership(userId),
        agent: await read.agent(userId),
        isNoticeWanted: await read.isNoticeWanted(userId),
        isOnShift: (await read.roster()).some((agent) => agent.userId === userId),
        isAllowed: await read.isAllowed(userId),
        wrongCodes: fromStored(attempts)?.count ?? 0,
      },
    };
  }

  async #links(deskId: number, userId: number): Promise<PersonalLink[]> {
    const links: PersonalLink[] = [];
    const prefix = this.options.keys.linksOf(deskId, userId);
    for await (const entry of this.kv.list<Stored<Counterpart>>({ prefix }, { batchSize: 500 })) {
      links.push({ messageId: entry.key.at(-1) as number, ...fromStored(entry)! });
    }
    return links;
  }

  async desksOf(userId: number): Promise<number[]> {
    const { keys } = this.options;
    const found = await Promise.all([
      this.#desksWith(keys.conversations(), (deskId) => keys.conversation(deskId, userId)),
      this.#desksWith(keys.visits(), (deskId) => keys.visit(deskId, userId)),
    ]);
    return [...new Set(found.flat())].sort((a, b) => a - b);
  }

  /** The desks that have a record, of all that have records of its kind. */
  async #desksWith(
    prefix: Deno.KvKey,
    keyOf: (deskId: number) => Deno.KvKey,
  ): Promise<number[]> {
    const found: number[] = [];
    let start: Deno.KvKey | undefined;
    while (true) {
      const list = this.kv.list(start ? { prefix, start } : { prefix }, { limit: 1 });
      const { value: entry } = await list.next();
      if (!entry) return found;
      const deskId = entry.key[2] as number;
      if ((await this.kv.get(keyOf(deskId))).versionstamp !== null) found.push(deskId);
      // The byte after every record of this desk: IDs are finite.
      start = [...prefix, deskId, Infinity];
    }
  }

  async doubts(nowMs: number, most: number): Promise<ThreadDoubt[]> {
    const found: ThreadDoubt[] = [];
    const prefix = this.options.keys.allOf("doubt");
    for await (const entry of this.kv.list<Stored<Doubt>>({ prefix }, { batchSize: 500 })) {
      const doubt = fromStored(entry)!;
      if (!isDoubtDue(doubt, nowMs)) continue;
      const [deskId, customerId, chatId, messageId] = entry.key.slice(2) as [
        number,
        number,
        number,
        number,
      ];
      found.push({ ...doubt, deskId, customerId, root: { chatId, messageId } });
      if (found.length === most) break;
    }
    return found;
  }

  async conversations(
    { after, most }: { after?: ConversationId; most: number },
  ): Promise<DeskConversation[]> {
    const { keys } = this.options;
    const prefix = keys.conversations();
    const start = after && [...keys.conversation(after.deskId, after.customerId), 0];
    const selector = start ? { prefix, start } : { prefix };
    const list = this.kv.list<Stored<Conversation>>(selector, { limit: most, batchSize: 500 });
    return (await Array.fromAsync(list)).map((entry) => ({
      deskId: entry.key[2] as number,
      conversation: fromStored(entry)!,
    }));
  }

  events(deskId: number, sinceMs: number): AsyncGenerator<DeskEvent> {
    const { keys } = this.options;
    return this.#values<DeskEvent>({
      prefix: keys.eventsOf(deskId),
      start: keys.eventsSince(deskId, sinceMs),
    });
  }

  async #jobs(prefix: Deno.KvKey): Promise<Job[]> {
    const jobs: Job[] = [];
    for await (const entry of this.kv.list<Stored<StoredJob>>({ prefix })) {
      const job = await loadJob(entry, this.options.seal);
      if (job) jobs.push(job);
    }
    return jobs;
  }

  /** What waits for its time, as the jobs that it will be. */
  async #scheduled(prefix: Deno.KvKey): Promise<Job[]> {
    const jobs: Job[] = [];
    for await (const entry of this.kv.list<Stored<StoredScheduled>>({ prefix })) {
      jobs.push(await waitingJobOf(entry, this.options.seal));
    }
    return jobs;
  }

  async *#values<T>(selector: Deno.KvListSelector): AsyncGenerator<T> {
    for await (const entry of this.kv.list<Stored<T>>(selector, { batchSize: 500 })) {
      yield fromStored(entry)!;
    }
  }
}
