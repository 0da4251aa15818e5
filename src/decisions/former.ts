/**
 * Desks at which a conversation was before: what was written there is shown there, and what still
 * waits there goes from there.
 */
import type { Conversation } from "../conversation/conversation.ts";
import { type Lane, laneOf } from "../conversation/lane.ts";
import type { Change, NewTask } from "../jobs/change.ts";
import type { FormerReader, Reader } from "../jobs/reader.ts";
import { isCarrying } from "../jobs/task_traits.ts";
import type { MessageFacts } from "../message/facts.ts";
import type { Place } from "../message/link.ts";
import { albumName } from "./carry.ts";

/** So far back is looked. */
const MOST_FORMER = 10;

/** Where a conversation was, at one desk. */
export interface Formerly {
  deskId: number;
  conversation: Conversation;
  /** Reads that desk's records. */
  read: Reader;
}

/**
 * Where somebody was before they came to the desk that serves them, the last first; not where nothing
 * is kept of them any more.
 */
export async function formerlyAt(read: Reader, customerId: number): Promise<Formerly[]> {
  const { before = [] } = await read.servedBy(customerId) ?? {};
  return await among(before.map((deskId) => ({ deskId, read: read.at(deskId) })), customerId);
}

/** Of these, where something is kept of somebody. */
async function among(former: FormerReader[], customerId: number): Promise<Formerly[]> {
  const looked = former.slice(0, MOST_FORMER).map(async (each) => {
    const conversation = await each.read.conversation(customerId);
    return conversation ? [{ ...each, conversation }] : [];
  });
  return (await Promise.all(looked)).flat();
}

/**
 * The desk at which a message of the customer's chat is shown, or waits to be, if that is one at
 * which they were before; `null`: it is of here and now.
 */
export async function formerDeskOf(
  read: Reader,
  customerId: number,
  place: Place,
): Promise<Formerly | null> {
  const before = await formerlyAt(read, customerId);
  // Who has not written since their only desk moved is not known to have been anywhere before.
  const all = before.length > 0 ? before : await among(await read.formerly(), customerId);
  if (all.length === 0 || await read.counterpart(place) !== null) return null;
  for (const former of all) {
    if (await former.read.counterpart(place) !== null) return former;
    if ((await former.read.carriers(laneAt(former, "to-team"), place)).length > 0) return former;
  }
  return null;
}

/** The lane of a customer's at another desk. */
export function laneAt({ deskId, conversation }: Formerly, direction: Lane["direction"]): Lane {
  return laneOf({ channelId: deskId }, conversation.customer.id, direction);
}

/** The customer can be reached again: what waits for that elsewhere may go. */
async function onReachedAgain(
  read: Reader,
  customerId: number,
  { message, nowMs }: Return,
): Promise<Change> {
  const change: Required<Pick<Change, "elsewhere" | "wake">> = { elsewhere: [], wake: [] };
  for (const former of await formerlyAt(read, customerId)) {
    const { blockedSinceMs, ...reachable } = former.conversation;
    if (blockedSinceMs === undefined) continue;
    if (message && !isWrittenSince(blockedSinceMs, message, nowMs)) continue;
    change.elsewhere.push({ deskId: former.deskId, change: { conversations: [reachable] } });
    change.wake.push({ lane: laneAt(former, "to-customer"), because: "customer" });
  }
  return change.wake.length > 0 ? change : {};
}

/** By what it is known that a customer is back; without a message: Telegram says so itself. */
interface Return {
  message?: Pick<MessageFacts, "sentMs">;
  nowMs: number;
}

/**
 * Whether a message was written after its customer blocked the bot: what was written before may come
 * later. By a clock that is behind Telegram's it cannot be told; Telegram tells of a return itself.
 */
export function isWrittenSince(
  blockedSinceMs: number,
  { sentMs }: Pick<MessageFacts, "sentMs">,
  nowMs: number,
): boolean {
  return sentMs > blockedSinceMs && sentMs <= nowMs;
}

/** What has nothing go to the customer that waits elsewhere for its time; and how much that is. */
export async function callingOffElsewhere(
  read: Reader,
  customerId: number,
): Promise<{ count: number; tasks: NewTask[] }> {
  let count = 0;
  const tasks: NewTask[] = [];
  for (const former of await formerlyAt(read, customerId)) {
    const waiting = await former.read.allScheduled(laneAt(former, "to-customer"));
    const answers = waiting.filter(({ task }) => isCarrying(task)).length;
    if (answers === 0) continue;
    count += answers;
    tasks.push({ lane: laneAt(former, "to-desk"), task: { kind: "call-off" } });
  }
  return { count, tasks };
}

/** The same change, and what waits at desks where they were before waits no longer. */
export async function withOthersWoken(
  change: Change,
  customerId: number,
  read: Reader,
  back: Return,
): Promise<Change> {
  const { elsewhere, wake } = await onReachedAgain(read, customerId, back);
  if (!elsewhere || !wake) return change;
  return {
    ...change,
    elsewhere: [...change.elsewhere ?? [], ...elsewhere],
    wake: [...change.wake ?? [], ...wake],
  };
}

/** The desk at which the album of a message has begun, if that was before they came here. */
export async function formerAlbum(
  message: MessageFacts,
  customerId: number,
  read: Reader,
): Promise<Formerly | null> {
  const name = albumName(message);
  if (name === undefined) return null;
  for (const former of await formerlyAt(read, customerId)) {
    if (await former.read.named(laneAt(former, "to-team"), name)) return former;
  }
  return null;
}

/** What a message answers that is shown at another desk is said in words: nobody sees it here. */
export async function withAnsweredWords(
  message: MessageFacts,
  customerId: number,
  read: Reader,
): Promise<MessageFacts> {
  const { answered, content, place: { chatId } } = message;
  const { snapshot } = content;
  if (!answered?.says || snapshot.reference || snapshot.quote) return message;
  const { messageId, says: reference } = answered;
  if (await formerDeskOf(read, customerId, { chatId, messageId }) === null) return message;
  return { ...message, content: { ...content, snapshot: { ...snapshot, reference } } };
}
