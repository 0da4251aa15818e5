/** The customers' side: what people write to the bot in private, edit there and react to. */
import { Composer, type Context } from "grammy";
import { onCustomerEdit, onCustomerReaction } from "../../decisions/edit.ts";
import { onBlocked } from "../../decisions/blocked.ts";
import { onCustomerMessage } from "../../decisions/customer.ts";
import { withOthersWoken } from "../../decisions/former.ts";
import { SECOND_MS } from "../../time/duration.ts";
import { readMessage } from "./facts/message.ts";
import { readReaction } from "./facts/reaction.ts";
import type { Reception } from "./reception.ts";

/** Handles private chats with the bot. */
export function customers(reception: Reception): Composer<Context> {
  const composer = new Composer<Context>();
  const inPrivate = composer.chatType("private");

  inPrivate.on("message", async (ctx) => {
    await reception.acceptFrom(
      ctx.update,
      ctx.chat.id,
      (read, now) => onCustomerMessage(readMessage(ctx.message, now), read, now),
    );
  });

  inPrivate.on("edited_message", async (ctx) => {
    await reception.acceptFrom(
      ctx.update,
      ctx.chat.id,
      (read, now) => onCustomerEdit(readMessage(ctx.editedMessage, now), read, now),
    );
  });

  inPrivate.on("message_reaction", async (ctx) => {
    const customerId = ctx.chat.id;
    await reception.acceptFrom(ctx.update, customerId, (read, now) => {
      const reaction = readReaction(ctx.messageReaction, now.desk);
      return onCustomerReaction(reaction, customerId, read, now);
    });
  });

  inPrivate.on("my_chat_member", async (ctx) => {
    const { date, new_chat_member: { status } } = ctx.myChatMember;
    const isBlocked = status === "kicked";
    await reception.acceptFrom(ctx.update, ctx.chat.id, async (read, now) => {
      const known = await read.conversation(ctx.chat.id);
      const change = known ? onBlocked(known, isBlocked, date * SECOND_MS, now) : {};
      return isBlocked
        ? change
        : await withOthersWoken(change, ctx.chat.id, read, { nowMs: now.nowMs });
    });
  });
  return composer;
}
