/**
 * What follows from any change, whoever decides it: what is timed by the desk's clock, cards that show
 * what is so, and fair shares. Nobody else has to think of these.
 */
import { type Change, withLifted } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { withUpkeep } from "./card_upkeep.ts";
import { withShares } from "./shares.ts";
import { withTimers } from "./timers.ts";

/** At which desk a change is made, what is known there, and by which clock. */
interface Making {
  deskId: number;
  read: Reader;
  timeZone: string;
  nowMs: number;
}

/** A change with its consequences, at the desk where it is made and at those it reaches besides. */
export async function withConsequences(
  change: Change,
  at: Making,
): Promise<Change> {
  const whole = await withThoseAt(change, at);
  if (!change.elsewhere) return whole;
  const elsewhere = await Promise.all(change.elsewhere.map(async ({ deskId, change }) => ({
    deskId,
    change: await withThoseAt(change, { ...at, deskId, read: at.read.at(deskId) }),
  })));
  return withLifted(whole, elsewhere);
}

async function withThoseAt(change: Change, at: Making): Promise<Change> {
  const { deskId, read } = at;
  const timed = await withTimers(change, at);
  return await withShares(await withUpkeep(timed, deskId, read), deskId, read);
}
