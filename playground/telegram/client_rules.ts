/** What a person's client lets them do. Where it has no button for something, these throw. */
import type { User } from "grammy/types";
import type { Author, SimulatedChat, StoredMessage } from "./chat.ts";
import { ANONYMOUS_ADMIN, CHANNEL } from "./filler.ts";
import { type Content, type Kind, kindOf, traitsOf } from "./kind.ts";
import { hasRight, isAdministrator, isInside } from "./member.ts";

/** People may edit their messages this long. */
const EDIT_LIFETIME_S = 48 * 3600;
/** Lengths in UTF-16 code units, for people without and with Premium. */
const MAX_LENGTH = { text: [4096, 8192], caption: [1024, 4096] } as const;

/** A person as the author of a message: themselves, their group, or one of their channels. */
export function authorOf(
  user: User,
  chat: SimulatedChat,
  as: "self" | "anonymous" | SimulatedChat,
): Author {
  const accountId = user.id;
  if (chat.type === "channel") {
    const signature = [user.first_name, user.last_name].filter(Boolean).join(" ");
    return { accountId, senderChat: chat, ...(chat.signatures ? { signature } : {}) };
  }
  if (as === "self") return { accountId, from: user };
  const { customTitle, ...membership } = (as === "anonymous" ? chat : as).membership(user);
  if (!isAdministrator(membership)) {
    throw new Error(`${user.first_name} is no administrator of the chat to write as`);
  }
  if (as !== "anonymous") return { accountId, from: CHANNEL, senderChat: as };
  const signature = customTitle === undefined ? {} : { signature: customTitle };
  return { accountId, from: ANONYMOUS_ADMIN, senderChat: chat, ...signature };
}

/**
 * Anybody may comment in a discussion group that does not want them to join first; elsewhere one
 * has to be inside. Who runs the group may send everything, others what they are permitted.
 */
export function assertMayWrite(
  user: User,
  chat: SimulatedChat,
  { isReply, kind, date }: { isReply: boolean; kind: Kind; date: number },
): void {
  const membership = chat.membership(user);
  const name = user.first_name;
  if (chat.type === "private") {
    if (chat.isBlocked) throw new Error(`${name} has blocked the bot`);
  } else if (chat.type === "channel") {
    if (!hasRight(membership, "can_post_messages")) throw new Error(`${name} may not post there`);
  } else if (membership.status === "kicked") {
    throw new Error(`${name} is banned there`);
  } else if (!isInside(membership) && !(mayComment(chat) && isReply)) {
    throw new Error(`${name} is no member there`);
  } else if (!isAdministrator(membership) && !chat.allows(membership, traitsOf(kind).permission)) {
    throw new Error(`${name} may not send ${traitsOf(kind).plural} there`);
  } else if (!isAdministrator(membership)) {
    const waitS = (chat.wroteS.get(user.id) ?? -Infinity) + chat.slowModeS - date;
    if (waitS > 0) throw new Error(`${name} has to wait ${waitS} s there`);
    chat.wroteS.set(user.id, date);
  }
}

function mayComment({ linked, joinToSendMessages }: SimulatedChat): boolean {
  return linked !== undefined && !joinToSendMessages;
}

/** Longer texts cannot be typed. */
export function assertFits(user: User, { text = "", caption = "" }: Content): void {
  const index = user.is_premium ? 1 : 0;
  if (text.length > MAX_LENGTH.text[index] || caption.length > MAX_LENGTH.caption[index]) {
    throw new Error(`${user.first_name} cannot write that much`);
  }
}

function isEditableForEver(user: User, { chat, content }: StoredMessage): boolean {
  const isLive = content.location?.live_period !== undefined;
  return isLive || (chat.type !== "private" && hasRight(chat.membership(user), "can_pin_messages"));
}

/**
 * One's own messages for a while, live locations while they live, as does who may pin in a group; in
 * channels, with the right, everybody's for ever (MessagesManager.cpp of tdlib/td, can_edit_message).
 */
export function assertMayEdit(
  user: User,
  record: StoredMessage,
  next: Content,
  date: number,
): void {
  const { chat, author } = record;
  const isOwn = author.accountId === user.id;
  const mayEdit = chat.type === "channel"
    ? isOwn || hasRight(chat.membership(user), "can_edit_messages")
    : isOwn && (date - record.date <= EDIT_LIFETIME_S || isEditableForEver(user, record));
  if (!mayEdit || record.origin !== undefined || record.viaBot !== undefined) {
    throw new Error(`${user.first_name} may not edit message ${record.id}`);
  }
  const [from, to] = [kindOf(record.content), kindOf(next)];
  const isMove = from === "location" && to === "location";
  if (from !== to ? !traitsOf(to).replaceable : !traitsOf(from).editable && !isMove) {
    throw new Error(`A client cannot turn a ${from} into a ${to}`);
  }
}

/** In private chats everything but service messages; elsewhere one needs the right. */
export function assertMayPin(user: User, { chat, content, id }: StoredMessage): void {
  const membership = chat.membership(user);
  const right = chat.type === "channel" ? "can_edit_messages" : "can_pin_messages";
  const isAllowedAsMember = chat.type !== "channel" && isInside(membership) &&
    chat.allows(membership, "can_pin_messages");
  const mayPin = chat.type === "private" || isAllowedAsMember || hasRight(membership, right);
  if (!mayPin || kindOf(content) === "service") {
    throw new Error(`${user.first_name} may not pin message ${id}`);
  }
}

/** One's own messages, everything in private chats, and with the right everything elsewhere. */
export function assertMayDelete(user: User, { chat, author, id }: StoredMessage): void {
  if (chat.type === "private" || author.accountId === user.id) return;
  if (hasRight(chat.membership(user), "can_delete_messages")) return;
  throw new Error(`${user.first_name} may not delete message ${id}`);
}
