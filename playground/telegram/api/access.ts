/** Which chat a call means, and whether the bot may look into it, write to it, manage it. */
import type { ChatAdministratorRights, User } from "grammy/types";
import type { Author, SimulatedChat } from "../chat.ts";
import { badRequest, type BotApiError, forbidden } from "../error.ts";
import { ANONYMOUS_ADMIN } from "../filler.ts";
import { type Kind, traitsOf } from "../kind.ts";
import { hasRight, isAdministrator, isInside } from "../member.ts";
import type { Execution } from "./execution.ts";

/** The chat with that ID or @name, if the bot ever met it. */
export function chatOf({ world, bot }: Execution, chatId: number | string): SimulatedChat {
  if (chatId === "") throw badRequest("chat_id is empty");
  if (typeof chatId === "string" && chatId.startsWith("@")) {
    const chat = world.chatByUsername(chatId);
    if (chat === undefined) throw badRequest("chat not found");
    bot.known.add(chat.id);
    return chat;
  }
  const id = Number(chatId);
  const chat = world.chats.get(id);
  if (chat !== undefined && (chat.members.has(bot.id) || bot.known.has(id))) return chat;
  const user = world.users.get(id);
  if (user !== undefined && bot.known.has(id)) return world.privateChat(user, bot);
  if (world.bots.has(id)) throw forbidden("the bot can't send messages to the bot");
  throw badRequest("chat not found");
}

/** The same, if the bot may look into it: public chats are open to all that are not banned. */
export function readableChat(call: Execution, chatId: number | string): SimulatedChat {
  const chat = chatOf(call, chatId);
  const { status } = chat.membership(call.bot);
  if (chat.type === "private" || isInside(chat.membership(call.bot))) return chat;
  if (status === "kicked" || chat.username === undefined) throw outsideError(chat, status);
  return chat;
}

/** The same, if the bot may write there at all. */
export function writableChat(call: Execution, chatId: number | string): SimulatedChat {
  const chat = chatOf(call, chatId);
  refuseUpgraded(chat);
  if (chat.peers !== undefined) {
    if (chat.peers.user.isDeactivated) throw forbidden("user is deactivated");
    if (chat.isBlocked) throw forbidden("bot was blocked by the user");
    const isOpen = chat.isOpened || (chat.openUntil ?? 0) > call.world.date;
    if (!isOpen) throw forbidden("bot can't initiate conversation with a user");
    return chat;
  }
  const membership = chat.membership(call.bot);
  if (!isInside(membership)) throw outsideError(chat, membership.status);
  if (chat.type === "channel" && !isAdministrator(membership)) {
    throw badRequest("need administrator rights in the channel chat");
  }
  return chat;
}

/** Refuses to work with a group that has become a supergroup. */
export function refuseUpgraded({ migratedTo }: SimulatedChat): void {
  if (migratedTo === undefined) return;
  throw badRequest("group chat was upgraded to a supergroup chat", {
    migrate_to_chat_id: migratedTo.id,
  });
}

/** The account with that ID, if the bot ever met it. */
export function knownAccount({ world, bot }: Execution, id: number): User {
  const user = world.account(id);
  if (user === undefined || (id !== bot.id && !bot.known.has(id))) {
    throw badRequest("user not found");
  }
  return user;
}

/** Refuses what the bot may not send there. */
export function requirePermission(call: Execution, chat: SimulatedChat, kind: Kind): void {
  const { bot } = call;
  const membership = chat.membership(bot);
  if (chat.type === "channel") {
    if (hasRight(membership, "can_post_messages")) return;
    throw badRequest("need administrator rights in the channel chat");
  }
  if (chat.peers !== undefined) {
    const isVoice = kind === "voice" || kind === "video_note";
    if (isVoice && chat.peers.user.forbidsVoiceMessages) throw voiceForbidden(call, kind);
    return;
  }
  if (isAdministrator(membership)) return;
  const { permission, plural } = traitsOf(kind);
  if (!chat.allows(membership, permission)) {
    throw badRequest(`not enough rights to send ${plural} to the chat`);
  }
}

/** The receiver takes no voice and video messages (TDLib, can_send_message_content). */
function voiceForbidden({ world }: Execution, kind: "voice" | "video_note"): BotApiError {
  const isTelegrams = world.unproven.voiceIsRefusedBy === "Telegram";
  return badRequest(
    isTelegrams
      ? "VOICE_MESSAGES_FORBIDDEN"
      : `user restricted receiving of ${traitsOf(kind).plural.replace(/s$/, "")} messages`,
  );
}

/** Refuses what needs an administrator's right. */
export function requireRight(
  { bot }: Execution,
  chat: SimulatedChat,
  right: keyof ChatAdministratorRights,
  words: string,
): void {
  if (chat.type !== "private" && !hasRight(chat.membership(bot), right)) throw badRequest(words);
}

/** The bot as the author of a message in a chat. */
export function authorIn({ bot }: Execution, chat: SimulatedChat): Author {
  const { id: accountId, user } = bot;
  if (chat.type === "channel") {
    const signature = chat.signatures ? { signature: user.first_name } : {};
    return { accountId, bot, senderChat: chat, ...signature };
  }
  if (chat.membership(bot).rights?.is_anonymous) {
    return { accountId, bot, from: ANONYMOUS_ADMIN, senderChat: chat };
  }
  return { accountId, bot, from: user };
}

/** A message is not there: in the server's words, or in Telegram's own. */
export function gone({ world }: Execution, words: string): BotApiError {
  return badRequest(world.unproven.deletedAreInvalid ? "MESSAGE_ID_INVALID" : words);
}

function outsideError(chat: SimulatedChat, status: string): BotApiError {
  return forbidden(
    status === "kicked"
      ? `bot was kicked from the ${chat.type} chat`
      : `bot is not a member of the ${chat.type} chat`,
  );
}
