/**
 * Another group that is linked to the channel. No update tells of it (Bot API, ChatFullInfo): another
 * instance may know, or what comes from a group tells that it may be the channel's. Then it
 * has to wait until Telegram has told, asked after it came.
 */
import { Composer, type Context } from "grammy";
import type { Message, Update } from "grammy/types";
import type { Circumstances } from "../../decisions/circumstances.ts";
import type { Place } from "../../message/link.ts";
import { isForwardFrom } from "./facts/forward.ts";
import { REMEMBERED_MS } from "../desk/desk_watch.ts";
import type { Linked } from "../desk/known_desk.ts";
import { NotReady } from "../updates.ts";

/** Follows the desk to another group. */
export function followGroup({ circumstances, refresh, linked, isOurs, waitsSinceMs }: {
  circumstances: () => Circumstances;
  /** Takes what is known of the desk from memory. */
  refresh: () => Promise<void>;
  /** Which group is linked to the channel, as Telegram last told. */
  linked: () => Linked | null;
  /** Whether a root or a message of a group was once the desk's. */
  isOurs: (place: Place) => Promise<boolean>;
  /** When an update came, if it has waited since. */
  waitsSinceMs: (update: Update) => number | undefined;
}): Composer<Context> {
  const composer = new Composer<Context>();
  composer.chatType("supergroup").use(async (ctx, next) => {
    const chatId = ctx.chat.id;
    const isDesk = () => chatId === circumstances().desk.groupId;
    if (!isDesk()) await refresh();
    const { desk: { channelId } } = circumstances();
    const isComment = async () => {
      const root = [ctx.message, ctx.msg?.reply_to_message as Message | undefined];
      const messageId = ctx.msg?.message_thread_id ?? ctx.messageReaction?.message_id;
      return root.some((each) => each !== undefined && isForwardFrom(channelId, each)) ||
        (messageId !== undefined && await isOurs({ chatId, messageId }));
    };
    if (isDesk() || !await isComment()) return await next();
    const told = linked();
    const { nowMs } = circumstances();
    // What came in what is the future by now came before the clock was set back.
    const sinceMs = waitsSinceMs(ctx.update);
    // Until then Telegram may have told what was before.
    const isTold = told !== null && sinceMs !== undefined && told.askedMs <= nowMs &&
      told.askedMs >= Math.min(sinceMs, nowMs) + REMEMBERED_MS;
    if (isTold && told.groupId !== chatId) return await next();
    throw new NotReady("Another group may be linked to the channel");
  });
  return composer;
}
