/** The channel: what is pinned there, whose place in it changes, and who asks for one. */
import { Composer, type Context } from "grammy";
import type { ChatMember } from "grammy/types";
import type { Circumstances } from "../../decisions/circumstances.ts";
import { onJoinRequest } from "../../decisions/join_request.ts";
import { onPinned } from "../../decisions/thread.ts";
import { isTeam, MEMBERSHIP_MS } from "../../desk/team.ts";
import type { Accept } from "../updates.ts";
import { fullNameOf } from "./facts/author.ts";
import { readMessage } from "./facts/message.ts";

/** Handles the channel of a desk. */
export function channel({ accept, circumstances, onMember }: {
  accept: Accept;
  circumstances: () => Circumstances;
  /** Called when somebody's place in the channel has changed. */
  onMember: (member: ChatMember) => void;
}): Composer<Context> {
  const composer = new Composer<Context>();
  const inChannel = composer.filter((ctx) => ctx.chat?.id === circumstances().desk.channelId);

  inChannel.on("channel_post:pinned_message", async (ctx) => {
    const post = readMessage(ctx.channelPost, circumstances());
    await accept(ctx.update, () => onPinned(post, circumstances().desk));
  });

  inChannel.on("chat_member", async (ctx) => {
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
  inChannel.on("chat_join_request", async (ctx) => {
    const { from } = ctx.chatJoinRequest;
    const asking = { userId: from.id, name: fullNameOf(from) };
    await accept(ctx.update, (read) => onJoinRequest(asking, read, circumstances()));
  });
  return composer;
}
