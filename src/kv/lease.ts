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

/** A call to Telegram (30 s) is only begun under a lease that outlasts it and the settling. */
const LEASE_MARGIN_MS = 35_000;

/** A job is begun under a lease that was written no longer ago: its first call has time, at least. */
const BEGUN_WITHIN_MS = 5000;

/** Whether there is time for a call to Telegram. */
export function lastsForCall(lease: Lease, nowMs: number): boolean {
  return lasts(lease, nowMs, LEASE_MARGIN_MS);
}

/** Whether there is time for a job. */
export function lastsForJob(lease: Lease, nowMs: number): boolean {
  return lasts(lease, nowMs, LEASE_MS - BEGUN_WITHIN_MS);
}

/** Whether a lease lasts for so long; where it seems to last longer than any, the clock was set back. */
function lasts({ untilMs }: Lease, nowMs: number, forMs: number): boolean {
  const leftMs = untilMs - nowMs;
  return leftMs >= forMs && leftMs <= LEASE_MS;
}
