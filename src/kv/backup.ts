/**
 * Saves a bot's records and puts them back. Leases, pauses and the webhook's registration are left
 * out: they say what is going on at the moment, and where. So is the order of times in which things
 * wait: it follows from them.
 */
import { defined } from "../values/defined.ts";
import {
  type BackupHeader,
  BackupProblem,
  type BackupReading,
  type SavedRecord,
} from "./backup_file.ts";
import { keysOf, kindOf } from "./keys.ts";
import { lifetimeOf, type Lifetimes, toldExpiryMs } from "./lifetimes.ts";
import { fromStored, NewerRecord, type Stored, toStored } from "./records.ts";
import { dueOf } from "./stored_scheduled.ts";
import type { Seal } from "./seal.ts";
import type { Store } from "./store.ts";
import { loadJob, type StoredJob } from "./stored_job.ts";

const LEFT_OUT: readonly string[] = ["lease", "alive", "pause", "look", "webhook", "filler", "due"];
/** Records of these kinds are found under another key when something becomes of them. */
const MOVING: readonly string[] = ["scheduled", "failed", "job", "reply", "reply-use"];
/** How many records are read at once (https://docs.deno.com/api/deno/~/Deno.KvListOptions). */
const RECORDS_READ_AT_ONCE = 500;
/**
 * What goes into one commit: it takes 1000 records, 80 KiB of keys and 800 KiB in all
 * (https://docs.deno.com/deploy/kv/transactions/#limits). Lengths are those of the lines.
 */
const MOST_RECORDS = 500;
const MOST_LENGTH = 64 * 1024;

/**
 * Records that do not tell when they expire would all do so at once, and the database lets everybody
 * wait while it deletes what has expired: a million took 5 s. They go over the last part of their
 * lifetime instead, evenly.
 */
const GOING_SHARE = 1 / 24;
/** Multiples of it, without what is whole in them, lie evenly however many there are. */
const GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;

/** What is in a backup. */
export interface Survey extends BackupHeader {
  /** How many records of each kind. */
  counts: Map<string, number>;
  /** How many jobs were sealed under another token: their words cannot be read any more. */
  unreadable: number;
}

/**
 * All records of a bot, as they are to be saved. The database may be written meanwhile: nothing is
 * missed that is owed when this begins. Marks of updates come first, so that none is saved without
 * what it caused; then what is owed, twice, since it may move from where it has yet to be read to
 * where it has been; then the rest, in which everything is that became of what was owed. What is
 * settled meanwhile may be saved as owed all the same, and changes of the rest may be saved or not.
 * So may an update that waits be saved as waiting and with the jobs it became: that is a repeat, and
 * no loss.
 */
export async function* savedRecords(
  kv: Deno.Kv,
  { botId, lifetimes }: { botId: number; lifetimes: Lifetimes },
): AsyncGenerator<SavedRecord> {
  const keys = keysOf(botId);
  const first = ["seen", "parked", "parked-part", ...MOVING];
  const saved = new Set<string>();
  for (const kind of [...first, ...MOVING]) {
    for await (const entry of listed(keys.allOf(kind))) {
      const name = `${JSON.stringify(entry.key)} ${entry.versionstamp}`;
      if (saved.has(name)) continue;
      if (MOVING.includes(kind)) saved.add(name);
      yield toSaved(entry);
    }
  }
  for await (const entry of listed(keys.all())) {
    const kind = kindOf(entry.key);
    if (!first.includes(kind) && !LEFT_OUT.includes(kind)) yield toSaved(entry);
  }

  function listed(prefix: Deno.KvKey) {
    return kv.list<Stored<unknown>>({ prefix }, { batchSize: RECORDS_READ_AT_ONCE });
  }

  function toSaved({ key, value }: Deno.KvEntry<Stored<unknown>>): SavedRecord {
    const expiresMs = toldExpiryMs(key, value.value, lifetimes);
    return { key, value, ...defined({ expiresMs }) };
  }
}

