/** Which bot gets which update about what happens in a chat. */
import type {
  Chat,
  ChatInviteLink,
  ChatJoinRequest,
  ChatMember,
  ChatMemberUpdated,
  Message,
  ReactionCount,
  ReactionType,
  User,
} from "grammy/types";
import type { SimulatedBot } from "./bot.ts";
import type { SimulatedChat, StoredMessage } from "./chat.ts";
import { ANONYMOUS_ADMIN, CHANNEL } from "./filler.ts";
import type { InviteLink, JoinRequest } from "./invite.ts";
import { kindOf } from "./kind.ts";
import { hasRight, isAdministrator, isInside, type Membership, toChatMember } from "./member.ts";
import { toMessageFor } from "./message.ts";
import type { UpdateType } from "./update_queue.ts";
import type { World } from "./world.ts";

const DAY_S = 24 * 3600;
/** A bot may write this long to who asks to join (https://core.telegram.org/bots/api#chatjoinrequest). */
const REQUEST_OPENS_S = 5 * 60;

/** The only traces of its own doing that a bot is told about. */
const TOLD_TO_ITS_AUTHOR: readonly (keyof Message)[] = [
  "new_chat_title",
  "new_chat_photo",
  "delete_chat_photo",
  "left_chat_member",
  "pinned_message",
];

/**
 * Tells of a new or edited message; resolves when every bot that is told had a first chance to
 * see it. A bot is not told of its own messages, nor of other bots' outside channels.
 */
export function publishMessage(
  world: World,
  record: StoredMessage,
  isEdit: boolean,
): Promise<unknown> {
  for (const watch of world.watchers) watch(record, isEdit);
  const { chat } = record;
  const isChannel = chat.type === "channel";
  const type: UpdateType = isChannel
    ? (isEdit ? "edited_channel_post" : "channel_post")
    : (isEdit ? "edited_message" : "message");
  const handedOut: Promise<void>[] = [];
  for (const bot of world.botsIn(chat)) {
    if (!isTold(bot, record, isEdit)) continue;
    const message = toMessageFor(bot, record);
    introduce(bot, message);
    if (message.reply_to_message !== undefined) introduce(bot, message.reply_to_message);
    const queued = bot.receive(type, message as never, { lane: `${chat.id}`, lifetimeS: DAY_S });
    if (queued !== undefined) handedOut.push(bot.handedOut(queued));
  }
  return Promise.all(handedOut);
}

/** How somebody came into a chat who came by themselves. */
export interface WayIn {
  link?: InviteLink | undefined;
  /** Let in by an administrator, without a link. */
  isApproved?: boolean;
}

/** A change of standing that is to be told of. */
interface MembershipChange {
  actor: User;
  old: ChatMember;
  new: ChatMember;
  wayIn?: WayIn | undefined;
}

/** Changes what somebody is in a chat, and tells of it. */
export function changeMembership(
  world: World,
  chat: SimulatedChat,
  account: User,
  next: Membership,
  actor: User,
  wayIn?: WayIn,
): void {
  const before = chat.membership(account);
  chat.members.set(account.id, next);
  // Who is banned does not ask any more.
  if (next.status === "kicked") chat.joinRequests.delete(account.id);
  world.bots.get(account.id)?.rememberedChats.delete(chat.id);
  if (!isInside(before) && isInside(next)) world.bots.get(account.id)?.enters(chat);
  publishMembership(world, chat, {
    actor,
    old: toChatMember(account, before),
    new: toChatMember(account, next),
    wayIn,
  });
}

/** Tells the bot itself, and the administrators among the other bots, of a change of standing. */
export function publishMembership(
  world: World,
  chat: SimulatedChat,
  { actor: account, old, new: next, wayIn = {} }: MembershipChange,
): void {
  const hides = account.id !== next.user.id;
  const actor = hides ? shownActor(world, chat, account, { old, new: next }) : account;
  for (const bot of world.botsIn(chat)) {
    const isItself = bot.id === next.user.id;
    if (!isItself && !isAdministrator(chat.membership(bot))) continue;
    const update: ChatMemberUpdated = {
      chat: chat.toChat(),
      from: actor,
      date: world.date,
      old_chat_member: old,
      new_chat_member: next,
      ...(wayIn.link === undefined ? {} : { invite_link: linkFor(bot, wayIn.link) }),
      ...(wayIn.isApproved ? { via_join_request: true } : {}),
    };
    bot.known.add(actor.id).add(next.user.id).add(chat.id);
    if (isItself) {
      bot.receive("my_chat_member", update, { lane: `my:${chat.id}`, lifetimeS: DAY_S });
    } else {
      const lane = `member:${next.user.id}`;
      bot.receive("chat_member", update, { lane, lifetimeS: DAY_S });
    }
  }
}

/**
 * Who adds somebody to a channel is named, who removes somebody from one is hidden behind it. Of
 * other changes that may be so as well, and anonymous administrators may be behind their group.
 */
function shownActor(
  world: World,
  chat: SimulatedChat,
  actor: User,
  change: Pick<MembershipChange, "old" | "new">,
): User {
  if (actor.is_bot) return actor;
  const isHidden = !world.unproven.namesHiddenActors;
  if (chat.type === "channel") {
    const [wasThere, isThere] = [isShownInside(change.old), isShownInside(change.new)];
    if (wasThere !== isThere) return wasThere ? CHANNEL : actor;
    return isHidden ? CHANNEL : actor;
  }
  return isHidden && chat.membership(actor).rights?.is_anonymous ? ANONYMOUS_ADMIN : actor;
}

