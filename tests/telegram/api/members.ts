/** Methods about who is in a chat. */
import type { ChatMember, ChatMemberAdministrator, ChatMemberOwner, Opts } from "grammy/types";
import type { Execution } from "../call.ts";
import { badRequest } from "../error.ts";
import { isAdministrator, isInside, toChatMember } from "../member.ts";
import { post } from "../post.ts";
import { changeMembership } from "../publish.ts";
import { authorIn, knownAccount, readableChat, requireRight, writableChat } from "./access.ts";

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

/** https://core.telegram.org/bots/api#banchatmember */
export function banChatMember(call: Execution, args: Opts<"banChatMember">): true {
  const { world, bot } = call;
  const chat = writableChat(call, args.chat_id);
  if (chat.type === "private") throw badRequest("can't ban members in private chats");
  requireRight(call, chat, "can_restrict_members", NO_RIGHT_TO_RESTRICT);
  const user = knownAccount(call, args.user_id);
  const before = chat.membership(user);
  if (before.status === "creator") throw badRequest("can't remove chat owner");
  if (before.status === "administrator") {
    throw badRequest("user is an administrator of the chat");
  }
  const untilDate = args.until_date ?? 0;
  changeMembership(world, chat, user, { status: "kicked", untilDate }, bot.user);
  if (isInside(before) && chat.type !== "channel") {
    const author = authorIn(call, chat);
    post(world, { chat, author, content: { left_chat_member: user } });
  }
  return true;
}

/** https://core.telegram.org/bots/api#unbanchatmember */
export function unbanChatMember(call: Execution, args: Opts<"unbanChatMember">): true {
  const { world, bot } = call;
  const chat = writableChat(call, args.chat_id);
  if (chat.type === "private") throw badRequest("can't unban members in private chats");
  requireRight(call, chat, "can_restrict_members", NO_RIGHT_TO_RESTRICT);
  const user = knownAccount(call, args.user_id);
  const before = chat.membership(user);
  // Without only_if_banned the method removes members too.
  const isAffected = before.status === "kicked" || (isInside(before) && !args.only_if_banned);
  if (isAdministrator(before)) throw badRequest("user is an administrator of the chat");
  if (isAffected) changeMembership(world, chat, user, { status: "left" }, bot.user);
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
