/**
 * Another group that is linked to a channel. No update tells of it (Bot API, ChatFullInfo): another
 * instance may know, or what comes from a group tells that it may be the channel's. Then it
 * has to wait until Telegram has told, asked after it came.
 */
import { Composer, type Context } from "grammy";
import type { Message, Update } from "grammy/types";
import type { Place } from "../../message/link.ts";
import { isForwardFrom } from "./facts/forward.ts";
import { REMEMBERED_MS } from "../desk/look_times.ts";
import type { Desks } from "../desk/desks.ts";
import type { ServedDesk } from "../desk/served_desk.ts";
import { NotReady } from "../updates.ts";

/** Follows the desks to other groups. */
export function followGroup({ desks, isOf, waitsSinceMs, now }: {
  desks: Desks;
  /** Whether a root or a message of a group was once the desk's. */
  isOf: (deskId: number, place: Place) => Promise<boolean>;
  /** When an update came, if it has waited since. */
  waitsSinceMs: (update: Update) => number | undefined;
  now: () => number;
}): Composer<Context> {
  const composer = new Composer<Context>();
  composer.chatType("supergroup").use(async (ctx, next) => {
    const chatId = ctx.chat.id;
    const isDesks = () => desks.known.some(({ watch }) => watch.desk.groupId === chatId);
    const roots = [ctx.message, ctx.msg?.reply_to_message as Message | undefined];
    const isForwarded = ({ watch: { desk: { channelId } } }: ServedDesk) =>
      roots.some((each) => each !== undefined && isForwardFrom(channelId, each));
    // The group of one desk may have become another's.
    const forwards = () => desks.known.find(isForwarded) ?? null;
    const isItsOwn = () => isDesks() && [null, desks.ofChat(ctx.chat)].includes(forwards());
    if (!isItsOwn()) await desks.refresh();
    if (isItsOwn()) return await next();
    const messageId = ctx.msg?.message_thread_id ?? ctx.messageReaction?.message_id;
    let served = forwards();
    for (const each of desks.known) {
      const { channelId } = each.watch.desk;
      const place = messageId === undefined ? undefined : { chatId, messageId };
      if (!served && place && await isOf(channelId, place)) served = each;
    }
    if (!served) return await next();
    const told = served.watch.linked;
    const sinceMs = waitsSinceMs(ctx.update);
    // Until then Telegram may have told what was before; what it told in what is the future by now it
    // told before the clock was set back, and so it may have what it told another process.
    const isTold = told !== null && !told.isRecalled && sinceMs !== undefined &&
      told.askedMs <= now() && told.askedMs >= sinceMs + REMEMBERED_MS;
    if (isTold && told.groupId !== chatId) return await next();
    throw new NotReady("Another group may be linked to the channel");
  });
  return composer;
}
