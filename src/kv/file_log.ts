/**
 * The log of a database file, where what was erased is still to be read: SQLite writes it from the start
 * again once a thousand pages of 4 KiB are in it, and until then what it said before stays in its rest
 * (https://sqlite.org/wal.html). It is filled with what says nothing.
 */
import type { Keys } from "./keys.ts";
import type { Lifetimes } from "./lifetimes.ts";
import { toStored } from "./records.ts";
import type { Transact } from "./transact.ts";

/** Two thousand pages and more, in commits of less than 800 KiB, of values of less than 64 KiB. */
const FILLINGS = 12;
const FILLERS = 12;
const FILLER_BYTES = 60_000;

/** Has SQLite write over whatever is in the log. */
export async function fillLog(
  transact: Transact,
  { keys, lifetimes }: { keys: Keys; lifetimes: Lifetimes },
): Promise<void> {
  const fillers = Array.from({ length: FILLERS }, (_, n) => keys.filler(n));
  for (let times = 1; times <= FILLINGS; times++) {
    const filling = toStored(new Uint8Array(FILLER_BYTES).fill(times));
    await transact((commit) => {
      for (const key of fillers) commit.set(key, filling, { expireIn: lifetimes.filler });
      return Promise.resolve();
    });
  }
  await transact((commit) => {
    for (const key of fillers) commit.delete(key);
    return Promise.resolve();
  });
}
