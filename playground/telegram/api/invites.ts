/**
 * Methods about invite links (https://core.telegram.org/bots/api#chatinvitelink). Refusals are worded
 * as in DialogInviteLinkManager.cpp of tdlib/td.
 */
import type { ChatInviteLink, Opts } from "grammy/types";
import type { SimulatedChat } from "../chat.ts";
import { badRequest } from "../error.ts";
import { createInviteLink, revokeInviteLink } from "../joining.ts";
import { requireRight, writableChat } from "./access.ts";
import type { Execution } from "./execution.ts";

/** Longer names are cut. */
const MAX_NAME_LENGTH = 32;

/** https://core.telegram.org/bots/api#createchatinvitelink */
export function createChatInviteLink(
  call: Execution,
  args: Opts<"createChatInviteLink">,
): ChatInviteLink {
  const { creates_join_request: createsJoinRequest = false, member_limit: memberLimit = 0 } = args;
  const { name = "", expire_date: expireDate = 0 } = args;
  if (createsJoinRequest && memberLimit > 0) {
    throw badRequest("member limit can't be specified for links requiring administrator approval");
  }
  const chat = managedChat(call, args.chat_id);
  const cut = name.trim().slice(0, MAX_NAME_LENGTH);
  return createInviteLink(chat, call.bot.user, {
    createsJoinRequest,
    ...(cut === "" ? {} : { name: cut }),
    ...(expireDate > 0 ? { expireDate } : {}),
    ...(memberLimit > 0 ? { memberLimit } : {}),
  }).info;
}

/** https://core.telegram.org/bots/api#revokechatinvitelink: of the bot's own links. */
export function revokeChatInviteLink(
  call: Execution,
  args: Opts<"revokeChatInviteLink">,
): ChatInviteLink {
  const chat = managedChat(call, args.chat_id);
  const link = chat.inviteLinks.get(args.invite_link);
  const isRefused = link?.info.is_revoked === true && call.world.unproven.refusesRevokedLinks;
  if (link === undefined || isRefused) throw badRequest("INVITE_HASH_EXPIRED");
  if (link.info.creator.id !== call.bot.id) throw badRequest("CHAT_ADMIN_REQUIRED");
  revokeInviteLink(link);
  return link.info;
}

/** The chat whose links the bot may make. */
function managedChat(call: Execution, chatId: number | string): SimulatedChat {
  const chat = writableChat(call, chatId);
  if (chat.type === "private") throw badRequest("can't invite members to a private chat");
  requireRight(call, chat, "can_invite_users", "not enough rights to manage chat invite link");
  return chat;
}
