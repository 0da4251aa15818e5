/** What happens when somebody opens a link and, where it asks for one, picks a chat of theirs. */
import type { User } from "grammy/types";
import { add, promote } from "./admission.ts";
import type { SimulatedBot } from "./bot.ts";
import type { SimulatedChat, SimulatedMessage } from "./chat.ts";
import { parseDeepLink } from "./deep_link.ts";
import { chatByInviteLink } from "./joining.ts";
import type { World } from "./world.ts";

/** What a person may come to do by opening a link. */
export interface Opener {
  readonly info: User;
  joins(chat: SimulatedChat, address: string): unknown;
  starts(bot: SimulatedBot, payload?: string): SimulatedMessage;
  sends(chat: SimulatedChat, text: string): SimulatedMessage;
}

/**
 * Follows a link to the end; the message that the person sent by it, if any, is the answer. In a
 * group a bot is started by a message with its name, whether or not it is administrator then
 * (internalLinkTypeBotStartInGroup in td_api.tl of tdlib/td).
 */
export function open(
  world: World,
  user: Opener,
  link: string,
  chosen: SimulatedChat | undefined,
): SimulatedMessage | undefined {
  const parsed = parseDeepLink(link);
  if (parsed.kind === "invite") {
    user.joins(chatByInviteLink(world, parsed.address), parsed.address);
    return undefined;
  }
  const bot = botNamed(world, parsed.username);
  switch (parsed.kind) {
    case "start":
      return user.starts(bot, parsed.payload === "" ? undefined : parsed.payload);
    case "startchannel":
      promote(world, user.info, chosenOf(chosen, ["channel"]), bot.user, parsed.rights);
      return undefined;
    case "startgroup": {
      const group = chosenOf(chosen, ["group", "supergroup"]);
      const { rights, payload } = parsed;
      if (rights === undefined) add(world, user.info, group, bot.user);
      else promote(world, user.info, group, bot.user, rights);
      const start = `/start@${bot.info.username}`;
      return user.sends(group.migratedTo ?? group, payload === "" ? start : `${start} ${payload}`);
    }
  }
}

function botNamed(world: World, username: string): SimulatedBot {
  const name = username.toLowerCase();
  const bot = [...world.bots.values()].find(({ info }) => info.username.toLowerCase() === name);
  if (bot === undefined) throw new Error(`There is no bot @${username}`);
  return bot;
}

function chosenOf(
  chat: SimulatedChat | undefined,
  types: readonly SimulatedChat["type"][],
): SimulatedChat {
  if (chat !== undefined && types.includes(chat.type)) return chat;
  throw new Error(`The client asks for a ${types.join(" or ")}`);
}
