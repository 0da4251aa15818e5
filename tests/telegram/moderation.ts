/** What the creator of a chat does to it: lets in, promotes, throws out, upgrades. */
import type { User } from "grammy/types";
import type { SimulatedChat } from "./chat.ts";
import { isInside, type Membership } from "./member.ts";
import type { Content } from "./message.ts";
import { post } from "./post.ts";
import { changeMembership } from "./publish.ts";
import type { World } from "./world.ts";

/** Gives somebody a standing; who was outside is brought in, which groups take note of. */
export function bringIn(world: World, chat: SimulatedChat, user: User, next: Membership): void {
  const isNew = !isInside(chat.membership(user));
  change(world, chat, user, next);
  if (isNew) note(world, chat, creatorOf(world, chat), { new_chat_members: [user] });
}

/** Gives somebody another standing. */
export function change(world: World, chat: SimulatedChat, user: User, next: Membership): void {
  changeMembership(world, chat, user, next, creatorOf(world, chat));
}

/** Lets somebody leave, or throws them out for good. */
export function remove(
  world: World,
  chat: SimulatedChat,
  user: User,
  how: "left" | "kicked",
): void {
  const actor = how === "left" ? user : creatorOf(world, chat);
  if (isInside(chat.membership(user))) note(world, chat, actor, { left_chat_member: user });
  changeMembership(world, chat, user, { status: how }, actor);
}

/** Moves a basic group's members into its supergroup. */
export function migrate(world: World, group: SimulatedChat, supergroup: SimulatedChat): void {
  const creator = creatorOf(world, group);
  for (const [id, membership] of group.members) supergroup.members.set(id, membership);
  note(world, group, creator, { migrate_to_chat_id: supergroup.id });
  group.migratedTo = supergroup;
  note(world, supergroup, creator, { migrate_from_chat_id: group.id });
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
