/**
 * How long records are kept, by the kind their key names. Whoever writes a record that does not stay
 * for good asks here.
 */
import { PARKED_MS } from "../jobs/parked.ts";
import type { Membership } from "../desk/team.ts";
import { kindOf } from "./keys.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../time/duration.ts";

/** How long a record of each kind is kept from its writing; any other stays for good. */
export type Lifetimes = ReturnType<typeof lifetimesOf>;

/** The lifetimes of records while links are kept for so many days, in milliseconds. */
export function lifetimesOf(retentionDays: number) {
  return {
    link: retentionDays * DAY_MS,
    reactor: retentionDays * DAY_MS,
    visit: retentionDays * DAY_MS,
    /** Telegram repeats no update that is older than a day. */
    seen: 2 * DAY_MS,
    failures: 2 * DAY_MS,
    /** As long as an update may wait for a desk, and a day in which its sender is told. */
    parked: PARKED_MS + DAY_MS,
    "parked-part": PARKED_MS + DAY_MS,
    /** As much as statistics look back, and more: time zones differ. */
    event: 32 * DAY_MS,
    "claim-attempts": DAY_MS,
    /** For the operator. */
    failed: 30 * DAY_MS,
    told: 30 * DAY_MS,
    /** As long as a job may wait for a customer who has blocked the bot, and a day. */
    named: 8 * DAY_MS,
    note: 8 * DAY_MS,
    /** As long as an answer may be put off, and may wait for a customer then. */
    confirmation: 375 * DAY_MS,
    /** A lease nobody renews, or gives back, is forgotten after this long; it has expired before. */
    lease: 10 * MINUTE_MS,
    alive: 10 * MINUTE_MS,
    "reply-draft": DAY_MS,
    filler: MINUTE_MS,
    /** For so long instances that saw nothing meanwhile can tell which replies were used. */
    "reply-used": HOUR_MS,
  };
}

/** Records whose value is the time they were written at. */
const TIMED: readonly string[] = ["seen", "told", "note", "reply-used"];
/** Records that say themselves until when they hold. */
const DATED: readonly string[] = ["membership", "pause", "erasure"];

/** When a record expires, as far as it tells itself; `undefined` if it does not. */
export function toldExpiryMs(
  key: Deno.KvKey,
  value: unknown,
  lifetimes: Lifetimes,
): number | undefined {
  const kind = kindOf(key);
  if (DATED.includes(kind)) {
    return typeof value === "number" ? value : (value as Partial<Membership>).untilMs;
  }
  const lifetimeMs = lifetimeOf(key, lifetimes);
  return TIMED.includes(kind) && typeof value === "number" && lifetimeMs !== undefined
    ? value + lifetimeMs
    : undefined;
}

/** How long a record is kept from its writing; `undefined`: for good, or as long as it says. */
export function lifetimeOf(key: Deno.KvKey, lifetimes: Lifetimes): number | undefined {
  return (lifetimes as Record<string, number>)[kindOf(key)];
}
