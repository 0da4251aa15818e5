/** Methods about who is in a chat. */
import type {
  ChatMember,
  ChatMemberAdministrator,
  ChatMemberOwner,
  Opts,
  User,
} from "grammy/types";
import type { SimulatedChat } from "../chat.ts";
import { badRequest, BotApiError } from "../error.ts";
import { approve, decline } from "../joining.ts";
import { isAdministrator, isInside, type Membership, toChatMember } from "../member.ts";
import { post } from "../post.ts";
import { changeMembership } from "../publish.ts";
import { authorIn, knownAccount, readableChat, requireRight, writableChat } from "./access.ts";
import type { Execution } from "./execution.ts";

const SHORTEST_BAN_S = 30;
const LONGEST_BAN_S = 366 * 24 * 3600;
/** How long whom a removal bans on the way stays banned, unless that is ended. */
const REMOVAL_BAN_S = 60;
/** How late a ban may show. */
const LATE_BAN_MS = 1000;
const NO_RIGHT_TO_RESTRICT = "not enough rights to restrict/unrestrict chat member";

/** https://core.telegram.org/bots/api#getchatmember */
export function getChatMember(call: Execution, args: Opts<"getChatMember">): ChatMember {
  const { bot } = call;
  const chat = readableChat(call, args.chat_id);
  const user = knownAccount(call, args.user_id);
  if (chat.type === "private") {
    const isOneOfTwo = user.id === chat.id || user.id === bot.id;
    if (!isOneOfTwo) throw badRequest("member not found");
    return toChatMember(user, { status: "member" });
  }
  if (user.id !== bot.id && !isAdministrator(chat.membership(bot))) {
    throw badRequest("member list is inaccessible");
  }
  return toChatMember(user, chat.membership(user));
}

/** https://core.telegram.org/bots/api#getchatadministrators */
export function getChatAdministrators(
  call: Execution,
  args: Opts<"getChatAdministrators">,
): (ChatMemberOwner | ChatMemberAdministrator)[] {
  const { world, bot } = call;
  const chat = readableChat(call, args.chat_id);
  if (chat.type === "private") throw badRequest("there are no administrators in the private chat");
  const administrators: (ChatMemberOwner | ChatMemberAdministrator)[] = [];
  for (const [id, membership] of chat.members) {
    const isOtherBot = world.bots.has(id) && id !== bot.id;
    const user = world.account(id);
    if (user === undefined || (isOtherBot && !args.return_bots)) continue;
    const member = toChatMember(user, membership);
    if (member.status !== "creator" && member.status !== "administrator") continue;
    bot.known.add(id);
    administrators.push(member);
  }
  return administrators;
}

/**
 * https://core.telegram.org/bots/api#banchatmember: basic groups keep nobody from coming back, in
 * others a ban may end by itself.
 */
export function banChatMember(call: Execution, args: Opts<"banChatMember">): true {
  const { bot } = call;
  const chat = writableChat(call, args.chat_id);
  if (chat.type === "private") throw badRequest("can't ban members in private chats");
  const user = restrictable(call, chat, args.user_id);
  if (user.id === bot.id) throw badRequest("can't restrict self");
  const untilDate = untilDateOf(call, args.until_date ?? 0);
  exclude(
    call,
    chat,
    user,
    chat.type === "group" ? { status: "left" } : {
      status: "kicked",
      untilDate,
      bannedAtMs: call.world.clock.now(),
    },
  );
  return true;
}

/**
 * https://core.telegram.org/bots/api#unbanchatmember: unless it is only about banned people, a
 * member is removed too. Nobody becomes `left` without being `kicked` first, for a minute should
 * nothing follow (restrict_channel_participant of tdlib/td).
 */
