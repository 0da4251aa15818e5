/** The team's side: the desk's group, where cards become roots and comments become answers. */
import { Composer, type Context } from "grammy";
import type { Desk } from "../desk.ts";
import { onComment } from "../relay.ts";
import { isTeam, MEMBERSHIP_MS } from "../team.ts";
import { findThread, onRoot } from "../thread.ts";
import type { Accept } from "./bot.ts";

/** Handles the group and the channel's members of one desk. */
export function group({ desk, accept, now }: {
  desk: () => Desk;
  accept: Accept;
  now: () => number;
}): Composer<Context> {
  const composer = new Composer<Context>();
  const inGroup = composer.filter((ctx) => ctx.chat?.id === desk().groupId);

  inGroup.on("message:is_automatic_forward", async (ctx) => {
    await accept(ctx.update, (read) => onRoot(ctx.message, desk(), read));
  });

  inGroup.on("message", async (ctx) => {
    await accept(ctx.update, async (read) => {
      const thread = await findThread(ctx.message, { desk: desk(), read, nowMs: now() });
      if (!thread) return {};
      return { ...thread.learned, ...onComment(ctx.message, thread.customerId, desk()) };
    });
  });

  composer.filter((ctx) => ctx.chat?.id === desk().channelId).on("chat_member", async (ctx) => {
    const member = ctx.chatMember.new_chat_member;
    const membership = {
      userId: member.user.id,
      isTeam: isTeam(member, desk()),
      untilMs: now() + MEMBERSHIP_MS,
    };
    await accept(ctx.update, () => ({ memberships: [membership] }));
  });
  return composer;
}
