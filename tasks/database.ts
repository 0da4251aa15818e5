/** The desk's database as the operator's tasks open it. */
import { backup, DatabaseSync } from "node:sqlite";
import { isThere } from "../src/environment/there.ts";
import { holdFile } from "../src/kv/held_file.ts";
import { makePrivate } from "../src/kv/private_file.ts";
import { createLog } from "../src/log.ts";
import { isLocked, Refusal } from "./operator.ts";

/** What is amiss with a file, as the operator reads it. */
const toldInTerminal = createLog({
  level: "warn",
  secrets: [],
  now: Date.now,
  write: (line) => console.error(line),
});

/** An open database. Dispose of it to close it. */
export interface Opened extends AsyncDisposable {
  kv: Deno.Kv;
}

/**
 * Opens the database for reading, also while the bot runs. A file is read from a copy in `folder`,
 * taken of a single moment: opening the file itself would also delete what has expired, and commits
 * of the bot at that moment would fail. A KV Connect URL is opened as it is.
 */
export async function openToRead(
  kvPath: string | undefined,
  { folder }: { folder: string },
): Promise<Opened> {
  if (!isFile(kvPath)) return opened(await open(kvPath));
  if (!await isThere(kvPath)) {
    throw new Refusal(
      `There is no database at ${kvPath}: check KV_PATH, and the folder you are in.`,
    );
  }
  const copyFolder = await Deno.makeTempDir({ dir: folder, prefix: ".balcao-" });
  const remove = () => Deno.remove(copyFolder, { recursive: true });
  try {
    await copy(kvPath, `${copyFolder}/copy.sqlite3`);
    return opened(await open(`${copyFolder}/copy.sqlite3`), remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

/**
 * Opens the database for writing; a file that is not there is made. Refuses a file that another
 * process has open: two that write make each other fail.
 */
export async function openToWrite(kvPath: string | undefined): Promise<Opened> {
  if (isFile(kvPath)) {
    if (await isThere(kvPath)) refuseIfInUse(kvPath);
    await makePrivate(kvPath, toldInTerminal);
    const file = await holdFile(kvPath, toldInTerminal);
    const release = () => Promise.resolve(file?.[Symbol.dispose]());
    try {
      return opened(await open(kvPath), release);
    } catch (error) {
      await release();
      throw error;
    }
  }
  return opened(await open(kvPath));
}

/** Whether the database is a file; refuses what nobody else can open. */
export function isFile(kvPath: string | undefined): kvPath is string {
  if (kvPath === ":memory:") {
    throw new Refusal(
      "KV_PATH is :memory:, which nobody but the bot itself can reach: set it to the database's " +
        "file or URL.",
    );
  }
  return kvPath !== undefined && !/^https?:/.test(kvPath);
}

async function open(kvPath: string | undefined): Promise<Deno.Kv> {
  try {
    return await Deno.openKv(kvPath);
  } catch (error) {
    if (isLocked(error)) throw error;
    throw new Refusal(
      `The database cannot be opened: check KV_PATH. ${(error as Error).message}.`,
      { cause: error },
    );
  }
}

function opened(kv: Deno.Kv, afterwards?: () => Promise<void>): Opened {
  return {
    kv,
    async [Symbol.asyncDispose]() {
      kv.close();
      await afterwards?.();
    },
  };
}

/** Copies a database while others write it: all pages in one step, so of one moment. */
async function copy(from: string, to: string): Promise<void> {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(from, { readOnly: true });
    // https://www.sqlite.org/backup.html: between steps others might write.
    await backup(database, to, { rate: 2 ** 31 - 1 });
  } catch (error) {
    throw new Refusal(
      `The database ${from} cannot be copied: check KV_PATH, and that there is room for a copy ` +
        `beside it. ${(error as Error).message}.`,
      { cause: error },
    );
  } finally {
    database?.close();
  }
}

/**
 * Whoever has a database in WAL mode open holds a lock on its file, so nobody else gets it alone
 * (https://www.sqlite.org/wal.html#use_of_wal_without_shared_memory).
 */
function refuseIfInUse(path: string): void {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; ROLLBACK");
  } catch (error) {
    if (isLocked(error)) throw error;
    throw new Refusal(`The database ${path} cannot be opened: ${(error as Error).message}.`, {
      cause: error,
    });
  } finally {
    database?.close();
  }
}
