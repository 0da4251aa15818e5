/** The team's side: the desk's group, where cards become roots and comments become answers. */
import { Composer, type Context } from "grammy";
import { onCommentEdit, onReaction } from "../edit.ts";
import { type Circumstances, onComment } from "../relay.ts";
import { isTeam, MEMBERSHIP_MS } from "../team.ts";
import { findThread, onRoot } from "../thread.ts";
import type { Accept } from "./bot.ts";

/** Handles the group and the channel's members of a desk. */
export function group({ accept, circumstances }: {
  accept: Accept;
  circumstances: () => Circumstances;
}): Composer<Context> {
  const composer = new Composer<Context>();
  const inGroup = composer.filter((ctx) => ctx.chat?.id === circumstances().desk.groupId);

  inGroup.on("message:is_automatic_forward", async (ctx) => {
    await accept(ctx.update, (read) => onRoot(ctx.message, circumstances().desk, read));
  });

  // The copy of a card that was edited in the channel says nothing new.
  inGroup.on("edited_message:is_automatic_forward", () => {});

  inGroup.on(["message", "edited_message"], async (ctx) => {
    await accept(ctx.update, async (read) => {
      const now = circumstances();
      const thread = await findThread(ctx.msg, { ...now, read });
      if (!thread) return {};
      const { customerId, learned } = thread;
      const decide = ctx.editedMessage ? onCommentEdit : onComment;
      return { ...learned, ...await decide(ctx.msg, customerId, read, now) };
    });
  });

  inGroup.on("message_reaction", async (ctx) => {
    await accept(ctx.update, async (read) => {
      const { chat, message_id } = ctx.messageReaction;
      const counterpart = await read.counterpart({ chatId: chat.id, messageId: message_id });
      // The counterpart of a message in a thread is in the customer's private chat.
      if (!counterpart) return {};
      const customerId = counterpart.there.chatId;
      return await onReaction(ctx.messageReaction, customerId, read, circumstances());
    });
  });

  composer.filter((ctx) => ctx.chat?.id === circumstances().desk.channelId)
    .on("chat_member", async (ctx) => {
      const { desk, nowMs } = circumstances();
      const member = ctx.chatMember.new_chat_member;
      const membership = {
        userId: member.user.id,
        isTeam: isTeam(member, desk),
        untilMs: nowMs + MEMBERSHIP_MS,
      };
      await accept(ctx.update, () => ({ memberships: [membership] }));
    });
  return composer;
}
