/**
 * Sharing a chat with a bot by a button that asks for one, as clients do it
 * (https://core.telegram.org/bots/features#chat-and-user-selection; RequestedDialogType.cpp of
 * tdlib/td).
 */
import type { ChatAdministratorRights, KeyboardButtonRequestChat, User } from "grammy/types";
import { add, promote } from "./admission.ts";
import type { SimulatedBot } from "./bot.ts";
import type { SimulatedChat, SimulatedMessage } from "./chat.ts";
import { hasRight, isInside, RIGHTS_NAMES } from "./member.ts";
import type { Person } from "./person.ts";
import { sendAs } from "./sending.ts";
import type { World } from "./world.ts";

/** How clients differ. */
export interface ShareOptions {
  /** Telegram Desktop shares a chat without adding the bot. Default: it is added, and then shared. */
  adds?: "first" | "afterwards" | "never";
  /** Offers every chat, also what does not fit. */
  isCareless?: boolean;
}

/** Presses a button by a part of its words, and chooses a chat; the answer is what tells the bot. */
export function share(
  world: World,
  person: Person,
  bot: SimulatedBot,
  words: string,
  chosen: SimulatedChat,
  { adds = "first", isCareless = false }: ShareOptions = {},
): SimulatedMessage {
  const inPrivate = world.privateChat(person, bot);
  const request = requestIn(inPrivate, words);
  if (!isCareless) assertFits(person.info, chosen, request);
  const bring = () => bringBot(world, person.info, bot, chosen, request);
  let place = chosen;
  if (adds === "first") place = bring();
  const shared = world.unproven.sharesGroupsByOldId ? chosen : place;
  const { title, username } = chosen;
  const told = sendAs(world, person, inPrivate, {
    chat_shared: {
      request_id: request.request_id,
      chat_id: shared.id,
      ...(request.request_title && title !== undefined ? { title } : {}),
      ...(request.request_username && username !== undefined ? { username } : {}),
    },
  }, {});
  if (adds === "afterwards") bring();
  return told;
}

function requestIn({ keyboard }: SimulatedChat, words: string): KeyboardButtonRequestChat {
  const buttons = keyboard?.keyboard.flat() ?? [];
  for (const button of buttons) {
    if (typeof button === "string" || !button.text.includes(words)) continue;
    if ("request_chat" in button) return button.request_chat;
  }
  const texts = buttons.map((button) => typeof button === "string" ? button : button.text);
  throw new Error(`No button "${words}" asks for a chat: ${texts.join(", ") || "no keyboard"}`);
}

/** What does not fit is not offered. */
function assertFits(user: User, chat: SimulatedChat, request: KeyboardButtonRequestChat): void {
  const { chat_is_channel: isChannel, chat_is_forum: isForum } = request;
  if (chat.type === "private" || (chat.type === "channel") !== isChannel) {
    throw new Error("Wrong chat type");
  }
  if (!isChannel && isForum !== undefined && chat.isForum !== isForum) {
    throw new Error("Wrong is_forum value");
  }
  const { chat_has_username: hasUsername } = request;
  if (hasUsername !== undefined && (chat.username !== undefined) !== hasUsername) {
    throw new Error("Wrong has_username value");
  }
  const mine = chat.membership(user);
  if (request.chat_is_created && mine.status !== "creator") {
    throw new Error("The chat must be created by the current user");
  }
  const required = rightsIn(request.user_administrator_rights);
  if (!required.every((right) => hasRight(mine, right))) {
    throw new Error("Not enough rights in the chat");
  }
  const mayPromote = hasRight(mine, "can_invite_users") && hasRight(mine, "can_promote_members");
  if (chat.type === "group" && request.bot_administrator_rights && !mayPromote) {
    throw new Error("The bot can't be promoted in the chat");
  }
}

/** Adds the bot as it is asked for; a basic group is upgraded for rights. The answer is the chat. */
function bringBot(
  world: World,
  actor: User,
  bot: SimulatedBot,
  chat: SimulatedChat,
  request: KeyboardButtonRequestChat,
): SimulatedChat {
  const { bot_administrator_rights: rights, bot_is_member: isMember } = request;
  const place = chat.migratedTo ?? chat;
  const mine = place.membership(bot);
  if (rights !== undefined) {
    const lacks = rightsIn(rights).some((right) => !hasRight(mine, right));
    return lacks ? promote(world, actor, place, bot.user, rights) : place;
  }
  if (isMember && !isInside(mine)) add(world, actor, place, bot.user);
  return place;
}

function rightsIn(rights: Partial<ChatAdministratorRights> | undefined) {
  return RIGHTS_NAMES.filter((name) => rights?.[name] === true);
}
