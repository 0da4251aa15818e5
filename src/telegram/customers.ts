/** The customers' side: what people write to the bot in private. */
import { Composer, type Context } from "grammy";
import type { Language } from "../config.ts";
import type { Desk } from "../desk.ts";
import { onBlocked, onCustomerMessage } from "../relay.ts";
import type { Accept } from "./bot.ts";

/** Handles private chats with the bot of a desk. */
export function customers({ desk, accept, now, locale }: {
  desk: () => Desk;
  accept: Accept;
  now: () => number;
  locale: Language;
}): Composer<Context> {
  const composer = new Composer<Context>();
  const inPrivate = composer.chatType("private");

  inPrivate.on("message", async (ctx) => {
    await accept(ctx.update, async (read) => {
      const known = await read.conversation(ctx.from.id);
      return onCustomerMessage(ctx.message, known, { desk: desk(), nowMs: now(), locale });
    });
  });

  inPrivate.on("my_chat_member", async (ctx) => {
    const isBlocked = ctx.myChatMember.new_chat_member.status === "kicked";
    await accept(ctx.update, async (read) => {
      const known = await read.conversation(ctx.from.id);
      return known ? onBlocked(known, isBlocked, { desk: desk(), nowMs: now() }) : {};
    });
  });
  return composer;
}
