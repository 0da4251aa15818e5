/** The customers that another bot's file tells of, each once, and what in it is wrong. */
import {
  type Conversation,
  type Customer,
  openConversation,
} from "../conversation/conversation.ts";
import { isProblem, type LineProblem, type MongoExport } from "./mongo_export.ts";

/** A customer, and how the conversation stands. */
export interface FoundCustomer {
  customer: Customer;
  state: Pick<Conversation, "status" | "priority">;
}

/** What becomes of a file that tells of customers. */
export interface FoundCustomers {
  conversations: Conversation[];
  /** Records that tell of nobody who could write here. */
  leftOut: number;
  /** Records of a customer of whom another counts. */
  repeated: number;
  problems: LineProblem[];
}

/** How a record is read: `null` if it is to be left out, or all that is wrong with it. */
export type ReadRecord = (fields: Record<string, unknown>) => FoundCustomer | null | string[];

/** User IDs have at most 52 significant bits (Bot API, User.id). */
const MAX_USER_ID = 2 ** 52;

/**
 * Reads what was exported, record by record. Of several of one customer the last counts, unless an
 * earlier one `prevails` over it.
 */
export function readCustomers(
  exported: MongoExport,
  nowMs: number,
  read: ReadRecord,
  prevails: (earlier: FoundCustomer["state"], later: FoundCustomer["state"]) => boolean = () =>
    false,
): FoundCustomers {
  const found: FoundCustomers = { conversations: [], leftOut: 0, repeated: 0, problems: [] };
  const byId = new Map<number, Conversation>();
  for (const each of exported) {
    if (isProblem(each)) {
      found.problems.push(each);
      continue;
    }
    const record = read(each.fields);
    if (record === null) {
      found.leftOut++;
      continue;
    }
    if (Array.isArray(record)) {
      found.problems.push({ place: each.place, reason: record.join("; ") });
      continue;
    }
    const { customer, state } = record;
    const earlier = byId.get(customer.id);
    if (earlier) found.repeated++;
    if (earlier && prevails(earlier, state)) continue;
    byId.delete(customer.id);
    byId.set(customer.id, { ...openConversation(customer, nowMs), ...state });
  }
  found.conversations.push(...byId.values());
  return found;
}

/** The number that was written as a number or as digits; `null`: it can be no user's ID. */
export function toUserId(written: unknown): number | null {
  const id = toWholeNumber(written);
  return id !== null && id > 0 && id < MAX_USER_ID ? id : null;
}

/** A whole number, written as one or as digits; `null`: it is none. */
export function toWholeNumber(written: unknown): number | null {
  const isText = typeof written === "string" && /^-?\d+$/.test(written);
  const number = isText ? Number(written) : written;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : null;
}

const WEIGHTS: Record<Conversation["status"], number> = {
  banned: 2,
  open: 1,
  closed: 0,
};

/** Whether of two states of one customer the earlier counts: a ban does, then what is open. */
export function weighsMore(
  { status: earlier }: FoundCustomer["state"],
  { status: later }: FoundCustomer["state"],
): boolean {
  return WEIGHTS[earlier] > WEIGHTS[later];
}