function isShownInside(member: ChatMember): boolean {
  if (member.status === "restricted") return member.is_member;
  return member.status !== "left" && member.status !== "kicked";
}

/** Tells the bots that may let people in of somebody who asks for it. */
export function publishJoinRequest(world: World, chat: SimulatedChat, request: JoinRequest): void {
  const { user, date, link } = request;
  for (const bot of world.botsIn(chat)) {
    if (!hasRight(chat.membership(bot), "can_invite_users")) continue;
    bot.known.add(user.id);
    const person = world.users.get(user.id);
    if (person !== undefined) world.privateChat(person, bot).openUntil = date + REQUEST_OPENS_S;
    const update = {
      chat: chat.toChat() as ChatJoinRequest["chat"],
      from: user,
      user_chat_id: user.id,
      date,
      ...(link === undefined ? {} : { invite_link: linkFor(bot, link) }),
    };
    const lane = `request:${user.id}`;
    bot.receive("chat_join_request", update, { lane, lifetimeS: DAY_S });
  }
}

/** Other administrators' links are shown cut short. */
function linkFor(bot: SimulatedBot, { info }: InviteLink): ChatInviteLink {
  if (info.creator.id === bot.id) return info;
  return { ...info, invite_link: `${info.invite_link.slice(0, -8)}…` };
}

/** Who reacted: a person, or a chat on whose behalf they did. */
type Reactor = { user: User } | { actor_chat: Chat };

/** Tells of a reaction: whose it is, or only by number where reactions are anonymous. */
export function publishReaction(
  world: World,
  record: StoredMessage,
  change: { by: Reactor; old: ReactionType[]; new: ReactionType[] },
): void {
  const { chat, id } = record;
  const isAnonymous = chat.type === "channel" || record.isAutomaticForward === true;
  const where = { chat: chat.toChat(), message_id: id, date: world.date };
  for (const bot of world.botsIn(chat)) {
    if (chat.type !== "private" && !isAdministrator(chat.membership(bot))) continue;
    if (isAnonymous) {
      const update = { ...where, reactions: countReactions(record) };
      const lane = `reactions:${chat.id}`;
      bot.receive("message_reaction_count", update, { lane, lifetimeS: DAY_S });
      continue;
    }
    if ("user" in change.by) bot.known.add(change.by.user.id);
    const update = {
      ...where,
      ...change.by,
      old_reaction: change.old,
      new_reaction: change.new,
    };
    bot.receive("message_reaction", update, { lane: `reaction:${chat.id}`, lifetimeS: DAY_S });
  }
}

function countReactions(record: StoredMessage): ReactionCount[] {
  const counts = new Map<string, ReactionCount>();
  for (const type of [...record.reactions.values()].flat()) {
    const key = JSON.stringify(type);
    counts.set(key, { type, total_count: (counts.get(key)?.total_count ?? 0) + 1 });
  }
  return [...counts.values()];
}

function isTold(bot: SimulatedBot, record: StoredMessage, isEdit: boolean): boolean {
  const { chat, author } = record;
  if (chat.type !== "private" && !isInside(chat.membership(bot))) return false;
  if (author.bot === bot) {
    return !isEdit && TOLD_TO_ITS_AUTHOR.some((field) => record.content[field] !== undefined);
  }
  if (chat.type === "private" || chat.type === "channel") return true;
  return author.bot === undefined && passesPrivacy(bot, record);
}

/** Privacy mode: https://core.telegram.org/bots/faq, "What messages will my bot get?" */
function passesPrivacy(bot: SimulatedBot, record: StoredMessage): boolean {
  const { chat, content } = record;
  if (bot.readsAllIn(chat) || isAdministrator(chat.membership(bot))) return true;
  if (kindOf(content) === "service" || record.viaBot === bot) return true;
  if (record.replyToId !== undefined && chat.records.get(record.replyToId)?.author.bot === bot) {
    return true;
  }
  const text = content.text ?? content.caption ?? "";
  const entities = content.entities ?? content.caption_entities ?? [];
  return entities.some(({ type, offset, length }) => {
    if (type !== "bot_command") return false;
    const [, name] = text.slice(offset, offset + length).split("@");
    if (name === undefined) return chat.lastBot === bot;
    return name.toLowerCase() === bot.info.username.toLowerCase();
  });
}

/** From now on the bot may use the IDs of whom it sees in a message. */
function introduce(bot: SimulatedBot, message: Message): void {
  bot.known.add(message.chat.id);
  if (message.from !== undefined) bot.known.add(message.from.id);
  if (message.sender_chat !== undefined) bot.known.add(message.sender_chat.id);
  const origin = message.forward_origin;
  if (origin?.type === "user") bot.known.add(origin.sender_user.id);
  if (origin?.type === "channel") bot.known.add(origin.chat.id);
  for (const member of message.new_chat_members ?? []) bot.known.add(member.id);
  if (message.left_chat_member !== undefined) bot.known.add(message.left_chat_member.id);
  for (const entity of message.entities ?? []) {
    if (entity.type === "text_mention") bot.known.add(entity.user.id);
  }
}
