/**
 * Loaded before the program in a process whose clock is ahead by `AHEAD_MS`: so a test need not wait
 * for the leases of a process that was killed to run out.
 */
const aheadMs = Number(Deno.env.get("AHEAD_MS"));
const { now } = Date;
Date.now = () => now() + aheadMs;
