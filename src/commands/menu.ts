/**
 * Menus of commands: typing `/` shows only what one may use, in one's language. Telegram takes the
 * narrowest scope that fits (https://core.telegram.org/bots/api#determining-list-of-commands).
 */
import type { BotCommand, BotCommandScope } from "grammy/types";
import { type CommandName, commandNameIn, commandsFor } from "./command.ts";
import type { Language } from "../words/language.ts";

/** Who is shown commands where. */
export interface MenuAudience {
  /** The groups of all desks. */
  groupIds: readonly number[];
  /** Those with a menu of their own, in private with the bot, and what they are beside the team. */
  leaders: Leader[];
}

/** An administrator of a desk; the group's creator and the desk's owner may let people in. */
export interface Leader {
  userId: number;
  isCreator: boolean;
  /** They own the bot, and may open and close desks. */
  isOwner?: true;
}

/** What is registered for one scope. */
export interface Menu {
  scope: BotCommandScope;
  commands: CommandName[];
  /** Telegram may not know the chat yet: somebody who never wrote to the bot. */
  isForPerson?: true;
}

/** The menus of a bot. */
export function menusFor({ groupIds, leaders }: MenuAudience): Menu[] {
  const team = commandsFor("team", "thread");
  const admins = [...commandsFor("admin", "thread"), ...commandsFor("creator", "thread")];
  return [
    { scope: { type: "all_private_chats" }, commands: commandsFor("customer", "private") },
    ...groupIds.flatMap((groupId): Menu[] => [
      { scope: { type: "chat", chat_id: groupId }, commands: team },
      {
        scope: { type: "chat_administrators", chat_id: groupId },
        commands: [...team, ...admins],
      },
    ]),
    ...leaders.map((leader) => privateMenu(leader.userId, leader)),
  ];
}

/** The menu of a member of the team in private; `leader`: what they are beside. */
export function privateMenu(userId: number, leader?: Leader): Menu {
  const commands = [
    ...commandsFor("team", "private"),
    ...leader ? commandsFor("admin", "private") : [],
    ...leader?.isCreator ? commandsFor("creator", "private") : [],
    ...leader?.isOwner ? commandsFor("owner", "private") : [],
  ];
  return { scope: { type: "chat", chat_id: userId }, commands, isForPerson: true };
}

/** Commands as Telegram shows them, by the names they have in a language. */
export function writeMenu(
  commands: CommandName[],
  language: Language,
  about: (name: CommandName) => string,
): BotCommand[] {
  return commands.map((name) => ({
    command: commandNameIn(name, language),
    description: about(name),
  }));
}
