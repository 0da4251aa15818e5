/** Removing somebody from the group. */
import { classify } from "../classify.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { Notice } from "../../texts/notice.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { ExpelTask, NoticeTask } from "../../jobs/task.ts";
import { answerOf } from "../api.ts";
import type { Delivery } from "./delivery.ts";
import { failed } from "./failures.ts";

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
  if (!failure) return tellCreator(delivery, { text: "expelled", userId, name });
  const { kind } = classify(failure);
  if (kind === "no user") return { kind: "sent" };
  const isAdmin = /administrator of the chat|chat owner/.test(failure.description);
  if (isAdmin) return tellCreator(delivery, { text: "not-expelled", userId, name });
  return await failed(delivery, failure);
}

/** The group's creator is told: in private, or where they are if they never wrote to the bot. */
async function tellCreator(delivery: Delivery, notice: Notice): Promise<Outcome> {
  const { api, desk } = delivery;
  const administrators = await answerOf(api.getChatAdministrators(desk.groupId));
  const creator = administrators.failure
    ? undefined
    : administrators.result.find(({ status }) => status === "creator");
  const chatId = creator?.user.id ?? desk.ownerId ?? desk.groupId;
  const task: NoticeTask = { kind: "notice", notice, chatId, otherwise: desk.groupId };
  return { kind: "sent", decide: () => ({ tasks: [{ lane: laneOf(desk, 0, "to-desk"), task }] }) };
}
