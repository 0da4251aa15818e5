/**
 * Bans. Each is the desk's: it holds in whichever channel the desk is, and outlives what its customer
 * erases.
 */
import { backHere, banned, type Conversation, reopened } from "../conversation/conversation.ts";
import type { Change } from "../jobs/change.ts";
import type { Erasure } from "../jobs/footprint.ts";
import type { FormerReader, Reader } from "../jobs/reader.ts";
import { defined } from "../values/defined.ts";

/** What says whether somebody is banned: their conversation, or what is left of one that was erased. */
type Word = { conversation: Conversation } | { erasure: Extract<Erasure, { isBanned: true }> };

/** That somebody is banned; and where it is written, if that is a channel the desk has left. */
export type Ban = Word & { deskId?: number };

/**
 * The ban of a desk's on somebody; `null`: there is none. Where they were known last, that decides.
 */
export async function banOf(read: Reader, customerId: number): Promise<Ban | null> {
  const known = await read.conversation(customerId);
  if (known) return known.status === "banned" ? { conversation: known } : null;
  const [erasure, formerly] = await Promise.all([read.erasure(customerId), read.formerly()]);
  if (isBan(erasure)) return { erasure };
  const words = await Promise.all(
    formerly.map(async ({ deskId, read }) => ({ deskId, word: await wordOf(read, customerId) })),
  );
  const last = words.find(({ word }) => word !== null);
  return last?.word ? banIn(last.word, last.deskId) : null;
}

/** Whether a desk has banned somebody. */
export async function isBannedAt(read: Reader, customerId: number): Promise<boolean> {
  return await banOf(read, customerId) !== null;
}

/** What a channel's records say of somebody who may be banned; `null`: nothing. */
async function wordOf(
  read: Reader,
  customerId: number,
): Promise<Word | null> {
  const [conversation, erasure] = await Promise.all([
    read.conversation(customerId),
    read.erasure(customerId),
  ]);
  if (conversation) return { conversation };
  return isBan(erasure) ? { erasure } : null;
}

function banIn(word: Word, deskId: number): Ban | null {
  const isLifted = "conversation" in word && word.conversation.status !== "banned";
  return isLifted ? null : { ...word, deskId };
}

/** Whether what is left of somebody who erased their data is that they are banned. */
export function isBan(erasure: Erasure | null): erasure is Extract<Erasure, { isBanned: true }> {
  return erasure !== null && "isBanned" in erasure;
}

/** Whether somebody was told that they are banned. */
export function isToldOf(ban: Ban): boolean {
  return (("erasure" in ban) ? ban.erasure.isTold : ban.conversation.isBanTold) === true;
}

/** They are told that they are banned. */
export function bannedTold({ deskId, ...ban }: Ban, customerId: number): Change {
  if ("erasure" in ban) {
    const erasure = { ...ban.erasure, isTold: true } as const;
    return writtenAt(deskId, { erasures: [{ customerId, erasure }] });
  }
  const { conversation } = ban;
  const known = deskId === undefined ? backHere(conversation) : conversation;
  return writtenAt(deskId, { conversations: [{ ...known, isBanTold: true }] });
}

/**
 * What has a desk's ban hold, or hold no longer, wherever else the desk was: it may be there again, and
 * be asked.
 */
export async function alsoFormerly(
  read: Reader,
  customerId: number,
  does: "ban" | "lift",
  nowMs: number,
): Promise<Pick<Change, "elsewhere">> {
  const changed = await Promise.all(
    (await read.formerly()).map(async (former) => {
      const change = await changedThere(former, customerId, does, nowMs);
      return change ? [{ deskId: former.deskId, change }] : [];
    }),
  );
  return defined({ elsewhere: changed.length > 0 ? changed.flat() : undefined });
}

async function changedThere(
  { read }: FormerReader,
  customerId: number,
  does: "ban" | "lift",
  nowMs: number,
): Promise<Change | null> {
  const word = await wordOf(read, customerId);
  if (!word) return null;
  if ("erasure" in word) {
    return does === "lift" ? { erasures: [{ customerId, erasure: { untilMs: nowMs } }] } : null;
  }
  const { conversation } = word;
  const isBanned = conversation.status === "banned";
  if (isBanned === (does === "ban")) return null;
  return { conversations: [does === "ban" ? banned(conversation) : endedBan(conversation)] };
}

/** A conversation that nobody goes on with has come to its end, and its customer is free. */
function endedBan(conversation: Conversation): Conversation {
  return { ...reopened(conversation), status: "closed" };
}

function writtenAt(deskId: number | undefined, change: Change): Change {
  return deskId === undefined ? change : { elsewhere: [{ deskId, change }] };
}
