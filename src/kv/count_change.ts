/**
 * What of a change counts: events for statistics, uses of canned replies. It commits nothing itself.
 */
import type { Change } from "../jobs/change.ts";
import type { DeskEvent } from "../stats/stats.ts";
import type { Keys } from "./keys.ts";
import type { Lifetimes } from "./lifetimes.ts";
import { toStored } from "./records.ts";
import { setReplyUse } from "./reply_records.ts";

/** What counts is written with. */
interface CountOptions {
  kv: Deno.Kv;
  keys: Keys;
  lifetimes: Lifetimes;
  now: () => number;
}

/** Puts into a commit what of a change counts, at the places that its arrival gives it. */
export async function writeCounts(
  commit: Deno.AtomicOperation,
  deskId: number,
  change: Change,
  arrival: number,
  { kv, keys, lifetimes, now }: CountOptions,
): Promise<void> {
  for (const [index, event] of (change.events ?? []).entries()) {
    const key = isOfClock(event)
      ? await freeKey(kv, commit, (place) => keys.event(deskId, event, place), arrival + index)
      : keys.event(deskId, event, arrival + index);
    commit.set(key, toStored(event), { expireIn: lifetimes.event });
  }
  for (const used of change.replyUses ?? []) {
    setReplyUse(commit, used, { keys, lifetimes, deskId, nowMs: now() });
  }
}

/** The first place from this one on at which nothing lies, nor will when the commit is made. */
async function freeKey(
  kv: Deno.Kv,
  commit: Deno.AtomicOperation,
  keyOf: (place: number) => Deno.KvKey,
  first: number,
): Promise<Deno.KvKey> {
  for (let place = first;; place++) {
    const key = keyOf(place);
    if ((await kv.get(key)).versionstamp !== null) continue;
    commit.check({ key, versionstamp: null });
    return key;
  }
}

/** Whether it may happen to several at the same moment, by one and the same update or by none. */
function isOfClock({ kind }: DeskEvent): boolean {
  return kind === "late" || kind === "autoclosed" || kind === "closed";
}
