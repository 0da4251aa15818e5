/**
 * Menus of commands: typing `/` shows only what one may use, in one's language. Telegram takes the
 * narrowest scope that fits (https://core.telegram.org/bots/api#determining-list-of-commands).
 */
import type { BotCommand, BotCommandScope } from "grammy/types";
import { type CommandName, commandsFor, ruleOf } from "./command.ts";
import type { Language } from "./config.ts";
import type { Texts } from "./notice.ts";

/** Who is shown commands where. */
export interface MenuAudience {
  groupId: number;
  /** Administrators, in their private chats with the bot. */
  adminIds: number[];
}

/** What is registered for one scope. */
export interface Menu {
  scope: BotCommandScope;
  commands: CommandName[];
  /** Telegram may not know the chat yet: somebody who never wrote to the bot. */
  isForPerson?: true;
}

/** The menus of a desk. */
export function menusFor({ groupId, adminIds }: MenuAudience): Menu[] {
  const team = commandsFor("team", "thread");
  const admins = [...commandsFor("admin", "thread"), ...commandsFor("creator", "thread")];
  return [
    { scope: { type: "all_private_chats" }, commands: commandsFor("customer", "private") },
    { scope: { type: "chat", chat_id: groupId }, commands: team },
    {
      scope: { type: "chat_administrators", chat_id: groupId },
      commands: [...team, ...admins],
    },
    ...adminIds.map((userId) => privateMenu(userId, { isAdmin: true })),
  ];
}

/** The menu of a member of the team in private. */
export function privateMenu(userId: number, { isAdmin }: { isAdmin: boolean }): Menu {
  const commands = commandsFor("team", "private");
  if (isAdmin) commands.push(...commandsFor("admin", "private"));
  return { scope: { type: "chat", chat_id: userId }, commands, isForPerson: true };
}

/** Commands as Telegram shows them; Portuguese speakers are shown the Portuguese names. */
export function writeMenu(
  commands: CommandName[],
  language: Language,
  texts: Pick<Texts, "about">,
): BotCommand[] {
  return commands.map((name) => {
    const alias = language === "pt-BR" ? ruleOf(name).aliases?.[0] : undefined;
    return { command: alias ?? name, description: texts.about({ text: "about", name }) };
  });
}
