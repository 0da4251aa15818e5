/** The customers' side: what people write to the bot in private, edit there and react to. */
import { Composer, type Context } from "grammy";
import { onCustomerEdit, onReaction } from "../../decisions/edit.ts";
import { onBlocked, onCustomerMessage } from "../../decisions/customer.ts";
import type { Circumstances } from "../../decisions/circumstances.ts";
import type { Accept } from "../updates.ts";
import { readMessage } from "./facts/message.ts";
import { readReaction } from "./facts/reaction.ts";

/** Handles private chats with the bot of a desk. */
export function customers({ accept, circumstances }: {
  accept: Accept;
  circumstances: () => Circumstances;
}): Composer<Context> {
  const composer = new Composer<Context>();
  const inPrivate = composer.chatType("private");

  inPrivate.on("message", async (ctx) => {
    const message = readMessage(ctx.message, circumstances());
    await accept(ctx.update, (read) => onCustomerMessage(message, read, circumstances()));
  });

  inPrivate.on("edited_message", async (ctx) => {
    const message = readMessage(ctx.editedMessage, circumstances());
    await accept(ctx.update, (read) => onCustomerEdit(message, read, circumstances()));
  });

  inPrivate.on("message_reaction", async (ctx) => {
    const reaction = readReaction(ctx.messageReaction, circumstances().desk);
    await accept(ctx.update, async (read) => {
      const customerId = ctx.chat.id;
      const known = await read.conversation(customerId);
      if (!known || known.status === "banned") return {};
      return onReaction(reaction, customerId, circumstances());
    });
  });

  inPrivate.on("my_chat_member", async (ctx) => {
    const isBlocked = ctx.myChatMember.new_chat_member.status === "kicked";
    await accept(ctx.update, async (read) => {
      const known = await read.conversation(ctx.chat.id);
      return known ? onBlocked(known, isBlocked, circumstances()) : {};
    });
  });
  return composer;
}
