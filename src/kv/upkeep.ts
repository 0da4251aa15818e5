/**
 * What is done every minute or so for the records: conversations that are older than their desk keeps
 * any are erased, and roots that have been in doubt for long are looked at.
 */
import { onDoubtDue } from "../decisions/doubt.ts";
import type { Log } from "../log.ts";
import { onExpired } from "../privacy/erasure.ts";
import { Retention } from "../privacy/retention.ts";
import type { Ledger } from "./ledger.ts";
import type { Store } from "./store.ts";

/** What upkeep needs. */
export interface UpkeepOptions {
  store: Store;
  ledger: Ledger;
  now: () => number;
  log: Log;
}

/** How many roots are looked at in one go. */
const MOST_LOOKS = 100;

/** The upkeep of one bot's records. */
export class Upkeep {
  readonly #retention: Retention;

  constructor(private readonly options: UpkeepOptions) {
    const { store, ledger, now, log } = options;
    this.#retention = new Retention({
      memory: store.bot,
      lists: store.desks,
      settings: (deskId) => store.reader(deskId).settings(),
      expire: (which) => ledger.record(which.deskId, (read) => onExpired(read, which, now())),
      now,
      log,
    });
  }

  /** Has conversations erased that are older than their desk keeps any. */
  async expire(): Promise<void> {
    await this.#retention.sweep();
  }

  /** Has roots looked at under which copies have been in doubt for long enough. */
  async lookAtRoots(): Promise<void> {
    const { store, ledger, now } = this.options;
    for (const each of await store.desks.doubts(now(), MOST_LOOKS)) {
      await ledger.record(each.deskId, (read) => onDoubtDue(each, read, now()));
    }
  }
}
