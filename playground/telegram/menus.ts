/**
 * A bot's lists of commands, each for a scope and a language
 * (https://core.telegram.org/bots/api#botcommandscope).
 */
import type { BotCommand, BotCommandScope } from "grammy/types";

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

  /** The first list that is set for one of these scopes: in the language, else for all others. */
  first(scopes: MenuScope[], language: string): BotCommand[] {
    for (const scope of scopes) {
      const commands = this.get(scope, language) ?? this.get(scope, "");
      if (commands !== undefined) return commands.map((command) => ({ ...command }));
    }
    return [];
  }
}

function keyOf({ type, chatId, userId }: MenuScope, language: string): string {
  return [type, chatId, userId, language].join(" ");
}
