/** What is listed of a desk, for people to look at: no decision rests on it alone. */
import type { DeskEvent } from "../stats/stats.ts";
import type { Agent } from "./team.ts";

/** Lists of desks, by their channels' IDs. */
export interface DeskLists {
  /** Everybody who has answered a customer. */
  agents(deskId: number): Promise<Agent[]>;
  /** Who has said whether they want to be told when somebody waits. */
  noticesWanted(deskId: number): Promise<Map<number, boolean>>;
  /** How many customers wait for an answer. */
  countWaiting(deskId: number): Promise<number>;
  /** How many conversations are open, and who the customers of so many of them are, by name. */
  open(deskId: number, most: number): Promise<{ count: number; customers: string[] }>;
  /** How many messages of a customer and of the team are linked, as far back as links reach. */
  countMessages(
    deskId: number,
    customerId: number,
  ): Promise<{ fromCustomer: number; fromTeam: number }>;
  /** What has happened since then, in the order of time. */
  events(deskId: number, sinceMs: number): AsyncIterable<DeskEvent>;
}
