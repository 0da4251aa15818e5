/** The team's side: a desk's group, where cards become roots and comments become answers. */
import { Composer, type Context } from "grammy";
import type { Message, Update } from "grammy/types";
import { onComment, onErasedThread, onPlainMessage } from "../../decisions/comment.ts";
import { onCommentEdit, onReaction } from "../../decisions/edit.ts";
import { goneOn } from "../../decisions/gone_on.ts";
import { onJoined } from "../../decisions/guard.ts";
import { findThread, onRoot } from "../../decisions/thread.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { Desk } from "../../desk/desk.ts";
import { defined } from "../../values/defined.ts";
import type { DeskDecision, Reception } from "./reception.ts";
import { readJoining } from "./facts/joining.ts";
import { readMessage, readThread } from "./facts/message.ts";
import { readReaction } from "./facts/reaction.ts";

/** Begins to read what a comment leads to: whose thread it is in, and the lane it will go. */
export function foreseeComment(update: Update, reception: Reception): void {
  const { message } = update;
  const desk = reception.deskOf(message?.chat);
  if (!message || desk?.groupId !== message.chat.id) return;
  const { place: { chatId, rootId }, answered } = readThread(message, desk);
  if (rootId === undefined) return;
  const card = answered?.messageId === rootId ? answered.post : undefined;
  const lane = card?.customer && !staysInGroup(message)
    ? laneOf(desk, card.customer.id, "to-customer")
    : undefined;
  reception.foresee(update, desk, {
    ask: (soon) => [soon.customerByRoot({ chatId, messageId: rootId }), soon.settings()],
    ...defined({ lane }),
  });
}

/** Whether a message looks like a command or a note. */
function staysInGroup({ text, caption = text }: Message): boolean {
  return caption !== undefined && /^[/#]/.test(caption);
}

/** Handles the groups of the desks. */
export function group(
  reception: Reception,
  { onMigrated }: {
    /** Called when a desk's group has become another chat. */
    onMigrated: (desk: Desk, groupId: number) => void;
  },
): Composer<Context> {
  const composer = new Composer<Context>();
  const deskOf = (ctx: Context) => {
    const desk = reception.deskOf(ctx.chat);
    return desk?.groupId === ctx.chat?.id ? desk : null;
  };
  const inGroup = composer.filter((ctx) => deskOf(ctx) !== null);
  const accept = (ctx: Context, decide: DeskDecision) =>
    reception.accept(ctx.update, deskOf(ctx)!, decide);

  inGroup.on(
    "message:migrate_to_chat_id",
    (ctx) => onMigrated(deskOf(ctx)!, ctx.message.migrate_to_chat_id),
  );

  inGroup.on("message:is_automatic_forward", async (ctx) => {
    await accept(ctx, (read, now) => onRoot(readMessage(ctx.message, now), now.desk, read));
  });

  // The copy of a card that was edited in the channel says nothing new.
  inGroup.on("edited_message:is_automatic_forward", () => {});

  inGroup.on(["message", "edited_message"], async (ctx) => {
    await accept(ctx, async (read, now) => {
      const message = readMessage(ctx.msg, now);
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
    await accept(ctx, async (read, now) => {
      const reaction = readReaction(ctx.messageReaction, now.desk);
      const counterpart = await read.counterpart(reaction.at);
      // The counterpart of a message in a thread is in the customer's private chat.
      if (!counterpart) return {};
      const customerId = counterpart.there.chatId;
      if (await goneOn(customerId, read, now)) return {};
      return onReaction(reaction, customerId, now);
    });
  });

  inGroup.on("chat_member", async (ctx) => {
    const joining = readJoining(ctx.chatMember);
    await accept(ctx, (read, now) => joining ? onJoined(joining, read, now) : {});
  });
  return composer;
}
