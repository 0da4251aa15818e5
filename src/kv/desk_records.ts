/** Lists of what a desk has: not what one decision rests on, but what people ask to be shown. */
import type { Conversation } from "../conversation.ts";
import type { DeskLists } from "../desk_lists.ts";
import type { Counterpart } from "../link.ts";
import type { DeskEvent } from "../stats.ts";
import type { Agent } from "../team.ts";
import type { Keys } from "./keys.ts";
import { fromStored, type Stored } from "./records.ts";

/** Lists one bot's records, desk by desk. */
export class DeskRecords implements DeskLists {
  constructor(private readonly kv: Deno.Kv, private readonly options: { keys: Keys }) {}

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

  events(deskId: number, sinceMs: number): AsyncGenerator<DeskEvent> {
    const { keys } = this.options;
    return this.#values<DeskEvent>({
      prefix: keys.eventsOf(deskId),
      start: keys.eventsSince(deskId, sinceMs),
    });
  }

  async *#values<T>(selector: Deno.KvListSelector): AsyncGenerator<T> {
    for await (const entry of this.kv.list<Stored<T>>(selector, { batchSize: 500 })) {
      yield fromStored(entry)!;
    }
  }
}
