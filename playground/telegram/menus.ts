/**
 * A bot's lists of commands, each for a scope and a language, and which of them somebody is offered
 * who types a slash (https://core.telegram.org/bots/api#determining-list-of-commands).
 */
import type { BotCommand, BotCommandScope } from "grammy/types";
import type { SimulatedChat } from "./chat.ts";
import { isAdministrator, isInside } from "./member.ts";
import type { SimulatedUser } from "./user.ts";

/** For whom a list is, with the chat's ID even where the bot named it by its username. */
export interface MenuScope {
  type: BotCommandScope["type"];
  chatId?: number;
  userId?: number;
}

/** The lists of one bot. */
export class CommandMenus {
  readonly #lists = new Map<string, BotCommand[]>();

  /** Sets a list; the language is two letters, or empty for all that have no list of their own. */
  set(scope: MenuScope, language: string, commands: BotCommand[]): void {
    this.#lists.set(keyOf(scope, language), commands);
  }

  /** The list of just that scope and language, if it is set. */
  get(scope: MenuScope, language: string): BotCommand[] | undefined {
    return this.#lists.get(keyOf(scope, language));
  }

  /** Unsets a list. */
  delete(scope: MenuScope, language: string): void {
    this.#lists.delete(keyOf(scope, language));
  }

  /** What somebody is offered in a chat: the first list set of those that may be for them. */
  offeredTo(user: SimulatedUser, chat: SimulatedChat): BotCommand[] {
    const language = user.info.language_code?.slice(0, 2).toLowerCase() ?? "";
    for (const scope of scopesOf(user, chat)) {
      const commands = this.get(scope, language) ?? this.get(scope, "");
      if (commands !== undefined) return commands.map((command) => ({ ...command }));
    }
    return [];
  }
}

/** The scopes that somebody is in, the narrowest first. Channels have no commands. */
function scopesOf(user: SimulatedUser, chat: SimulatedChat): MenuScope[] {
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

function keyOf({ type, chatId, userId }: MenuScope, language: string): string {
  return [type, chatId, userId, language].join(" ");
}
