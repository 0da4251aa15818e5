/**
 * What a change says of conversations: who is known, where their threads are, and which messages show
 * the same. It commits nothing itself.
 */
import type { Change } from "../jobs/change.ts";
import { endsOf } from "../message/link.ts";
import type { Keys } from "./keys.ts";
import type { Lifetimes } from "./lifetimes.ts";
import { toStored } from "./records.ts";

/** What conversations are written with. */
interface ConversationOptions {
  keys: Keys;
  lifetimes: Lifetimes;
  now: () => number;
}

/** Puts into a commit what a change says of a desk's conversations. */
export function writeConversations(
  commit: Deno.AtomicOperation,
  deskId: number,
  change: Change,
  options: ConversationOptions,
): void {
  writeThreads(commit, deskId, change, options);
  writeLinks(commit, deskId, change, options);
}

/** Who is known, in which state, and which posts and roots stand for whom. */
function writeThreads(
  commit: Deno.AtomicOperation,
  deskId: number,
  change: Change,
  { keys, lifetimes, now }: ConversationOptions,
): void {
  for (const conversation of change.conversations ?? []) {
    commit.set(keys.conversation(deskId, conversation.customer.id), toStored(conversation));
  }
  for (const { customerId, visit } of change.visits ?? []) {
    const key = keys.visit(deskId, customerId);
    if (visit) commit.set(key, toStored(visit), { expireIn: lifetimes.visit });
    else commit.delete(key);
  }
  for (const { customerId, ...served } of change.servedBy ?? []) {
    commit.set(keys.servedBy(customerId), toStored(served));
  }
  for (const { customerId, at } of change.roots ?? []) {
    commit.set(keys.root(deskId, customerId), toStored(at));
  }
  for (const { customerId, at } of [...change.roots ?? [], ...change.sideRoots ?? []]) {
    commit.set(keys.customerByRoot(deskId, at), toStored(customerId));
    commit.set(keys.everyRoot(deskId, customerId, at), toStored(now()));
    if (at.postId === undefined) continue;
    commit.set(keys.everyPost(deskId, customerId, at.postId), toStored(now()));
  }
  for (const { customerId, postId } of change.posts ?? []) {
    commit.set(keys.everyPost(deskId, customerId, postId), toStored(now()));
  }
  for (const { customerId, root, doubt } of change.doubts ?? []) {
    const key = keys.doubt(deskId, customerId, root);
    if (doubt) commit.set(key, toStored(doubt));
    else commit.delete(key);
  }
  for (const customerId of change.lostRoots ?? []) {
    commit.delete(keys.root(deskId, customerId));
  }
}

/** What is shown there no longer, and what is shown where: the same message may be, elsewhere. */
function writeLinks(
  commit: Deno.AtomicOperation,
  deskId: number,
  change: Change,
  { keys, lifetimes }: ConversationOptions,
): void {
  for (const { here, there, also = [] } of change.unlinks ?? []) {
    const { chatId } = there;
    const places = [here, there, ...also.map((messageId) => ({ chatId, messageId }))];
    for (const place of places) commit.delete(keys.link(deskId, place));
  }
  for (const link of change.links ?? []) {
    for (const { here, ...counterpart } of endsOf(link)) {
      commit.set(keys.link(deskId, here), toStored(counterpart), { expireIn: lifetimes.link });
    }
  }
}
