/** Finds what is kept of a customer, as much of it as one commit can take away. */
import type { Footprint } from "../jobs/footprint.ts";
import type { Job } from "../jobs/job.ts";
import type { Lane } from "../conversation/lane.ts";
import type { Counterpart, Link } from "../message/link.ts";
import { CUSTOMER_KINDS, type Keys } from "./keys.ts";
import { isHeld, type LeaseRecord } from "./lease.ts";
import { fromStored, type Stored } from "./records.ts";
import { dueOf, scheduledIn } from "./stored_scheduled.ts";
import type { StoredJob } from "./stored_job.ts";

/**
 * A commit takes 1000 changes (https://docs.deno.com/deploy/kv/transactions/#limits), and of a root
 * something is kept in the place of what is taken away.
 */
const MOST_TRACES = 300;

/** Posts are kept in a job until each is edited: a record takes 64 KiB. */
const MOST_POSTS = 100;

/** Where it is looked. */
export interface FootprintOptions {
  kv: Deno.Kv;
  keys: Keys;
  now: () => number;
  /** Reads a record that must not change until the commit. */
  watch: (key: Deno.KvKey) => Promise<Deno.KvEntryMaybe<Stored<unknown>>>;
}

/**
 * What is kept of the customer whom this job erases: first what waits, then links, then everything
 * else. The lanes are theirs alone while their leases are free, and nothing is added to an empty one
 * without a lease: so whoever commits on a last footprint leaves nothing behind.
 */
export async function footprintOf(
  job: Job,
  mostLinks: number,
  { kv, keys, now, watch }: FootprintOptions,
): Promise<Footprint> {
  const { lane: own, order } = job;
  const { deskId, customerId } = own;
  const found = {
    isBusy: false,
    traces: [] as Deno.KvKey[],
    waiting: [] as Footprint["waiting"],
    links: [] as Footprint["links"],
    roots: [] as Footprint["roots"],
    posts: [] as number[],
  };
  const { traces } = found;
  const lanes: Lane[] = (["to-team", "to-customer"] as const)
    .map((direction) => ({ ...own, direction }));
  for (const lane of lanes) {
    const lease = await watch(keys.lease(lane));
    if (!lease.value) continue;
    if (isHeld(fromStored(lease) as LeaseRecord, now())) {
      return { ...found, isBusy: true, isLast: false };
    }
    traces.push(lease.key);
  }

  const behind = { start: [...keys.job(own, order), 0], end: [...keys.jobsOf(own), Infinity] };
  const selectors = [...lanes.map((lane) => ({ prefix: keys.jobsOf(lane) })), behind];
  for (const selector of selectors) {
    const limit = MOST_TRACES - traces.length;
    if (limit <= 0) break;
    for await (const entry of kv.list<Stored<StoredJob>>(selector, { limit })) {
      const task = fromStored(entry)!.task as Job["task"];
      if (outlives(task, customerId)) continue;
      traces.push(entry.key);
      const direction = entry.key[4] as Lane["direction"];
      found.waiting.push({ lane: { ...own, direction }, task });
    }
  }

  const links = linksOf(own, Math.max(1, mostLinks), { kv, keys });
  for await (const { link, named } of links) {
    if (traces.length >= MOST_TRACES) break;
    traces.push(...named);
    found.links.push(link);
  }
  if (traces.length > 0) return { ...found, isLast: false };

  for (const kind of CUSTOMER_KINDS) {
    const selector = { prefix: keys.ofCustomer(kind, deskId, customerId) };
    const limit = MOST_TRACES + 1 - traces.length;
    for await (const entry of kv.list<Stored<unknown>>(selector, { limit })) {
      const { key } = entry;
      const isFull = traces.length >= MOST_TRACES || found.posts.length === MOST_POSTS;
      if (isFull) return { ...found, isLast: false };
      traces.push(key);
      if (kind === "scheduled") {
        traces.push(keys.due(dueOf(entry)));
        found.waiting.push(scheduledIn(entry));
      }
      if (kind === "every-post") found.posts.push(key.at(-1) as number);
      if (kind !== "every-root") continue;
      const [chatId, messageId] = key.slice(-2) as [number, number];
      found.roots.push({ chatId, messageId });
    }
  }
  traces.push(keys.membership(deskId, customerId), keys.visit(deskId, customerId));
  return { ...found, isLast: true };
}

/** The newest links of a customer, each with the keys under which it is found from either side. */
async function* linksOf(
  { deskId, customerId }: Lane,
  limit: number,
  { kv, keys }: Pick<FootprintOptions, "kv" | "keys">,
): AsyncGenerator<{ link: Link; named: Deno.KvKey[] }> {
  const prefix = keys.linksOf(deskId, customerId);
  for await (
    const entry of kv.list<Stored<Counterpart>>({ prefix }, { limit, reverse: true })
  ) {
    const counterpart = fromStored(entry)!;
    const { there, also = [] } = counterpart;
    const { chatId } = there;
    const places = [there, ...also.map((messageId) => ({ chatId, messageId }))];
    const here = { chatId: customerId, messageId: entry.key.at(-1) as number };
    yield {
      link: { here, ...counterpart },
      named: [entry.key, ...places.map((place) => keys.link(deskId, place))],
    };
  }
}

/**
 * Whether what waits is done though its customer is erased: what they ask for themselves is answered,
 * nobody stays in the group because they have it forgotten that they joined, and posts that name them
 * name nobody in the end.
 */
function outlives(task: Job["task"], customerId: number): boolean {
  return task.kind === "expel" || task.kind === "efface" ||
    (task.kind === "press" && task.at.chatId === customerId);
}