export function unbanChatMember(call: Execution, args: Opts<"unbanChatMember">): true {
  const { world, bot } = call;
  const chat = writableChat(call, args.chat_id);
  if (chat.type !== "supergroup" && chat.type !== "channel") {
    throw badRequest("method is available for supergroup and channel chats only");
  }
  const { status, bannedAtMs = -Infinity } = chat.membership(knownAccount(call, args.user_id));
  const isShown = !world.unproven.bansShowLate || world.clock.now() - bannedAtMs >= LATE_BAN_MS;
  if (args.only_if_banned && (status !== "kicked" || !isShown)) return true;
  const user = restrictable(call, chat, args.user_id);
  if (user.id === bot.id) return leaveChat(call, args);
  if (isInside(chat.membership(user))) {
    const untilDate = world.date + REMOVAL_BAN_S;
    exclude(call, chat, user, { status: "kicked", untilDate, bannedAtMs: world.clock.now() });
    if (call.isCutShort) throw new BotApiError(500, "Internal Server Error");
  }
  if (chat.membership(user).status === "kicked") {
    changeMembership(world, chat, user, { status: "left" }, bot.user);
  }
  return true;
}

/** https://core.telegram.org/bots/api#approvechatjoinrequest */
export function approveChatJoinRequest(
  call: Execution,
  args: Opts<"approveChatJoinRequest">,
): true {
  const { chat, user } = requested(call, args);
  approve(call.world, chat, user, call.bot.user);
  return true;
}

/** https://core.telegram.org/bots/api#declinechatjoinrequest */
export function declineChatJoinRequest(
  call: Execution,
  args: Opts<"declineChatJoinRequest">,
): true {
  const { chat, user } = requested(call, args);
  decline(call.world, chat, user);
  return true;
}

/** https://core.telegram.org/bots/api#leavechat */
export function leaveChat(call: Execution, args: Opts<"leaveChat">): true {
  const { world, bot } = call;
  const chat = writableChat(call, args.chat_id);
  if (chat.type === "private") throw badRequest("can't leave private chats");
  if (chat.type !== "channel") {
    post(world, {
      chat,
      author: authorIn(call, chat),
      content: { left_chat_member: bot.user },
    });
  }
  changeMembership(world, chat, bot.user, { status: "left" }, bot.user);
  return true;
}

/** The account that is to lose something, unless it is above the bot or the bot below it all. */
function restrictable(call: Execution, chat: SimulatedChat, userId: number): User {
  const user = knownAccount(call, userId);
  const { status } = chat.membership(user);
  if (status === "creator") throw badRequest("can't remove chat owner");
  requireRight(call, chat, "can_restrict_members", NO_RIGHT_TO_RESTRICT);
  if (status === "administrator" && user.id !== call.bot.id) {
    throw badRequest("user is an administrator of the chat");
  }
  return user;
}

/** Puts somebody out of a chat, which groups take note of. */
function exclude(call: Execution, chat: SimulatedChat, user: User, next: Membership): void {
  const before = chat.membership(user);
  const isSameTime = (before.untilDate ?? 0) === (next.untilDate ?? 0);
  if (before.status === next.status && isSameTime) return;
  changeMembership(call.world, chat, user, next, call.bot.user);
  if (isInside(before) && chat.type !== "channel") {
    const author = authorIn(call, chat);
    post(call.world, { chat, author, content: { left_chat_member: user } });
  }
}

/** Bans that are too short or too long are for ever. */
function untilDateOf({ world }: Execution, date: number): number {
  const lengthS = date - world.date;
  return lengthS < SHORTEST_BAN_S || lengthS > LONGEST_BAN_S ? 0 : date;
}

/** Who asked to join, if it is for the bot to decide. */
function requested(
  call: Execution,
  args: { chat_id: number | string; user_id: number },
): { chat: SimulatedChat; user: User } {
  const chat = writableChat(call, args.chat_id);
  if (chat.type === "private") throw badRequest("can't invite members to a private chat");
  const user = knownAccount(call, args.user_id);
  requireRight(call, chat, "can_invite_users", "not enough rights to manage chat invite link");
  if (isInside(chat.membership(user))) throw badRequest("USER_ALREADY_PARTICIPANT");
  if (!chat.joinRequests.has(user.id)) throw badRequest("HIDE_REQUESTER_MISSING");
  return { chat, user };
}
