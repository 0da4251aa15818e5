/**
 * The leases of lanes as they lie: how one is taken, from the dead too, goes on and is given back. It
 * commits nothing itself: what it puts into a commit is checked and committed by the store.
 */
import { type Lane, laneName } from "../conversation/lane.ts";
import { HolderSilence } from "./holder_silence.ts";
import type { Keys } from "./keys.ts";
import { isFree, type Lease, type LeaseRecord, newLease } from "./lease.ts";
import type { Lifetimes } from "./lifetimes.ts";
import { toStored } from "./records.ts";

/** Writes the leases of one bot's lanes for one instance. */
export class LaneLeases {
  readonly #silence: HolderSilence;

  constructor(
    private readonly kv: Deno.Kv,
    private readonly options: {
      keys: Keys;
      lifetimes: Lifetimes;
      /** This instance's name in leases. */
      owner: string;
      /** Whether no other instance works on this database, so that others' leases are the dead's. */
      isAlone: boolean;
      /** Whether every instance gives signs of life, so that silence tells of death. */
      givesSigns: boolean;
      /** A clock that only goes forward. */
      steady: () => number;
      now: () => number;
    },
  ) {
    this.#silence = new HolderSilence(options.steady);
  }

  /**
   * Takes the lane's lease if it is free, expired, this instance's own or a dead one's. A number
   * instead: when it is worth asking again, since somebody else holds it.
   */
  async claim(
    commit: Deno.AtomicOperation,
    lane: Lane,
  ): Promise<Omit<Lease, "versionstamp"> | number> {
    const { keys, owner, givesSigns, now } = this.options;
    const entry = await this.kv.get<{ value: LeaseRecord }>(keys.lease(lane));
    const held = entry.value?.value;
    commit.check(entry);
    if (held && !isFree(held, this.options)) {
      if (!givesSigns) return held.untilMs;
      const alive = await this.kv.get(keys.alive(held.owner));
      const leftMs = this.#silence.leftMs(laneName(lane), [entry, alive].map(stampOf));
      if (leftMs > 0) return Math.min(held.untilMs, now() + leftMs);
      commit.check(alive);
    }
    this.#silence.forget(laneName(lane));
    const lease = this.#write(commit, lane);
    return held && held.owner !== owner ? { ...lease, isInherited: true } : lease;
  }

  /** Takes a lease that was looked at before; `undefined`: it is not free, or is this instance's. */
  takeFree(
    commit: Deno.AtomicOperation,
    lane: Lane,
    entry: Deno.KvEntryMaybe<{ value: LeaseRecord }>,
  ): LeaseRecord | undefined {
    const held = entry.value?.value;
    if (!isFree(held, this.options) || held?.owner === this.options.owner) return undefined;
    return this.#write(commit.check(entry), lane);
  }

  /** Has a lease go on from now, in a commit that fails if it was lost meanwhile. */
  renew(commit: Deno.AtomicOperation, lane: Lane, { versionstamp }: Lease): LeaseRecord {
    return this.#write(commit.check({ key: this.options.keys.lease(lane), versionstamp }), lane);
  }

  /** Gives a lease back, in a commit that fails if it was lost meanwhile. */
  giveBack(
    commit: Deno.AtomicOperation,
    lane: Lane,
    { versionstamp }: Lease,
  ): Deno.AtomicOperation {
    const key = this.options.keys.lease(lane);
    return commit.check({ key, versionstamp }).delete(key);
  }

  /** Tells other instances that this one lives. */
  giveSign(commit: Deno.AtomicOperation): Deno.AtomicOperation {
    const { keys, lifetimes, owner, now } = this.options;
    return commit.set(keys.alive(owner), toStored(now()), { expireIn: lifetimes.alive });
  }

  #write(commit: Deno.AtomicOperation, lane: Lane): LeaseRecord {
    const { keys, lifetimes } = this.options;
    const lease = newLease(this.options);
    commit.set(keys.lease(lane), toStored(lease), { expireIn: lifetimes.lease });
    return lease;
  }
}

const stampOf = ({ versionstamp }: Deno.KvEntryMaybe<unknown>) => versionstamp;
