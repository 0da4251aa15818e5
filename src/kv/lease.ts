/** Leases: which instance works a lane, and until when. */
import { MINUTE_MS } from "../time/duration.ts";

/**
 * The right to work a lane, held by one instance until a time. It outlasts a call to Telegram, so
 * two live instances never work the same job. A holder that gives no sign of life loses it before.
 */
export interface Lease {
  owner: string;
  untilMs: number;
  /** It was taken from another instance, which has not given it back. */
  isInherited?: true;
  /** Changes with every writing of the lease: who comes with an old one is refused. */
  versionstamp: string;
}

/** How long a lease is given for. */
export const LEASE_MS = 45_000;

/** What is written of a lease. */
export type LeaseRecord = Omit<Lease, "versionstamp" | "isInherited">;

/** A lease from now on. */
export function newLease({ owner, now }: { owner: string; now: () => number }): LeaseRecord {
  return { owner, untilMs: now() + LEASE_MS };
}

/** How far the clocks of two instances may differ. */
const SKEW_MS = MINUTE_MS;

/**
 * Whether a lease may be taken: there is none, it has expired, or it is this instance's own, as any
 * is where no other instance can be. One for longer than any is given was given before the clock was
 * set back; its holder has had its time, or renews it before its next call.
 */
export function isFree(
  lease: LeaseRecord | undefined,
  { owner, isAlone, now }: { owner: string; isAlone?: boolean; now: () => number },
): boolean {
  return !lease || lease.owner === owner || isAlone === true || !isHeld(lease, now());
}

/** Whether somebody has a lease still. */
export function isHeld({ untilMs }: LeaseRecord, nowMs: number): boolean {
  return untilMs > nowMs && untilMs <= nowMs + LEASE_MS + SKEW_MS;
}
