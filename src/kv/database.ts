/** One bot's database: how it does, what is kept there, and who writes what causes jobs. */
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { Condition } from "./condition.ts";
import { databaseFileAt } from "./database_file.ts";
import { guardedKv } from "./guarded_kv.ts";
import { Ledger } from "./ledger.ts";
import { sealWith } from "./seal.ts";
import { Store } from "./store.ts";

/** What serving a database needs of the world. */
export interface DatabaseOptions {
  config: Config;
  kv: Deno.Kv;
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

/** Makes what serves a database; nothing is read or written yet. */
export function serveDatabase({ config, kv, now, log }: DatabaseOptions): Database {
  const condition = new Condition({ file: databaseFileAt(config.kvPath), now, log });
  const { botId, botToken, retentionDays, timeZone } = config;
  const owner = crypto.randomUUID();
  const seal = sealWith(botToken);
  const guarded = guardedKv(kv, condition);
  const store = new Store(guarded, { botId, owner, seal, retentionDays, timeZone, now });
  return { condition, store, ledger: new Ledger(store) };
}
