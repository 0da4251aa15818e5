/**
 * Threads: which customer's a message of the group belongs to, and how a root is learned. The card
 * names its customer, so the automatic forward of it is all it takes; our own request's answer may
 * be lost, and with an empty database a thread still leads to its customer.
 */
import type { CardCopy } from "../conversation/card.ts";
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { openConversation } from "../conversation/conversation.ts";
import type { Desk } from "../desk/desk.ts";
import { onErasedRoot } from "../privacy/erasure.ts";
import { laneOf } from "../conversation/lane.ts";
import { albumName } from "./carry.ts";
import type { MessageFacts } from "../message/facts.ts";
import type { Place } from "../message/link.ts";

/**
 * An automatic forward of one of the desk's posts: if the post is a card, the forward is the root
 * of its customer's thread, and need not stay pinned.
 */
export async function onRoot(
  { place, post: card }: MessageFacts,
  desk: Desk,
  read: Reader,
): Promise<Change> {
  if (!card) return {};
  const at = placeAlone(place);
  const unpinned = (customerId: number): NewTask => ({
    lane: laneOf(desk, customerId, "to-desk"),
    task: { kind: "unpin", at },
  });
  const erased = await onErasedCard(card, at, desk, read);
  if (erased) return { ...erased, tasks: [...erased.tasks ?? [], unpinned(0)] };
  if (!card.customer) return {};
  const { id } = card.customer;
  return { ...await learnRoot(id, at, card, desk, read), tasks: [unpinned(id)] };
}

/** The note of a card's pin is taken away: it says nothing that the pin does not. */
export function onPinned({ place, pinned: customer }: MessageFacts, desk: Desk): Change {
  if (!customer) return {};
  const lane = laneOf(desk, customer.id, "to-desk");
  return { tasks: [{ lane, task: { kind: "delete", at: placeAlone(place) } }] };
}

/**
 * Somebody has answered a card by a post in the channel, which reaches nobody: the thread is told, of
 * an album once.
 */
export async function onAnsweredByPost(
  message: MessageFacts,
  desk: Desk,
  read: Reader,
): Promise<Change> {
  const { posted: customer, treatment, place } = message;
  if (!customer || treatment === "silent" || !await read.conversation(customer.id)) return {};
  const lane = laneOf(desk, customer.id, "to-team");
  const name = `posted/${albumName(message) ?? place.messageId}`;
  if (await read.named(lane, name)) return {};
  return { tasks: [{ lane, task: { kind: "notice", notice: { text: "posted" } }, name }] };
}

/** A message's place without a thread: that of a root, or in the channel. */
function placeAlone({ chatId, messageId }: Place): Place {
  return { chatId, messageId };
}

/** The thread a message of the group is in, with what the message teaches about it. */
export interface Thread {
  /** `"erased"`: of somebody who has erased their data, so that it leads to nobody. */
  customerId: number | "erased";
  learned: Change;
}

/**
 * Finds the thread of a message of the group; `null` if it is in none of ours. Any answer in a
 * group has a thread ID, so only a known root counts, or one that the message itself carries:
 * a first-level comment brings the whole root with it (Bot API, Message.reply_to_message).
 */
export async function findThread(
  { place: { chatId, rootId }, answered }: Pick<MessageFacts, "place" | "answered">,
  { desk, read, nowMs }: { desk: Desk; read: Reader; nowMs: number },
): Promise<Thread | null> {
  if (rootId === undefined) return null;
  const at: Place = { chatId, messageId: rootId };
  // What is said in a thread of ours may be signed.
  read.ahead((soon) => [soon.settings()]);
  const customerId = await read.customerByRoot(at);
  if (customerId !== null) return { customerId, learned: {} };

  const card = answered?.messageId === rootId ? answered.post : undefined;
  const erased = card && await onErasedCard(card, at, desk, read);
  if (erased) return { customerId: "erased", learned: erased };
  if (!card?.customer) return null;
  const { customer, postId, isFormer } = card;
  const [learned, known] = await Promise.all([
    learnRoot(customer.id, at, card, desk, read),
    read.conversation(customer.id),
  ]);
  if (known) return { customerId: customer.id, learned };
  const conversation = openConversation(customer, nowMs);
  return {
    customerId: customer.id,
    learned: {
      ...learned,
      conversations: [
        isFormer ? conversation : { ...conversation, card: { postId, postedMs: nowMs } },
      ],
    },
  };
}

/**
 * A second root of the same customer (the answer to the first post was lost, so it was posted
 * again) leads to them as well, but the conversation stays where it began. So does the root of a
 * card that a newer one has replaced: it comes too late to begin a thread. The card of a conversation
 * that goes on elsewhere has its own: what was written before is still shown there.
 */
async function learnRoot(
  customerId: number,
  at: Place,
  { postId, isFormer }: CardCopy,
  desk: Desk,
  read: Reader,
): Promise<Change> {
  const [known, conversation] = await Promise.all([
    read.rootOf(customerId),
    read.conversation(customerId),
  ]);
  const root = { customerId, at: { ...at, postId } };
  const card = conversation?.card;
  const begins = card?.postId === postId
    ? card.isOver !== true
    : !isFormer && (card === undefined || postId > card.postId);
  const isFirst = known?.chatId !== at.chatId && begins;
  return {
    ...(isFirst ? { roots: [root] } : { sideRoots: [root] }),
    wake: [{ lane: laneOf(desk, customerId, "to-team"), because: "root" }],
  };
}

/**
 * If a card is of somebody who has erased their data, its thread leads to nobody. Its copy in the
 * group may name them for ever: a post's edits are carried there for two weeks only. A card of which
 * the answer was lost is known by its customer, as long as they have not begun anew.
 */
async function onErasedCard(
  { postId, customer }: CardCopy,
  root: Place,
  desk: Desk,
  read: Reader,
): Promise<Change | null> {
  if (await read.isErasedPost(postId)) return onErasedRoot(root, [], desk);
  if (!customer || await read.conversation(customer.id)) return null;
  return await read.erasure(customer.id) ? onErasedRoot(root, [postId], desk) : null;
}
