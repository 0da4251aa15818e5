/**
 * Which of a bot's commands somebody is offered who types a slash
 * (https://core.telegram.org/bots/api#determining-list-of-commands).
 */
import type { BotCommand } from "grammy/types";
import type { SimulatedChat } from "./chat.ts";
import { isAdministrator, isInside } from "./member.ts";
import type { CommandMenus, MenuScope } from "./menus.ts";
import type { Person } from "./person.ts";

/** What somebody is offered in a chat: the first list set of those that may be for them. */
export function offeredMenu(menus: CommandMenus, user: Person, chat: SimulatedChat): BotCommand[] {
  const language = user.info.language_code?.slice(0, 2).toLowerCase() ?? "";
  return menus.first(scopesOf(user, chat), language);
}

/** The scopes that somebody is in, the narrowest first. Channels have no commands. */
function scopesOf(user: Person, chat: SimulatedChat): MenuScope[] {
  const [chatId, userId] = [chat.id, user.id];
  switch (chat.type) {
    case "channel":
      return [];
    case "private":
      return [{ type: "chat", chatId }, { type: "all_private_chats" }, { type: "default" }];
    case "group":
    case "supergroup": {
      const membership = chat.membership(user);
      const isRunningIt = isInside(membership) && isAdministrator(membership);
      const scopes: (MenuScope | false)[] = [
        { type: "chat_member", chatId, userId },
        isRunningIt && { type: "chat_administrators", chatId },
        { type: "chat", chatId },
        isRunningIt && { type: "all_chat_administrators" },
        { type: "all_group_chats" },
        { type: "default" },
      ];
      return scopes.filter((scope) => scope !== false);
    }
  }
}
