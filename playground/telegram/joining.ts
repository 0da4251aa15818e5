/**
 * Ways into a chat for people who come by themselves: openly, by an invite link, or by asking an
 * administrator (https://core.telegram.org/api/invites).
 */
import type { User } from "grammy/types";
import type { SimulatedChat } from "./chat.ts";
import type { InviteLink, InviteOptions, JoinRequest } from "./invite.ts";
import { isInside } from "./member.ts";
import { letIn } from "./moderation.ts";
import { publishJoinRequest } from "./publish.ts";
import type { World } from "./world.ts";

/** How an attempt to join ended. */
export type Joined = "joined" | "requested";

/** Makes an invite link. */
export function createInviteLink(
  chat: SimulatedChat,
  creator: User,
  options: InviteOptions & { isPrimary?: boolean } = {},
): InviteLink {
  const name = btoa(`${chat.id} ${chat.inviteLinks.size}`).replaceAll("=", "");
  const address = `https://t.me/+${name}`;
  const link: InviteLink = {
    info: {
      invite_link: address,
      creator,
      creates_join_request: options.createsJoinRequest ?? false,
      is_primary: options.isPrimary ?? false,
      is_revoked: false,
      ...(options.name === undefined ? {} : { name: options.name }),
      ...(options.expireDate === undefined ? {} : { expire_date: options.expireDate }),
      ...(options.memberLimit === undefined ? {} : { member_limit: options.memberLimit }),
    },
    cameBy: new Set(),
  };
  chat.inviteLinks.set(address, link);
  return link;
}

/** Ends an invite link: nobody comes by it any more. Who has asked by it goes on waiting. */
export function revokeInviteLink(link: InviteLink): void {
  link.info = { ...link.info, is_revoked: true };
}

/** The chat behind the address of an invite link. */
export function chatByInviteLink(world: World, address: string): SimulatedChat {
  const chat = [...world.chats.values()].find(({ inviteLinks }) => inviteLinks.has(address));
  if (chat === undefined) throw new Error(`Nothing is behind ${address}: INVITE_HASH_EXPIRED`);
  return chat;
}

/** Goes into a chat, or asks to be let in. Private chats are joined by a link only. */
export function join(
  world: World,
  chat: SimulatedChat,
  user: User,
  address?: string,
): Joined {
  const before = chat.membership(user);
  if (before.status === "kicked") throw new Error(`${user.first_name} is banned there`);
  if (isInside(before)) return "joined";
  const isOpen = address === undefined && chat.username !== undefined;
  const link = isOpen ? undefined : usableLink(world, chat, address);
  if (link?.info.creates_join_request || (address === undefined && chat.joinByRequest)) {
    const via = address === undefined ? undefined : link;
    const isNew = !chat.joinRequests.has(user.id);
    const request = { user, date: world.date, link: via };
    chat.joinRequests.set(user.id, request);
    if (isNew) publishJoinRequest(world, chat, request);
    return "requested";
  }
  link?.cameBy.add(user.id);
  letIn(world, chat, user, { wayIn: { link } });
  return "joined";
}

/** Lets in somebody who asked for it. */
export function approve(world: World, chat: SimulatedChat, user: User, by: User): void {
  const request = takeRequest(world, chat, user);
  request.link?.cameBy.add(user.id);
  const actor = world.unproven.approvalsAreByTheApprover ? by : user;
  const wayIn = request.link === undefined ? { isApproved: true } : { link: request.link };
  letIn(world, chat, user, { actor, wayIn });
}

/** Turns away somebody who asked to be let in. They are not told. */
export function decline(world: World, chat: SimulatedChat, user: User): void {
  takeRequest(world, chat, user);
}

function takeRequest(world: World, chat: SimulatedChat, user: User): JoinRequest {
  const request = chat.joinRequests.get(user.id);
  if (request === undefined) throw new Error(`${user.first_name} has not asked to join`);
  chat.joinRequests.delete(user.id);
  for (const bot of world.bots.values()) {
    const privateChat = world.privateChatsOf(bot).get(user.id);
    if (privateChat !== undefined) privateChat.openUntil = undefined;
  }
  return request;
}

/** The link of that address, else the chat's own, which everybody in it can pass on. */
function usableLink(world: World, chat: SimulatedChat, address: string | undefined): InviteLink {
  const link = address === undefined ? primaryLink(world, chat) : chat.inviteLinks.get(address);
  const { expire_date: expireDate = Infinity, member_limit: limit = Infinity } = link?.info ?? {};
  const isFull = [...link?.cameBy ?? []].filter((id) => isInside(chat.membership({ id }))).length >=
    limit;
  if (link === undefined || link.info.is_revoked || expireDate <= world.date || isFull) {
    throw new Error("The invite link is not valid any more: INVITE_HASH_EXPIRED");
  }
  return link;
}

function primaryLink(world: World, chat: SimulatedChat): InviteLink {
  const known = [...chat.inviteLinks.values()].find(({ info }) => info.is_primary);
  if (known !== undefined) return known;
  const [creatorId] = [...chat.members].find(([, { status }]) => status === "creator") ?? [];
  const creator = creatorId === undefined ? undefined : world.account(creatorId);
  if (creator === undefined) throw new Error(`Chat ${chat.id} has no creator`);
  return createInviteLink(chat, creator, { isPrimary: true });
}
