/**
 * Holding the file of a database: one program at a time works on it. Whoever holds it knows that what
 * others have left there is left for good, and that nobody else writes.
 */
import type { Log } from "../log.ts";

/** How long it takes at most to hold a file that nobody else holds. */
const HOLDING_MS = 1000;

/** A file that is held. Dispose of it once the database is closed; else it is held for life. */
export type HeldFile = Disposable;

/**
 * Holds a database's file. Resolves once no other program holds it: the system ends what a program
 * held when that dies, however it dies. `undefined`: whether others do cannot be told here.
 *
 * The file is held by a lock that others of its kind alone respect (flock(2)): on Linux it has
 * nothing to do with SQLite's own, elsewhere the two may keep each other out. To close its handle
 * would end SQLite's locks of this process (https://sqlite.org/howtocorrupt.html).
 */
export async function holdFile(path: string, log: Log): Promise<HeldFile | undefined> {
  if (Deno.build.os !== "linux") return undefined;
  const timer = setTimeout(() => log.warn("another program has the database open"), HOLDING_MS);
  try {
    const file = await Deno.open(path, { read: true, write: true });
    await file.lock(true);
    return file;
  } catch (error) {
    log.warn("database file not held", { error });
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
