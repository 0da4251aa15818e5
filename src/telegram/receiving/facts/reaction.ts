/** Reads a change of somebody's reaction. */
import type { MessageReactionUpdated } from "grammy/types";
import type { Reaction } from "../../../decisions/edit.ts";
import type { Desk } from "../../../desk/desk.ts";
import { defined } from "../../../values/defined.ts";
import { actorOf } from "./author.ts";

/** Reads a reaction. Only standard emoji count: no other can be set by a bot (Bot API, setMessageReaction). */
export function readReaction(
  { chat, message_id, user, actor_chat, new_reaction }: MessageReactionUpdated,
  desk: Desk,
): Reaction {
  const shown = new_reaction.findLast(({ type }) => type === "emoji");
  const reactorId = actor_chat?.id ?? user?.id;
  return {
    at: { chatId: chat.id, messageId: message_id },
    author: actorOf({ chat: actor_chat, user }, desk),
    ...defined({ reactorId }),
    emoji: shown?.type === "emoji" ? shown.emoji : null,
  };
}
