/**
 * Another group that is linked to the channel. No update tells of it (Bot API, ChatFullInfo): another
 * instance may know, or what comes from a group tells that it may be the channel's. Then the desk is
 * looked at, and the update has to come again.
 */
import { Composer, type Context } from "grammy";
import type { Message } from "grammy/types";
import type { Circumstances } from "../../decisions/circumstances.ts";
import type { Place } from "../../message/link.ts";
import type { Linked } from "../desk/desk_watch.ts";
import { NotReady } from "../updates.ts";

/** Of how many updates it is remembered when they were first seen. */
const MOST_SEEN = 1000;

/** Follows the desk to another group. */
export function followGroup({ circumstances, refresh, linked, isOurs, onDeskChanged }: {
  circumstances: () => Circumstances;
  /** Takes what is known of the desk from memory. */
  refresh: () => Promise<void>;
  /** Which group is linked to the channel, as Telegram last told. */
  linked: () => Linked | null;
  /** Whether a root or a message of a group was once the desk's. */
  isOurs: (place: Place) => Promise<boolean>;
  onDeskChanged: () => void;
}): Composer<Context> {
  const composer = new Composer<Context>();
  /** When updates that have to come again were first seen, by their IDs. */
  const seenMs = new Map<number, number>();
  composer.chatType("supergroup").use(async (ctx, next) => {
    const chatId = ctx.chat.id;
    const isDesk = () => chatId === circumstances().desk.groupId;
    if (!isDesk()) await refresh();
    const { desk: { channelId }, nowMs } = circumstances();
    const { update_id: updateId } = ctx.update;
    const isComment = async () => {
      const root = [ctx.message, ctx.msg?.reply_to_message as Message | undefined];
      const messageId = ctx.msg?.message_thread_id ?? ctx.messageReaction?.message_id;
      return root.some((each) =>
        each?.is_automatic_forward && each.sender_chat?.id === channelId
      ) || (messageId !== undefined && await isOurs({ chatId, messageId }));
    };
    // What was seen in what is the future by now was seen before the clock was set back.
    const sinceMs = Math.min(seenMs.get(updateId) ?? Infinity, nowMs);
    const wasSeen = seenMs.has(updateId);
    seenMs.delete(updateId);
    if (isDesk() || !await isComment()) return await next();
    const told = linked();
    const isTold = told !== null && wasSeen && told.askedMs >= sinceMs &&
      told.askedMs <= nowMs;
    if (isTold && told.groupId !== chatId) return await next();
    // Those that other instances were brought are forgotten in time.
    for (const [oldest] of seenMs) if (seenMs.size >= MOST_SEEN) seenMs.delete(oldest);
    seenMs.set(updateId, sinceMs);
    onDeskChanged();
    throw new NotReady("Another group may be linked to the channel");
  });
  return composer;
}
