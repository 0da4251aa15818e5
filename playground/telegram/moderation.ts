/**
 * What becomes of somebody's place in a chat: brought in, promoted, thrown out, taken along into a
 * supergroup. It is the creator's doing unless somebody else is named.
 */
import type { User } from "grammy/types";
import type { SimulatedChat } from "./chat.ts";
import type { Content } from "./kind.ts";
import { isInside, type Membership } from "./member.ts";
import { post } from "./post.ts";
import { changeMembership, type WayIn } from "./publish.ts";
import type { World } from "./world.ts";

/** Gives somebody a standing; who was outside is brought in, which groups take note of. */
export function bringIn(
  world: World,
  chat: SimulatedChat,
  user: User,
  next: Membership,
  actor = creatorOf(world, chat),
): void {
  const isNew = !isInside(chat.membership(user));
  changeMembership(world, chat, user, next, actor);
  if (isNew) note(world, chat, actor, { new_chat_members: [user] });
}

/** Lets somebody in who comes by themselves; `actor` is somebody else if they were approved. */
export function letIn(
  world: World,
  chat: SimulatedChat,
  user: User,
  { actor = user, wayIn = {} }: { actor?: User; wayIn?: WayIn } = {},
): void {
  const before = chat.membership(user);
  const next: Membership = before.status === "restricted"
    ? { ...before, isMember: true }
    : { status: "member" };
  changeMembership(world, chat, user, next, actor, wayIn);
  note(world, chat, user, { new_chat_members: [user] });
}

/** Gives somebody another standing. */
export function change(world: World, chat: SimulatedChat, user: User, next: Membership): void {
  changeMembership(world, chat, user, next, creatorOf(world, chat));
}

/** Lets somebody leave, or throws them out for good; whoever is restricted stays so. */
export function remove(
  world: World,
  chat: SimulatedChat,
  user: User,
  how: "left" | "kicked",
): void {
  const actor = how === "left" ? user : creatorOf(world, chat);
  const before = chat.membership(user);
  if (isInside(before)) note(world, chat, actor, { left_chat_member: user });
  const next: Membership = how === "left" && before.status === "restricted"
    ? { ...before, isMember: false }
    : { status: how };
  changeMembership(world, chat, user, next, actor);
}

/** Turns a basic group into a supergroup of the same members, whose history starts anew. */
export function upgrade(world: World, group: SimulatedChat): SimulatedChat {
  if (group.type !== "group" || group.migratedTo !== undefined) {
    throw new TypeError("Only basic groups can be upgraded, and only once");
  }
  const supergroup = world.addChat({ type: "supergroup", title: group.title ?? "" });
  supergroup.hasVisibleHistory = false;
  supergroup.permissions = group.permissions;
  const creator = creatorOf(world, group);
  for (const [id, membership] of group.members) supergroup.members.set(id, membership);
  for (const bot of world.botsIn(group)) bot.movesAlong(group, supergroup);
  note(world, group, creator, { migrate_to_chat_id: supergroup.id });
  group.migratedTo = supergroup;
  note(world, supergroup, creator, { migrate_from_chat_id: group.id });
  return supergroup;
}

function creatorOf(world: World, chat: SimulatedChat): User {
  for (const [id, { status }] of chat.members) {
    const user = world.account(id);
    if (status === "creator" && user !== undefined) return user;
  }
  throw new Error(`Chat ${chat.id} has no creator`);
}

/** Posts a service message; channels have none about their members. */
function note(world: World, chat: SimulatedChat, from: User, content: Content): void {
  if (chat.type === "channel") return;
  post(world, { chat, author: { accountId: from.id, from }, content });
}
