/**
 * Linking a channel to the group of its comments (https://core.telegram.org/api/discussion). Only
 * supergroups without topics can be linked, and their newcomers see what was written before.
 */
import type { SimulatedChat } from "./chat.ts";
import { upgrade } from "./moderation.ts";
import type { World } from "./world.ts";

/** Links the two, as clients do it: a basic group is upgraded and its history shown first. */
export function link(world: World, channel: SimulatedChat, group: SimulatedChat): SimulatedChat {
  if (channel.type !== "channel" || !["group", "supergroup"].includes(group.type)) {
    throw new TypeError("A channel is linked to a group");
  }
  if (group.isForum) throw new Error("A group with topics cannot be linked to a channel");
  const supergroup = group.type === "group" ? upgrade(world, group) : group;
  supergroup.hasVisibleHistory = true;
  unlink(channel);
  if (supergroup.linked !== undefined) unlink(supergroup.linked);
  channel.linked = supergroup;
  supergroup.linked = channel;
  return supergroup;
}

/** Ends a channel's comments. */
export function unlink(channel: SimulatedChat): void {
  if (channel.linked !== undefined) channel.linked.linked = undefined;
  channel.linked = undefined;
}
