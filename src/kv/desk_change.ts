/**
 * What a change says of the desk itself: its team, and what its administrators have decided. It
 * commits nothing itself.
 */
import type { Change } from "../jobs/change.ts";
import { isBelieved, type Membership } from "../desk/team.ts";
import type { Keys } from "./keys.ts";
import { fromStored, type Stored, toStored } from "./records.ts";

/** What a desk is written with. */
interface DeskOptions {
  kv: Deno.Kv;
  keys: Keys;
  now: () => number;
}

/** Puts into a commit what a change says of a desk itself. */
export async function writeDesk(
  commit: Deno.AtomicOperation,
  deskId: number,
  change: Change,
  options: DeskOptions,
): Promise<void> {
  writeTeam(commit, deskId, change, options);
  await writeMemberships(commit, deskId, change, options);
  writeDecided(commit, deskId, change, options);
}

/** Who has answered, wants to be told, is let in or on shift, and by which link one asks to join. */
function writeTeam(
  commit: Deno.AtomicOperation,
  deskId: number,
  change: Change,
  { keys, now }: DeskOptions,
): void {
  for (const agent of change.agents ?? []) {
    commit.set(keys.agent(deskId, agent.userId), toStored(agent));
  }
  for (const { userId, isWanted } of change.notices ?? []) {
    commit.set(keys.noticeWanted(deskId, userId), toStored(isWanted));
  }
  for (const { userId, isAllowed } of change.allowed ?? []) {
    const key = keys.allowed(deskId, userId);
    if (isAllowed) commit.set(key, toStored(now()));
    else commit.delete(key);
  }
  if (change.invite) commit.set(keys.invite(deskId), toStored(change.invite));
  if (change.invite === null) commit.delete(keys.invite(deskId));
  if (change.roster) commit.set(keys.roster(deskId), toStored(change.roster));
}

/** Who is of the team, and until when that may be believed. */
async function writeMemberships(
  commit: Deno.AtomicOperation,
  deskId: number,
  change: Change,
  options: DeskOptions,
): Promise<void> {
  const { kv, keys, now } = options;
  for (const membership of change.memberships ?? []) {
    keepMembership(commit, deskId, membership, options);
  }
  for (const membership of change.asked ?? []) {
    const entry = await kv.get<Stored<Membership>>(keys.membership(deskId, membership.userId));
    const known = fromStored(entry);
    // An update that came meanwhile knows better than the answer.
    if (known && !known.isDoubtful && isBelieved(known, now())) continue;
    commit.check(entry);
    keepMembership(commit, deskId, membership, options);
  }
}

function keepMembership(
  commit: Deno.AtomicOperation,
  deskId: number,
  membership: Membership,
  { keys, now }: DeskOptions,
): void {
  const expireIn = Math.max(0, membership.untilMs - now());
  const key = keys.membership(deskId, membership.userId);
  commit.set(key, toStored(membership), { expireIn });
}

/** Which desk newcomers come to, how this one is set, and its own words. */
function writeDecided(
  commit: Deno.AtomicOperation,
  deskId: number,
  change: Change,
  { keys }: DeskOptions,
): void {
  if (change.route) commit.set(keys.route(), toStored(change.route));
  if (change.route === null) commit.delete(keys.route());
  if (change.settings) commit.set(keys.settings(deskId), toStored(change.settings, "settings"));
  for (const { name, words } of change.ownTexts ?? []) {
    const key = keys.ownText(deskId, name);
    if (words) commit.set(key, toStored(words));
    else commit.delete(key);
  }
}
