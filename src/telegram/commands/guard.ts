/** Who is in the group: removed, let in, no longer let in. */
import type { Message } from "grammy/types";
import { classify } from "../classify.ts";
import { type CommandName, wordsAfterCommand } from "../../commands/command.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { Notice } from "../../texts/notice.ts";
import { expelling } from "../../decisions/guard.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { ExpelTask, NoticeTask } from "../../jobs/task.ts";
import { authorOf, personOf, userIdIn } from "../../desk/team.ts";
import { answerOf } from "../api.ts";
import { answerTo, type Asked, type Handler } from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";

/** What the group's creator may ask. */
export const guardCommands = {
  allow: (delivery, asked) => Promise.resolve(letIn(delivery, asked, true)),
  disallow: (delivery, asked) => Promise.resolve(letIn(delivery, asked, false)),
} satisfies Partial<Record<CommandName, Handler>>;

/**
 * Removes somebody from the group. A ban that is lifted at once removes them, and leaves them free
 * to comment (Bot API, banChatMember, unbanChatMember).
 */
export async function expel(
  delivery: Delivery,
  { member, isAsked }: ExpelTask,
): Promise<Outcome> {
  const { api, desk: { groupId }, read } = delivery;
  const { userId, name } = member;
  if (await read.isAllowed(userId)) return { kind: "sent" };
  const banned = await delivery.call(() => api.banChatMember(groupId, userId));
  const freed = banned.failure
    ? banned
    : await delivery.call(() => api.unbanChatMember(groupId, userId, { only_if_banned: true }));
  const { failure } = freed;
  if (!failure && isAsked) return { kind: "sent" };
  if (!failure) return told(delivery, { text: "expelled", userId, name });
  const { kind } = classify(failure);
  if (kind === "no user") return { kind: "sent" };
  const isAdmin = /administrator of the chat|chat owner/.test(failure.description);
  if (isAdmin) return told(delivery, { text: "not-expelled", userId, name });
  return delivery.failed(failure);
}

/** The group's creator is told: in private, or where they are if they never wrote to the bot. */
async function told(delivery: Delivery, notice: Notice): Promise<Outcome> {
  const { api, desk } = delivery;
  const administrators = await answerOf(api.getChatAdministrators(desk.groupId));
  const creator = administrators.failure
    ? undefined
    : administrators.result.find(({ status }) => status === "creator");
  const chatId = creator?.user.id ?? desk.ownerId ?? desk.groupId;
  const task: NoticeTask = { kind: "notice", notice, chatId, otherwise: desk.groupId };
  return { kind: "sent", decide: () => ({ tasks: [{ lane: laneOf(desk, 0, "to-desk"), task }] }) };
}

/** Whom the command answers, or whose ID it gives. */
function letIn(delivery: Delivery, asked: Asked, isAllowed: boolean): Outcome {
  const { desk } = delivery;
  const given = userIdIn(wordsAfterCommand(asked.given).text);
  const member = given === null
    ? memberIn(asked.given.reply_to_message as Message | undefined, delivery)
    : { kind: "person", userId: given, name: String(given) } as const;
  if (member?.kind !== "person") return answerTo(delivery, asked, { text: "allow-how", isAllowed });
  const { userId } = member;
  return answerTo(
    delivery,
    asked,
    { text: isAllowed ? "allowed" : "disallowed", userId },
    () => ({
      allowed: [{ userId, isAllowed }],
      ...(isAllowed ? {} : { tasks: [expelling(member, desk, { isAsked: true })] }),
    }),
  );
}

/** Who wrote a message, or joined with it, or wrote what it forwards. */
function memberIn(message: Message | undefined, { desk }: Delivery) {
  if (!message || message.is_automatic_forward) return undefined;
  const [joined] = message.new_chat_members ?? [];
  if (joined) return personOf(joined);
  if (message.forward_origin?.type === "user") return personOf(message.forward_origin.sender_user);
  return authorOf(message, desk);
}
