/** The team's side: the desk's group, where cards become roots and comments become answers. */
import { Composer, type Context } from "grammy";
import { onComment, onErasedThread, onPlainMessage } from "../../decisions/comment.ts";
import { onCommentEdit, onReaction } from "../../decisions/edit.ts";
import { onJoined } from "../../decisions/guard.ts";
import type { Circumstances } from "../../decisions/circumstances.ts";
import { findThread, onRoot } from "../../decisions/thread.ts";
import type { Accept } from "../updates.ts";
import { readJoining } from "./facts/joining.ts";
import { readMessage } from "./facts/message.ts";
import { readReaction } from "./facts/reaction.ts";

/** Handles the group of a desk. */
export function group({ accept, circumstances, onMigrated }: {
  accept: Accept;
  circumstances: () => Circumstances;
  onMigrated: (groupId: number) => void;
}): Composer<Context> {
  const composer = new Composer<Context>();
  const inGroup = composer.filter((ctx) => ctx.chat?.id === circumstances().desk.groupId);

  inGroup.on("message:migrate_to_chat_id", (ctx) => onMigrated(ctx.message.migrate_to_chat_id));

  inGroup.on("message:is_automatic_forward", async (ctx) => {
    const root = readMessage(ctx.message, circumstances());
    await accept(ctx.update, (read) => onRoot(root, circumstances().desk, read));
  });

  // The copy of a card that was edited in the channel says nothing new.
  inGroup.on("edited_message:is_automatic_forward", () => {});

  inGroup.on(["message", "edited_message"], async (ctx) => {
    const message = readMessage(ctx.msg, circumstances());
    await accept(ctx.update, async (read) => {
      const now = circumstances();
      const thread = await findThread(message, { ...now, read });
      if (!thread) return ctx.editedMessage ? {} : onPlainMessage(message, now);
      const { customerId, learned } = thread;
      if (customerId === "erased") {
        const told = ctx.editedMessage ? {} : await onErasedThread(message, read, now);
        return { ...learned, ...told, tasks: [...learned.tasks ?? [], ...told.tasks ?? []] };
      }
      const decide = ctx.editedMessage ? onCommentEdit : onComment;
      return { ...learned, ...await decide(message, customerId, read, now) };
    });
  });

  inGroup.on("message_reaction", async (ctx) => {
    const reaction = readReaction(ctx.messageReaction, circumstances().desk);
    await accept(ctx.update, async (read) => {
      const counterpart = await read.counterpart(reaction.at);
      // The counterpart of a message in a thread is in the customer's private chat.
      if (!counterpart) return {};
      const customerId = counterpart.there.chatId;
      return onReaction(reaction, customerId, circumstances());
    });
  });

  inGroup.on("chat_member", async (ctx) => {
    const joining = readJoining(ctx.chatMember);
    await accept(ctx.update, (read) => joining ? onJoined(joining, read, circumstances()) : {});
  });
  return composer;
}
