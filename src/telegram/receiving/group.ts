/** The team's side: the desk's group, where cards become roots and comments become answers. */
import { Composer, type Context } from "grammy";
import type { ChatMember, Message } from "grammy/types";
import { onComment, onErasedThread, onPlainMessage } from "../../decisions/comment.ts";
import { onCommentEdit, onReaction } from "../../decisions/edit.ts";
import { onJoined } from "../../decisions/guard.ts";
import type { Place } from "../../message/link.ts";
import type { Circumstances } from "../../decisions/circumstances.ts";
import { isTeam, MEMBERSHIP_MS } from "../../desk/team.ts";
import { findThread, onPinned, onRoot } from "../../decisions/thread.ts";
import type { Linked } from "../desk/desk_watch.ts";
import { type Accept, NotReady } from "../updates.ts";
import { readJoining } from "./facts/joining.ts";
import { readMessage } from "./facts/message.ts";
import { readReaction } from "./facts/reaction.ts";

/** Handles the group and the channel's members of a desk. */
export function group({ accept, circumstances, onMigrated, onMember }: {
  accept: Accept;
  circumstances: () => Circumstances;
  onMigrated: (groupId: number) => void;
  /** Called when somebody's place in the channel has changed. */
  onMember: (member: ChatMember) => void;
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

  const inChannel = composer.filter((ctx) => ctx.chat?.id === circumstances().desk.channelId);

  inChannel.on("channel_post:pinned_message", async (ctx) => {
    const post = readMessage(ctx.channelPost, circumstances());
    await accept(ctx.update, () => onPinned(post, circumstances().desk));
  });

  inChannel
    .on("chat_member", async (ctx) => {
      const { nowMs } = circumstances();
      const member = ctx.chatMember.new_chat_member;
      // Whether a plain member is of the team depends on the channel, and is asked when needed.
      const isCertain = isTeam(member, { isPublic: true }) || !isTeam(member, { isPublic: false });
      const membership = {
        userId: member.user.id,
        isTeam: isTeam(member, { isPublic: true }),
        untilMs: isCertain ? nowMs + MEMBERSHIP_MS : nowMs,
      };
      await accept(ctx.update, () => ({ memberships: [membership] }));
      onMember(member);
    });
  return composer;
}

/** Of how many updates it is remembered when they were first seen. */
const MOST_SEEN = 1000;

/**
 * Follows the desk to another group. No update tells that one was linked (Bot API, ChatFullInfo):
 * another instance may know, or what comes from a group tells that it may be the channel's. Then the
 * desk is looked at, and the update has to come again.
 */
export function follow({ circumstances, refresh, linked, isOurs, onDeskChanged }: {
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
    const sinceMs = seenMs.get(updateId);
    seenMs.delete(updateId);
    if (isDesk() || !await isComment()) return await next();
    const told = linked();
    const isTold = told !== null && sinceMs !== undefined && told.askedMs >= sinceMs;
    if (isTold && told.groupId !== chatId) return await next();
    // Those that other instances were brought are forgotten in time.
    for (const [oldest] of seenMs) if (seenMs.size >= MOST_SEEN) seenMs.delete(oldest);
    seenMs.set(updateId, sinceMs ?? nowMs);
    onDeskChanged();
    throw new NotReady("Another group may be linked to the channel");
  });
  return composer;
}
