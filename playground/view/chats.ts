/** The chats that the page shows, as it calls them. */
import type { Playground } from "../playground.ts";
import type { SimulatedChat } from "../telegram/chat.ts";

/** `channel:orders` and `group:orders` of a desk, else whose private chat it is: `customer:maria`. */
export type ChatName = string;

/** All of them. */
export function chatsOf(playground: Playground): { name: ChatName; chat: SimulatedChat }[] {
  const chats: { name: ChatName; chat: SimulatedChat }[] = [];
  for (const { name, channel, group } of playground.desks.all) {
    chats.push({ name: `channel:${name}`, chat: channel });
    if (group) chats.push({ name: `group:${name}`, chat: group });
  }
  for (const person of playground.people.all) {
    chats.push({ name: keyOf(person), chat: playground.chatOf(person) });
  }
  return chats;
}

/** How the page calls somebody's private chat: agents and customers may have the same name. */
export function keyOf({ name, role }: { name: string; role: string }): ChatName {
  return `${role}:${name}`;
}
