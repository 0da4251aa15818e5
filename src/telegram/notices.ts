/** What the bot posts in its own name: cards and notices; and the pins it takes off. */
import { writeCard } from "../card.ts";
import { classify } from "../classify.ts";
import type { NoticeTask, Outcome, UnpinTask } from "../job.ts";
import type { Membership } from "../team.ts";
import { say } from "../texts/texts.ts";
import { answerOf } from "./api.ts";
import { type Delivery, isOutcome } from "./delivery.ts";

/** Posts the customer's card, unless who wrote turns out to be of the team. */
export async function postCard(delivery: Delivery): Promise<Outcome> {
  const { api, desk, read, customerId, options } = delivery;
  const [conversation, root] = await Promise.all([
    read.conversation(customerId),
    read.rootOf(customerId),
  ]);
  // The answer to an earlier try was lost, but the card is there: its thread is known.
  if (!conversation || root !== null) return { kind: "sent" };
  const member = await options.team.ask(customerId, read);
  if (member.failure) return delivery.failed(member.failure);
  if (member.isTeam) return { kind: "sent", decide: () => ({ forget: [customerId] }) };

  const { text, entities } = writeCard(conversation);
  const answer = await answerOf(api.sendMessage(desk.channelId, text, {
    entities,
    link_preview_options: { is_disabled: true },
  }));
  if (answer.failure) return delivery.failed(answer.failure);
  const card = { postId: answer.result.message_id, postedMs: options.now() };
  return {
    kind: "sent",
    decide: async (read) => {
      const current = await read.conversation(customerId);
      return {
        ...(current ? { conversations: [{ ...current, card }] } : {}),
        memberships: member.learned,
      };
    },
  };
}

/** Says something, to the thread or to the customer. */
export async function sendNotice(delivery: Delivery, task: NoticeTask): Promise<Outcome> {
  const { api, read, customerId, options } = delivery;
  const aim = await delivery.aim({ kind: "desk" }, { fromChatId: delivery.chatId });
  if (isOutcome(aim)) return aim;
  let { notice } = task;
  let learned: Membership[] = [];
  if (notice.text === "welcome") {
    const conversation = await read.conversation(customerId);
    // Until the card is posted, who writes may still turn out to be of the team.
    if (!conversation?.card) {
      const member = await options.team.ask(customerId, read);
      if (member.failure) return delivery.failed(member.failure);
      if (member.isTeam) notice = { text: "team-in-private" };
      learned = member.learned;
    }
  }
  const text = say(notice, task.private?.wording.language ?? options.config.locale);
  const answered = task.answerTo === undefined
    ? aim
    : { ...aim, answer: { message_id: task.answerTo } };
  const answer = await delivery.attempt(
    answered,
    (extra) => api.sendMessage(aim.chatId, text, extra),
  );
  if (answer.failure) return delivery.failed(answer.failure);
  return { kind: "sent", decide: () => ({ memberships: learned }) };
}

/** Polite, not owed: if Telegram refuses, the pin stays and the lane goes on. */
export async function unpin(delivery: Delivery, task: UnpinTask): Promise<Outcome> {
  const { api, desk, options } = delivery;
  const answer = await answerOf(api.unpinChatMessage(desk.groupId, task.messageId));
  if (!answer.failure) return { kind: "sent" };
  if (classify(answer.failure).kind === "pause") return delivery.failed(answer.failure);
  options.log.warn("card stays pinned", { reason: answer.failure.description });
  return { kind: "sent" };
}
