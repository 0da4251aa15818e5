/** Removing somebody from the group, and lifting the ban of who may come in. */
import { classify } from "../classify.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { Notice } from "../../texts/notice.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Decision } from "../../jobs/reader.ts";
import type { NoticeTask } from "../../jobs/notice_task.ts";
import type { ExpelTask } from "../../jobs/task.ts";
import { answerOf } from "../api.ts";
import type { Delivery } from "./delivery.ts";
import { failed } from "./failures.ts";

/**
 * Removes somebody from the group, and leaves them free to comment. One call does both: a member who
 * is unbanned is removed (Bot API, unbanChatMember, `only_if_banned`). A ban of ours would be a
 * second step that may fail, or be taken for none yet by the call that is to lift it.
 *
 * Whom the creator lets in by the time it is done stays, without any ban.
 */
export async function expel(
  delivery: Delivery,
  { member, isAsked }: ExpelTask,
): Promise<Outcome> {
  const { api, desk: { groupId }, read } = delivery;
  const { userId, name } = member;
  const isAllowed = await read.isAllowed(userId);
  const { failure } = await delivery.call(() =>
    api.unbanChatMember(groupId, userId, isAllowed ? { only_if_banned: true } : {})
  );
  if (!failure && (isAsked || isAllowed)) return { kind: "sent" };
  if (!failure) return tellCreator(delivery, { text: "expelled", userId, name });
  const { kind } = classify(failure);
  if (kind === "no user") return { kind: "sent" };
  const isAdmin = /administrator of the chat|chat owner/.test(failure.description);
  if (isAdmin && isAllowed) return { kind: "sent" };
  if (isAdmin) return tellCreator(delivery, { text: "not-expelled", userId, name });
  const outcome = await failed(delivery, failure);
  if (outcome.kind !== "drop") return outcome;
  const { description } = failure;
  const { decide } = await tellCreator(delivery, {
    text: "not-expelled",
    userId,
    name,
    description,
  });
  return { ...outcome, decide };
}

/** The group's creator is told: in private, or where they are if they never wrote to the bot. */
async function tellCreator(
  delivery: Delivery,
  notice: Notice,
): Promise<{ kind: "sent"; decide: Decision }> {
  const { api, desk } = delivery;
  const administrators = await answerOf(api.getChatAdministrators(desk.groupId));
  const creator = administrators.failure
    ? undefined
    : administrators.result.find(({ status }) => status === "creator");
  const chatId = creator?.user.id ?? desk.ownerId ?? desk.groupId;
  const task: NoticeTask = { kind: "notice", notice, chatId, otherwise: desk.groupId };
  return { kind: "sent", decide: () => ({ tasks: [{ lane: laneOf(desk, 0, "to-desk"), task }] }) };
}
