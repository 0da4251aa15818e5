/** Where lanes end, and who works them: looked at once for one commit, ahead of it if need be. */
import { type Lane, laneName } from "../conversation/lane.ts";
import type { Order } from "../jobs/job.ts";
import type { Keys } from "./keys.ts";
import type { LeaseRecord } from "./lease.ts";
import { orderOfJobKey } from "./stored_job.ts";

/** One lane's end. */
export interface LaneEnd {
  /** The order of its last job; `undefined`: it is empty. */
  last: Order | undefined;
  /** Its lease as it lies; `null`: the caller holds it. */
  lease: Deno.KvEntryMaybe<{ value: LeaseRecord }> | null;
}

/** The ends of the lanes that a commit adds to. */
export class LaneEnds {
  readonly #known = new Map<string, Promise<LaneEnd>>();

  constructor(
    private readonly kv: Deno.Kv,
    private readonly options: {
      keys: Keys;
      /** The lane that the caller works, and needs no lease for. */
      held?: Lane;
    },
  ) {}

  /** Looks at the end of a lane. */
  of(lane: Lane): Promise<LaneEnd> {
    const name = laneName(lane);
    const looking = this.#known.get(name) ?? this.#look(lane);
    this.#known.set(name, looking);
    return looking;
  }

  /** Begins to look; whether it could be read is told to whoever asks. */
  lookAhead(lane: Lane): void {
    this.of(lane).catch(() => {});
  }

  async #look(lane: Lane): Promise<LaneEnd> {
    const { keys, held } = this.options;
    const isHeld = held !== undefined && laneName(lane) === laneName(held);
    const selector = { prefix: keys.jobsOf(lane) };
    const [{ value: entry }, lease] = await Promise.all([
      this.kv.list(selector, { limit: 1, reverse: true }).next(),
      isHeld ? null : this.kv.get<{ value: LeaseRecord }>(keys.lease(lane)),
    ]);
    return { last: entry && orderOfJobKey(entry.key), lease };
  }
}
