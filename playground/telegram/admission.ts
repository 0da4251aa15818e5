/**
 * What a person's client lets them do about others' places in a chat: bring in, make administrator,
 * let in who asked. Where it has no button for something, these throw.
 */
import type { ChatAdministratorRights, User } from "grammy/types";
import type { SimulatedBot } from "./bot.ts";
import type { SimulatedChat } from "./chat.ts";
import { hasRight, isAdministrator, isInside, justRights, sensibleRights } from "./member.ts";
import { bringIn, upgrade } from "./moderation.ts";
import type { World } from "./world.ts";

/** Brings somebody in as an ordinary member. */
export function add(world: World, actor: User, chat: SimulatedChat, user: User): void {
  const before = chat.membership(user);
  if (isInside(before)) return;
  const bot = world.bots.get(user.id);
  const mine = chat.membership(actor);
  const isRunningIt = isAdministrator(mine);
  const mayInvite = isRunningIt
    ? hasRight(mine, "can_invite_users") || isAllowedToMembers(chat)
    : isInside(mine) && isAllowedToMembers(chat) && chat.allows(mine, "can_invite_users");
  if (chat.type === "private" || !mayInvite) {
    throw new Error(`${actor.first_name} may not add anybody there`);
  }
  if (bot !== undefined) refuseBot(bot, chat);
  if (bot !== undefined && chat.username !== undefined && !isRunningIt) {
    throw new Error("Only administrators add bots to public groups");
  }
  if (bot !== undefined && chat.type === "channel") {
    throw new Error("In channels bots can only be administrators");
  }
  if (before.status === "kicked" && !hasRight(mine, "can_restrict_members")) {
    throw new Error(`${user.first_name} is banned there`);
  }
  bringIn(world, chat, user, { status: "member" }, actor);
}

/**
 * Makes somebody an administrator with just the rights given, as far as `actor` may give them; an
 * administrator keeps what they have. A basic group is upgraded for that; the answer is the chat.
 */
export function promote(
  world: World,
  actor: User,
  chat: SimulatedChat,
  user: User,
  wanted: Partial<ChatAdministratorRights>,
): SimulatedChat {
  const [mine, theirs] = [chat.membership(actor), chat.membership(user)];
  if (chat.type === "private" || !hasRight(mine, "can_promote_members")) {
    throw new Error(`${actor.first_name} may not make anybody administrator there`);
  }
  const bot = world.bots.get(user.id);
  if (bot !== undefined) refuseBot(bot, chat);
  if (isAdministrator(theirs) && !mayEdit(chat, actor, user)) {
    throw new Error(`${actor.first_name} may not change the rights of ${user.first_name}`);
  }
  if (theirs.status === "kicked" && !hasRight(mine, "can_restrict_members")) {
    throw new Error(`${user.first_name} is banned there`);
  }
  if (chat.type === "group" && mine.status !== "creator") {
    throw new Error("Only its creator can upgrade a group");
  }
  const place = chat.type === "group" ? upgrade(world, chat) : chat;
  const type = place.type === "channel" ? "channel" : "supergroup";
  const known = Object.keys(sensibleRights(type)) as (keyof ChatAdministratorRights)[];
  const given = known.filter((right) =>
    theirs.rights?.[right] || (wanted[right] && mayGive(place, actor, right))
  );
  const rights = justRights(type, Object.fromEntries(given.map((right) => [right, true])));
  const title = theirs.customTitle === undefined ? {} : { customTitle: theirs.customTitle };
  if (world.unproven.promotesInSteps && type === "supergroup" && !isInside(theirs)) {
    bringIn(world, place, user, { status: "member" }, actor);
  }
  bringIn(
    world,
    place,
    user,
    { status: "administrator", rights, promotedBy: theirs.promotedBy ?? actor.id, ...title },
    actor,
  );
  return place;
}

/** Refuses to let somebody decide about who asked to join. */
export function assertMayLetIn(actor: User, chat: SimulatedChat): void {
  if (hasRight(chat.membership(actor), "can_invite_users")) return;
  throw new Error(`${actor.first_name} may not let anybody in there`);
}

function isAllowedToMembers({ type, permissions }: SimulatedChat): boolean {
  return type !== "channel" && (permissions === undefined || permissions.can_invite_users === true);
}

function refuseBot({ info }: SimulatedBot, { type }: SimulatedChat): void {
  if (type !== "channel" && !info.can_join_groups) {
    throw new Error(`@${info.username} cannot be added to groups: BOT_GROUPS_BLOCKED`);
  }
}

function mayGive(
  chat: SimulatedChat,
  actor: User,
  right: keyof ChatAdministratorRights,
): boolean {
  const mine = chat.membership(actor);
  return mine.status === "creator" || hasRight(mine, right);
}

/** Creators change everybody's rights, others those of whom they promoted, however indirectly. */
function mayEdit(chat: SimulatedChat, actor: User, user: User): boolean {
  if (chat.membership(user).status === "creator") return false;
  if (chat.membership(actor).status === "creator") return true;
  let by = chat.membership(user).promotedBy;
  while (by !== undefined && by !== actor.id) by = chat.membership({ id: by }).promotedBy;
  return by === actor.id;
}