/** What is in a backup, in words. */
export function inWords({ counts }: Survey): string {
  const of = (kind: string, one: string, many: string) => {
    const number = counts.get(kind) ?? 0;
    return `${number} ${number === 1 ? one : many}`;
  };
  const all = [...counts.values()].reduce((sum, number) => sum + number, 0);
  return [
    `${all} ${all === 1 ? "record" : "records"}: ` +
    of("conversation", "conversation", "conversations"),
    of("reply", "canned reply", "canned replies"),
    `${(counts.get("job") ?? 0) + (counts.get("parked") ?? 0)} waiting`,
    `${counts.get("failed") ?? 0} given up`,
  ].join(", ");
}

/**
 * Reads a backup through without putting anything back. Throws a `BackupProblem` if it is not whole,
 * of another bot, or of a newer program.
 */
export async function surveyBackup(
  { header, records }: BackupReading,
  { botId, seal }: { botId: number; seal: Seal },
): Promise<Survey> {
  if (header.botId !== botId) {
    throw new BackupProblem(
      `The backup is of the bot ${header.botId}, BOT_TOKEN is of the bot ${botId}: set the token of ` +
        "the bot that the backup is of.",
    );
  }
  const counts = new Map<string, number>();
  let unreadable = 0;
  for await (const { record: { key, value } } of records) {
    if (key[0] !== botId) throw new BackupProblem("The backup holds records of another bot.");
    const kind = kindOf(key);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const entry = { key, value, versionstamp: "" } as Deno.KvEntry<Stored<StoredJob>>;
    try {
      fromStored(entry);
    } catch (error) {
      if (!(error instanceof NewerRecord)) throw error;
      throw new BackupProblem(`The backup is of a newer program. ${error.message}.`);
    }
    if (kind !== "job" && kind !== "failed") continue;
    if ((await loadJob(entry, seal))?.isUnreadable) unreadable++;
  }
  return { ...header, counts, unreadable };
}

/**
 * Puts the records of a backup back, in several commits, into a database that holds none of this
 * bot. They live on as they say themselves, or as if they had been written when the backup was
 * taken, and at most a 24th of that less; what has expired by now is left out. Resolves with how many
 * were put back, and how many had expired.
 */
export async function restore(
  store: Store,
  { header, records }: BackupReading,
  { lifetimes, now }: { lifetimes: Lifetimes; now: () => number },
): Promise<{ restored: number; expired: number }> {
  if (!await store.isEmpty()) {
    throw new BackupProblem(
      "The database holds records of this bot already: a backup is restored into a new one. Stop " +
        "the bot, move the database away or set KV_PATH to a new one, and try again.",
    );
  }
  const keys = keysOf(header.botId);
  let restored = 0, expired = 0, length = 0, undated = 0;
  let batch: Parameters<Store["putBack"]>[0] = [];
  const write = async () => {
    await store.putBack(batch);
    restored += batch.filter(({ key }) => !LEFT_OUT.includes(kindOf(key))).length;
    length = 0;
    batch = [];
  };
  try {
    for await (const { record, length: lineLength } of records) {
      const { key, value, expiresMs } = record;
      const lifetimeMs = lifetimeOf(key, lifetimes) ?? Infinity;
      const sooner = expiresMs === undefined ? undated++ * GOLDEN_RATIO % 1 * GOING_SHARE : 0;
      const untilMs = expiresMs ?? header.takenMs + Math.floor(lifetimeMs * (1 - sooner));
      const expireIn = untilMs - now();
      if (expireIn <= 0) {
        expired++;
        continue;
      }
      if (batch.length === MOST_RECORDS || length + lineLength > MOST_LENGTH) await write();
      batch.push({ key, value, ...(expireIn === Infinity ? {} : { expireIn }) });
      if (kindOf(key) === "scheduled") {
        batch.push({ key: keys.due(dueOf({ key, value })), value: toStored(header.takenMs) });
      }
      length += lineLength;
    }
    await write();
  } catch (error) {
    throw new BackupProblem(
      `Restoring broke off after ${restored} records: ${
        (error as Error).message
      } The database is ` +
        "not whole now: do not start the bot on it, begin again with a new one.",
      { cause: error },
    );
  }
  return { restored, expired };
}
