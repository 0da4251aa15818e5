/**
 * Methods about what a bot shows of itself. Refusals are worded as in misc.cpp of tdlib/td; of texts
 * that are too long as in https://core.telegram.org/method/bots.setBotInfo.
 */
import type {
  BotDescription,
  BotShortDescription,
  ChatAdministratorRights,
  Opts,
} from "grammy/types";
import { badRequest } from "../error.ts";
import { justRights, RIGHTS_NAMES } from "../member.ts";
import type { LocalizedText } from "../profile.ts";
import type { Execution } from "./execution.ts";

const MAX_DESCRIPTION_LENGTH = 512;
const MAX_SHORT_DESCRIPTION_LENGTH = 120;

/** https://core.telegram.org/bots/api#setmydescription */
export function setMyDescription(
  { bot }: Execution,
  args: NonNullable<Opts<"setMyDescription">>,
): true {
  const { description = "" } = args;
  if (description.length > MAX_DESCRIPTION_LENGTH) throw badRequest("DESCRIPTION_TOO_LONG");
  bot.profile.description.set(languageOf(args), description.trim());
  return true;
}

/** https://core.telegram.org/bots/api#getmydescription */
export function getMyDescription(
  call: Execution,
  args: NonNullable<Opts<"getMyDescription">>,
): BotDescription {
  return { description: told(call, call.bot.profile.description, languageOf(args)) };
}

/** https://core.telegram.org/bots/api#setmyshortdescription */
export function setMyShortDescription(
  { bot }: Execution,
  args: NonNullable<Opts<"setMyShortDescription">>,
): true {
  const { short_description: text = "" } = args;
  if (text.length > MAX_SHORT_DESCRIPTION_LENGTH) throw badRequest("ABOUT_TOO_LONG");
  bot.profile.shortDescription.set(languageOf(args), text.trim());
  return true;
}

/** https://core.telegram.org/bots/api#getmyshortdescription */
export function getMyShortDescription(
  call: Execution,
  args: NonNullable<Opts<"getMyShortDescription">>,
): BotShortDescription {
  return { short_description: told(call, call.bot.profile.shortDescription, languageOf(args)) };
}

/** https://core.telegram.org/bots/api#setmydefaultadministratorrights: without rights they are cleared. */
export function setMyDefaultAdministratorRights(
  { bot }: Execution,
  { rights, for_channels: forChannels }: NonNullable<Opts<"setMyDefaultAdministratorRights">>,
): true {
  const type = forChannels ? "channel" : "supergroup";
  if (rights === undefined) delete bot.profile.defaultRights[type];
  else {
    // Whoever may anything may manage the chat.
    const isAny = RIGHTS_NAMES.some((name) => rights[name]);
    bot.profile.defaultRights[type] = justRights(type, { ...rights, can_manage_chat: isAny });
  }
  return true;
}

/** https://core.telegram.org/bots/api#getmydefaultadministratorrights */
export function getMyDefaultAdministratorRights(
  { bot }: Execution,
  { for_channels: forChannels }: NonNullable<Opts<"getMyDefaultAdministratorRights">>,
): ChatAdministratorRights {
  const type = forChannels ? "channel" : "supergroup";
  return bot.profile.defaultRights[type] ?? justRights(type, { can_manage_chat: false });
}

function told({ world }: Execution, text: LocalizedText, language: string): string {
  return world.unproven.tellsShownDescriptions ? text.shown(language) : text.own(language);
}

function languageOf({ language_code = "" }: { language_code?: string }): string {
  if (!/^([a-z]{2})?$/.test(language_code)) throw badRequest("invalid language code specified");
  return language_code;
}
