/** Methods about a chat and the messages in it: what it is, what is deleted, what is liked. */
import type { ChatFullInfo, Opts } from "grammy/types";
import type { SimulatedChat, StoredMessage } from "../chat.ts";
import { badRequest } from "../error.ts";
import { kindOf } from "../kind.ts";
import { hasRight, isAdministrator, isInside, toPermissions } from "../member.ts";
import { toMessageFor } from "../message.ts";
import { erase } from "../post.ts";
import { gone, readableChat, writableChat } from "./access.ts";
import type { Execution } from "./execution.ts";

/** Bots may delete no older messages. */
const DELETE_LIFETIME_S = 48 * 3600;
const MAX_DELETED = 100;

/** https://core.telegram.org/bots/api#getchat */
export function getChat(call: Execution, args: Opts<"getChat">): ChatFullInfo {
  const chat = readableChat(call, args.chat_id);
  const { world: { date, unproven }, bot: { rememberedChats } } = call;
  const known = rememberedChats.get(chat.id);
  if (known !== undefined && date - known.atS < unproven.remembersChatsS) return known.info;
  const info = infoOf(call, chat);
  rememberedChats.set(chat.id, { info, atS: date });
  // What is learned of a group corrects what is remembered of channels: which of them it belongs to.
  if (chat.type !== "supergroup") return info;
  for (const [id, { info: other }] of rememberedChats) {
    const wasLinked = "linked_chat_id" in other && other.linked_chat_id === chat.id;
    if (id === chat.linked?.id || wasLinked) rememberedChats.delete(id);
  }
  return info;
}

function infoOf(call: Execution, chat: SimulatedChat): ChatFullInfo {
  const pinned = chat.pinnedMessage;
  const isPublic = chat.username !== undefined;
  const isGroup = chat.type === "group" || chat.type === "supergroup";
  const isRunningIt = isAdministrator(chat.membership(call.bot));
  return {
    ...chat.toChat(),
    accent_color_id: 0,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: false,
      limited_gifts: false,
      unique_gifts: false,
      premium_subscription: false,
      gifts_from_channels: false,
    },
    ...(isPublic ? { active_usernames: [chat.username] } : {}),
    ...(chat.linked === undefined ? {} : { linked_chat_id: chat.linked.id }),
    ...(chat.reactions === undefined
      ? {}
      : { available_reactions: chat.reactions.map((emoji) => ({ type: "emoji", emoji })) }),
    ...(isGroup ? { permissions: toPermissions(chat.permissions) } : {}),
    ...(chat.type === "supergroup" ? supergroupFields(chat, isRunningIt) : {}),
    ...(chat.peers?.user.forbidsVoiceMessages
      ? { has_restricted_voice_and_video_messages: true }
      : {}),
    ...(chat.hasProtectedContent ? { has_protected_content: true } : {}),
    ...(chat.autoDeleteS > 0 ? { message_auto_delete_time: chat.autoDeleteS } : {}),
    ...(pinned === undefined ? {} : { pinned_message: toMessageFor(call.bot, pinned) }),
  } as ChatFullInfo;
}

/** What is said only if it is so; of the history only to administrators. */
function supergroupFields(chat: SimulatedChat, isRunningIt: boolean): Partial<ChatFullInfo> {
  return {
    ...(chat.hasVisibleHistory && isRunningIt ? { has_visible_history: true } : {}),
    ...(chat.joinToSendMessages ? { join_to_send_messages: true } : {}),
    ...(chat.slowModeS > 0 ? { slow_mode_delay: chat.slowModeS } : {}),
    ...(chat.joinByRequest ? { join_by_request: true } : {}),
  };
}

/** https://core.telegram.org/bots/api#getchatmembercount */
export function getChatMemberCount(call: Execution, args: Opts<"getChatMemberCount">): number {
  const chat = readableChat(call, args.chat_id);
  if (chat.type === "private") return 2;
  return [...chat.members.values()].filter(isInside).length;
}

/** https://core.telegram.org/bots/api#deletemessage */
export function deleteMessage(call: Execution, args: Opts<"deleteMessage">): true {
  const record = writableChat(call, args.chat_id).records.get(args.message_id);
  if (record === undefined) throw gone(call, "message to delete not found");
  refuseDeletion(call, record);
  erase(call.world, record);
  return true;
}

/** https://core.telegram.org/bots/api#deletemessages */
export function deleteMessages(call: Execution, args: Opts<"deleteMessages">): true {
  const { message_ids: ids } = args;
  if (ids.length === 0) throw badRequest("message identifiers are not specified");
  if (ids.length > MAX_DELETED) throw badRequest("too many message identifiers specified");
  const chat = writableChat(call, args.chat_id);
  const records = ids.flatMap((id) => chat.records.get(id) ?? []);
  for (const record of records) refuseDeletion(call, record);
  for (const record of records) erase(call.world, record);
  return true;
}

/** https://core.telegram.org/bots/api#setmessagereaction */
export function setMessageReaction(call: Execution, args: Opts<"setMessageReaction">): true {
  const { world, bot } = call;
  const record = writableChat(call, args.chat_id).records.get(args.message_id);
  if (record === undefined) throw gone(call, "message to react not found");
  const { reaction = [] } = args;
  if (reaction.length > 1) throw badRequest("too many reactions specified");
  const present = record.chat.reactionsOf(record.id);
  for (const wanted of reaction) {
    const isPresent = present.some((other) => JSON.stringify(other) === JSON.stringify(wanted));
    const isAllowed = wanted.type === "emoji"
      ? EMOJI.includes(wanted.emoji) && (record.chat.reactions?.includes(wanted.emoji) ?? true)
      : isPresent;
    if (wanted.type === "paid" || !isAllowed) throw badRequest("REACTION_INVALID");
  }
  // A reaction to an album belongs to its first message.
  const first = record.mediaGroupId === undefined
    ? record
    : [...record.chat.records.values()].find((other) => other.mediaGroupId === record.mediaGroupId);
  if (reaction.length === 0) first?.reactions.delete(bot.id);
  else first?.reactions.set(bot.id, [...reaction]);
  world.activity.changed();
  return true;
}

function refuseDeletion({ world, bot }: Execution, record: StoredMessage): void {
  const { chat, author, content } = record;
  const isOld = world.date - record.date >= DELETE_LIFETIME_S;
  if (chat.type === "private") {
    if (isOld) throw badRequest("message can't be deleted for everyone");
    return;
  }
  const membership = chat.membership(bot);
  const isCreation = content.supergroup_chat_created || content.channel_chat_created;
  const isService = kindOf(content) === "service" && isCreation;
  const mayDeleteOwn = author.bot === bot &&
    (chat.type !== "channel" || hasRight(membership, "can_post_messages"));
  if (isOld || isService || !(mayDeleteOwn || hasRight(membership, "can_delete_messages"))) {
    throw badRequest("message can't be deleted");
  }
}

/** The reactions everybody may use (https://core.telegram.org/bots/api#reactiontypeemoji). */
const EMOJI: readonly string[] =
  ("👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 " +
    "😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡")
    .split(" ");
