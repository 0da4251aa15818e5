/** One bot's database: how it does, what is kept there, and who writes what causes jobs. */
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { Condition } from "./condition.ts";
import { databaseFileAt } from "./database_file.ts";
import { guardedKv } from "./guarded_kv.ts";
import { joiningKv } from "./joining_kv.ts";
import { KnownRecords } from "./known_records.ts";
import { Ledger } from "./ledger.ts";
import { sealWith } from "./seal.ts";
import { Store } from "./store.ts";

/**
 * How much is asked at once of a database of this process, which writes one commit after another
 * (https://sqlite.org/isolation.html), and of one at the end of a network: there each waits its way.
 */
const MOST_AT_ONCE = {
  here: { commits: 1, reads: 4 },
  remote: { commits: 8, reads: 32 },
};

/** What serving a database needs of the world. */
export interface DatabaseOptions {
  config: Config;
  kv: Deno.Kv;
  /** Whether no other instance works on it. */
  isAlone: boolean;
  /** Whether every instance gives signs of life, so that silence tells of death. */
  givesSigns: boolean;
  /** A clock that only goes forward. */
  steady: () => number;
  now: () => number;
  log: Log;
}

/** The database as the parts of a bot use it. */
export interface Database {
  /** How the database does. */
  condition: Condition;
  store: Store;
  /** The store for whoever writes what causes jobs. */
  ledger: Ledger;
}

/** Whether a database is reached over the network: by a URL, or as the platform attaches it. */
function isRemote(path: string | undefined): boolean {
  return path === undefined || /^https?:/.test(path);
}

/** Makes what serves a database; nothing is read or written yet. */
export function serveDatabase(
  { config, kv, isAlone, givesSigns, steady, now, log }: DatabaseOptions,
): Database {
  const condition = new Condition({ file: databaseFileAt(config.kvPath), now, log });
  const { botId, botToken, retentionDays, timeZone } = config;
  const owner = crypto.randomUUID();
  const seal = sealWith(botToken);
  const most = isRemote(config.kvPath) ? MOST_AT_ONCE.remote : MOST_AT_ONCE.here;
  const known = new KnownRecords({ isAlone, steady });
  const store = new Store(joiningKv(guardedKv(kv, condition), most, steady, known), {
    botId,
    owner,
    isAlone,
    givesSigns,
    steady,
    seal,
    retentionDays,
    timeZone,
    now,
  });
  return { condition, store, ledger: new Ledger(store) };
}
