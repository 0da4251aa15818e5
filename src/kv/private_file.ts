/** The database's file and its folder: whom a company talks with is for their owner's eyes alone. */
import { dirname, resolve } from "node:path";
import { DEFAULT_KV_PATH } from "../config.ts";
import type { Log } from "../log.ts";

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;
/** What the owner's group and everybody else may do. */
const OTHERS = 0o077;

/** What SQLite keeps beside a database; what it makes itself is as private as the database. */
const COMPANIONS = ["-wal", "-shm", "-journal"];

/**
 * Makes the folder and the file of a database, as far as they are not there, for their owner alone.
 * Of what is there others lose their rights: the file and what lies beside it, and the folder if it
 * is the program's own. Any other may hold what the operator shares. Rejects if something cannot be
 * made; that rights stay as they are, the log says.
 */
export async function makePrivate(path: string, log: Log): Promise<void> {
  const folder = dirname(path);
  const isOwnFolder = resolve(folder) === resolve(dirname(DEFAULT_KV_PATH));
  await Deno.mkdir(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
  const file = await Deno.open(path, { write: true, create: true, mode: OWNER_ONLY_FILE });
  file.close();
  try {
    if (isOwnFolder) await tighten(folder, OWNER_ONLY_FOLDER);
    for (const end of ["", ...COMPANIONS]) await tighten(path + end, OWNER_ONLY_FILE);
  } catch (error) {
    log.warn("others may read the database", { error });
  }
}

/** Takes from others what they may do with something, if it is there. */
async function tighten(path: string, mode: number): Promise<void> {
  try {
    const known = (await Deno.stat(path)).mode;
    // Windows has rights of another kind.
    if (known !== null && (known & OTHERS) !== 0) await Deno.chmod(path, mode);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
