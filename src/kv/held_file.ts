/**
 * Holding the file of a database: one program at a time works on it, and whoever has it alone knows
 * that what others have left there is left for good.
 */
import type { Log } from "../log.ts";

/** How long it takes at most to hold a file that nobody else holds. */
const HOLDING_MS = 1000;

/**
 * Holds a database's file as long as this program lives. Resolves once no other program holds it:
 * the system ends what a program held when that dies, however it dies. Never resolves where that
 * cannot be told.
 *
 * The file is held by a lock that others of its kind alone respect (flock(2)): on Linux it has
 * nothing to do with SQLite's own, elsewhere the two may keep each other out. The handle is never
 * closed, since that would end SQLite's locks of this process (https://sqlite.org/howtocorrupt.html).
 */
export async function holdFile(path: string, log: Log): Promise<void> {
  if (Deno.build.os !== "linux") return await new Promise(() => {});
  const timer = setTimeout(() => log.warn("another program has the database open"), HOLDING_MS);
  try {
    const file = await Deno.open(path, { read: true, write: true });
    await file.lock(true);
  } catch (error) {
    log.warn("database file not held", { error });
    return await new Promise(() => {});
  } finally {
    clearTimeout(timer);
  }
}
