/**
 * What a change takes away of customers: their conversations, and all that names them. It commits
 * nothing itself.
 */
import type { Change } from "../jobs/change.ts";
import type { Conversation, Customer } from "../conversation/conversation.ts";
import type { Served } from "../conversation/served.ts";
import { defined } from "../values/defined.ts";
import type { Keys } from "./keys.ts";
import { fromStored, type Stored, toStored } from "./records.ts";
import { erasureMarkOf, type Seal } from "./seal.ts";

/** What is taken away with. */
interface ErasureOptions {
  kv: Deno.Kv;
  keys: Keys;
  seal: Seal;
  now: () => number;
}

/** Puts into a commit what a change takes away of a desk's customers. */
export async function writeErasures(
  commit: Deno.AtomicOperation,
  deskId: number,
  change: Change,
  options: ErasureOptions,
): Promise<void> {
  await forget(commit, deskId, change, options);
  erase(commit, deskId, change, options);
}

/**
 * Forgets conversations. What is deleted stays in SQLite's pages until they are used again; what is
 * written over with as many bytes does not (https://sqlite.org/pragma.html#pragma_secure_delete).
 */
async function forget(
  commit: Deno.AtomicOperation,
  deskId: number,
  change: Change,
  { kv, keys }: ErasureOptions,
): Promise<void> {
  for (const customerId of change.forget ?? []) {
    const key = keys.conversation(deskId, customerId);
    const known = fromStored(await kv.get<Stored<Conversation>>(key));
    if (known) commit.set(key, toStored({ ...known, customer: nameless(known.customer) }));
    commit.delete(key);
    const servedBy = await kv.get<Stored<Served>>(keys.servedBy(customerId));
    if (fromStored(servedBy)?.deskId === deskId) commit.check(servedBy).delete(servedBy.key);
  }
}

/** Takes a customer's traces away; what named them leads to nobody from then on. */
function erase(
  commit: Deno.AtomicOperation,
  deskId: number,
  change: Change,
  { keys, seal, now }: ErasureOptions,
): void {
  for (const key of change.traces ?? []) commit.delete(key as Deno.KvKey);
  for (const root of change.erasedRoots ?? []) {
    commit.set(keys.customerByRoot(deskId, root), toStored("erased"));
  }
  for (const postId of change.erasedPosts ?? []) {
    commit.set(keys.erasedPost(deskId, postId), toStored(now()));
  }
  for (const { customerId, erasure } of change.erasures ?? []) {
    const key = keys.erasure(deskId, erasureMarkOf(customerId, { deskId, seal }));
    const expireIn = "untilMs" in erasure ? Math.max(0, erasure.untilMs - now()) : undefined;
    commit.set(key, toStored(erasure), expireIn === undefined ? {} : { expireIn });
  }
}

/** A customer whose names say nothing, and take as many bytes. */
function nameless({ id, firstName, lastName }: Customer): Customer {
  const filled = (name: string) => (isNarrow(name) ? "x" : "█").repeat(name.length);
  return {
    id,
    firstName: filled(firstName),
    ...defined({ lastName: lastName === undefined ? undefined : filled(lastName) }),
  };
}

/** Whether each letter of a text takes one byte where it is kept, rather than two. */
function isNarrow(text: string): boolean {
  return [...text].every((letter) => letter <= "\u{ff}");
}
