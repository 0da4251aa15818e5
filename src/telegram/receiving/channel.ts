/** The channels: what is pinned there, whose place in one changes, and who asks to join one. */
import { Composer, type Context } from "grammy";
import type { ChatMember } from "grammy/types";
import { onJoinRequest } from "../../decisions/join_request.ts";
import { onAnsweredByPost, onPinned } from "../../decisions/thread.ts";
import type { Desk } from "../../desk/desk.ts";
import { isTeam, MEMBERSHIP_MS } from "../../desk/team.ts";
import { fullNameOf } from "./facts/author.ts";
import { readMessage } from "./facts/message.ts";
import type { Reception } from "./reception.ts";

/** Handles the channels of the desks. */
export function channel(
  reception: Reception,
  { onMember }: {
    /** Called when somebody's place in a desk's channel has changed. */
    onMember: (desk: Desk, member: ChatMember) => void;
  },
): Composer<Context> {
  const composer = new Composer<Context>();
  const deskOf = (ctx: Context) => {
    const desk = reception.deskOf(ctx.chat);
    return desk?.channelId === ctx.chat?.id ? desk : null;
  };
  const inChannel = composer.filter((ctx) => deskOf(ctx) !== null);

  inChannel.on("channel_post:pinned_message", async (ctx) => {
    await reception.accept(
      ctx.update,
      deskOf(ctx)!,
      (_read, now) => onPinned(readMessage(ctx.channelPost, now), now.desk),
    );
  });

  inChannel.on("channel_post", async (ctx) => {
    await reception.accept(
      ctx.update,
      deskOf(ctx)!,
      (read, now) => onAnsweredByPost(readMessage(ctx.channelPost, now), now.desk, read),
    );
  });

  inChannel.on("chat_member", async (ctx) => {
    const desk = deskOf(ctx)!;
    const { nowMs } = reception.circumstances(desk);
    const member = ctx.chatMember.new_chat_member;
    // Whether a plain member is of the team depends on the channel, and is asked when needed.
    const isCertain = isTeam(member, { isPublic: true }) || !isTeam(member, { isPublic: false });
    const membership = {
      userId: member.user.id,
      isTeam: isTeam(member, { isPublic: true }),
      untilMs: isCertain ? nowMs + MEMBERSHIP_MS : nowMs,
    };
    await reception.accept(ctx.update, desk, () => ({ memberships: [membership] }));
    onMember(desk, member);
  });
  inChannel.on("chat_join_request", async (ctx) => {
    const { from } = ctx.chatJoinRequest;
    const asking = { userId: from.id, name: fullNameOf(from) };
    await reception.accept(
      ctx.update,
      deskOf(ctx)!,
      (read, now) => onJoinRequest(asking, read, now),
    );
  });
  return composer;
}
