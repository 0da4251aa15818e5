/**
 * Methods about the lists of commands that people are offered. Refusals are worded as in
 * BotCommand.cpp, BotCommandScope.cpp and misc.cpp of tdlib/td.
 */
import type { BotCommand, BotCommandScope, Opts } from "grammy/types";
import { badRequest } from "../error.ts";
import type { MenuScope } from "../menus.ts";
import { knownAccount, readableChat, refuseUpgraded } from "./access.ts";
import type { Execution } from "./execution.ts";

const MAX_COMMANDS = 100;
const MAX_COMMAND_LENGTH = 32;
const MAX_DESCRIPTION_LENGTH = 256;
/**
 * Telegram takes no longer list, however few its commands: 7,750 bytes passed, 7,876 did not
 * (adolfousier/opencrabs issue 1613).
 */
const MAX_LIST_BYTES = 7800;

interface MenuArgs {
  scope?: BotCommandScope;
  language_code?: string;
}

/** https://core.telegram.org/bots/api#setmycommands: an empty list is as good as none. */
export function setMyCommands(call: Execution, args: Opts<"setMyCommands">): true {
  const scope = scopeOf(call, args);
  const language = languageOf(args);
  const commands = args.commands.map(checked);
  const bytes = new TextEncoder().encode(JSON.stringify(commands)).length;
  if (commands.length > MAX_COMMANDS || bytes > MAX_LIST_BYTES) {
    throw badRequest("BOT_COMMANDS_TOO_MUCH");
  }
  const { menus } = call.bot;
  const isList = commands.length > 0 || call.world.unproven.emptyMenusHideOthers;
  if (isList) menus.set(scope, language, commands);
  else menus.delete(scope, language);
  return true;
}

/** https://core.telegram.org/bots/api#getmycommands: of just that scope and language. */
export function getMyCommands(
  call: Execution,
  args: NonNullable<Opts<"getMyCommands">>,
): BotCommand[] {
  return call.bot.menus.get(scopeOf(call, args), languageOf(args)) ?? [];
}

/** https://core.telegram.org/bots/api#deletemycommands */
export function deleteMyCommands(
  call: Execution,
  args: NonNullable<Opts<"deleteMyCommands">>,
): true {
  call.bot.menus.delete(scopeOf(call, args), languageOf(args));
  return true;
}

function scopeOf(call: Execution, { scope = { type: "default" } }: MenuArgs): MenuScope {
  const { type } = scope;
  if (!("chat_id" in scope)) return { type };
  if (scope.chat_id === "") {
    throw badRequest("can't parse BotCommandScope: Empty chat_id specified");
  }
  const chat = readableChat(call, scope.chat_id);
  refuseUpgraded(chat);
  const user = "user_id" in scope ? { userId: knownAccount(call, scope.user_id).id } : {};
  if (chat.type === "private" && type !== "chat") {
    throw badRequest("can't use specified scope in private chats");
  }
  if (chat.type === "channel") throw badRequest("can't change commands in channel chats");
  return { type, chatId: chat.id, ...user };
}

function languageOf({ language_code = "" }: MenuArgs): string {
  if (!/^([a-z]{2})?$/.test(language_code)) throw badRequest("invalid language code specified");
  return language_code;
}

function checked(given: BotCommand): BotCommand {
  const command = given.command.trim().replace(/^\//, "");
  const description = given.description.trim();
  if (command === "") throw badRequest("command must be non-empty");
  if (lengthOf(command) > MAX_COMMAND_LENGTH) {
    throw badRequest(`command length must not exceed ${MAX_COMMAND_LENGTH}`);
  }
  if (description === "") throw badRequest("command description must be non-empty");
  if (lengthOf(description) > MAX_DESCRIPTION_LENGTH) {
    throw badRequest(`command description length must not exceed ${MAX_DESCRIPTION_LENGTH}`);
  }
  if (!/^[a-z0-9_]+$/.test(command)) throw badRequest("BOT_COMMAND_INVALID");
  return { command, description };
}

/** In characters, not in UTF-16 code units. */
function lengthOf(text: string): number {
  return [...text].length;
}
