/**
 * Room beside a database's file. The runtime forgets what has expired as soon as it opens a database,
 * and ends the whole program if the disk takes nothing (denoland/denokv, sqlite/lib.rs,
 * `collect_expired`): a program that has looked before can say so instead.
 */

/** More than the log of what a minute forgets takes, and written within a millisecond. */
const ROOM_BYTES = 1024 * 1024;
const OWNER_ONLY = 0o600;

/** Tries whether the disk of a database's file takes anything; throws what it says if it does not. */
export async function findRoom(path: string): Promise<void> {
  const probe = `${path}-room`;
  await Deno.writeFile(probe, new Uint8Array(0), { mode: OWNER_ONLY });
  try {
    await Deno.writeFile(probe, new Uint8Array(ROOM_BYTES));
  } finally {
    await Deno.remove(probe);
  }
}
