/**
 * Threads: which customer's a message of the group belongs to, and how a root is learned. The card
 * names its customer, so the automatic forward of it is all it takes; our own request's answer may
 * be lost, and with an empty database a thread still leads to its customer.
 */
import type { Message } from "grammy/types";
import { isFormerCard, readCard } from "./card.ts";
import type { Change, Reader } from "./change.ts";
import { type Customer, openConversation } from "./conversation.ts";
import type { Desk } from "./desk.ts";
import { laneOf } from "./job.ts";
import type { Place } from "./link.ts";

/**
 * An automatic forward of one of the desk's posts: if the post is a card, the forward is the root
 * of its customer's thread, and need not stay pinned.
 */
export async function onRoot(root: Message, desk: Desk, read: Reader): Promise<Change> {
  const customer = customerOfRoot(root, desk);
  if (!customer) return {};
  const learned = await learnRoot(customer.id, placeOf(root), root, desk, read);
  return {
    ...learned,
    tasks: [{
      lane: laneOf(desk, customer.id, "to-desk"),
      task: { kind: "unpin", at: placeOf(root) },
    }],
  };
}

/** The note of a card's pin is taken away: it says nothing that the pin does not. */
export function onPinned(post: Message, desk: Desk): Change {
  const { pinned_message: pinned } = post;
  const customer = pinned && "text" in pinned ? readCard(pinned.text ?? "") : null;
  if (!customer) return {};
  const lane = laneOf(desk, customer.id, "to-desk");
  return { tasks: [{ lane, task: { kind: "delete", at: placeOf(post) } }] };
}

/** The thread a message of the group is in, with what the message teaches about it. */
export interface Thread {
  customerId: number;
  learned: Change;
}

/**
 * Finds the thread of a message of the group; `null` if it is in none of ours. Any answer in a
 * group has a thread ID, so only a known root counts, or one that the message itself carries:
 * a first-level comment brings the whole root with it (Bot API, Message.reply_to_message).
 */
export async function findThread(
  message: Message,
  { desk, read, nowMs }: { desk: Desk; read: Reader; nowMs: number },
): Promise<Thread | null> {
  const rootId = message.message_thread_id;
  if (rootId === undefined) return null;
  const at: Place = { chatId: message.chat.id, messageId: rootId };
  const customerId = await read.customerByRoot(at);
  if (customerId !== null) return { customerId, learned: {} };

  const root = message.reply_to_message as Message | undefined;
  if (!root || root.message_id !== rootId) return null;
  const customer = customerOfRoot({ ...root, chat: message.chat }, desk);
  if (!customer) return null;
  const [learned, known] = await Promise.all([
    learnRoot(customer.id, at, root, desk, read),
    read.conversation(customer.id),
  ]);
  return {
    customerId: customer.id,
    learned: {
      ...learned,
      ...(known ? {} : { conversations: [openConversation(customer, nowMs)] }),
    },
  };
}

/**
 * A second root of the same customer (the answer to the first post was lost, so it was posted
 * again) leads to them as well, but the conversation stays where it began. So does the root of a
 * card that a newer one has replaced: it comes too late to begin a thread.
 */
async function learnRoot(
  customerId: number,
  at: Place,
  { forward_origin: origin, text }: Message,
  desk: Desk,
  read: Reader,
): Promise<Change> {
  const postId = origin?.type === "channel" ? origin.message_id : undefined;
  const [known, conversation] = await Promise.all([
    read.rootOf(customerId),
    read.conversation(customerId),
  ]);
  const root = { customerId, at: { ...at, ...(postId === undefined ? {} : { postId }) } };
  const card = conversation?.card;
  const isLate = card !== undefined && postId !== undefined &&
    (postId < card.postId || (postId === card.postId && card.isOver === true));
  const isFirst = known?.chatId !== at.chatId && !isLate && !isFormerCard(text ?? "");
  return {
    ...(isFirst ? { roots: [root] } : { sideRoots: [root] }),
    wake: [{ lane: laneOf(desk, customerId, "to-team"), because: "root" }],
  };
}

function placeOf({ chat, message_id }: Message): Place {
  return { chatId: chat.id, messageId: message_id };
}

/**
 * The customer named by the root of a thread, or `null` if this message is not the automatic
 * forward of a card of this desk. Both ends of the forward are checked: anybody can forward a
 * card-like text into a group.
 */
function customerOfRoot(message: Message, desk: Desk): Customer | null {
  const origin = message.forward_origin;
  const isForwardOfPost = message.is_automatic_forward === true &&
    message.sender_chat?.id === desk.channelId && message.chat.id === desk.groupId &&
    origin?.type === "channel" && origin.chat.id === desk.channelId;
  return isForwardOfPost ? readCard(message.text ?? "") : null;
}
