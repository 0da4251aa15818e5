/** What the bot posts in its own name: cards and notices; and the pins it takes off. */
import { writeCard, writeFormerCard } from "../card.ts";
import { classify } from "../classify.ts";
import type { CardTask, NoticeTask, RetireTask, UnpinTask } from "../job.ts";
import type { Outcome } from "../outcome.ts";
import type { Membership } from "../team.ts";
import { say } from "../texts/texts.ts";
import { answerOf } from "./api.ts";
import { type Delivery, isOutcome } from "./delivery.ts";

/** Posts the customer's card, unless who wrote turns out to be of the team. */
export async function postCard(delivery: Delivery, task: CardTask): Promise<Outcome> {
  const { api, desk, read, customerId, options } = delivery;
  const [conversation, root] = await Promise.all([
    read.conversation(customerId),
    read.rootOf(customerId),
  ]);
  if (!conversation) return { kind: "sent" };
  // The answer to an earlier try was lost, but the card is there: its thread is known.
  if (root?.chatId === desk.groupId) {
    return root.postId === undefined ? { kind: "sent" } : posted(delivery, task, root.postId, []);
  }
  const member = await options.team.ask(customerId, read);
  if (member.failure) return delivery.unasked(member.failure);
  if (member.isTeam) return { kind: "sent", decide: () => ({ forget: [customerId] }) };

  // A card posted now would get no thread.
  if (!options.isDeskReady()) return delivery.waitForDesk();
  const { text, entities } = writeCard(conversation);
  const answer = await delivery.call(() =>
    api.sendMessage(desk.channelId, text, {
      entities,
      link_preview_options: { is_disabled: true },
    })
  );
  if (answer.failure) return delivery.failed(answer.failure);
  return posted(delivery, task, answer.result.message_id, member.learned);
}

/** The customer's card is this post now. */
function posted(
  { customerId, options }: Delivery,
  { inVain }: CardTask,
  postId: number,
  asked: Membership[],
): Outcome {
  const card = { postId, postedMs: options.now(), ...(inVain === undefined ? {} : { inVain }) };
  return {
    kind: "sent",
    decide: async (read) => {
      const current = await read.conversation(customerId);
      return { ...(current ? { conversations: [{ ...current, card }] } : {}), asked };
    },
  };
}

/** Says something, to the thread or to the customer. */
export async function sendNotice(delivery: Delivery, task: NoticeTask): Promise<Outcome> {
  const { api, read, customerId, options } = delivery;
  if (task.askedBy?.kind === "person") {
    const member = await options.team.ask(task.askedBy.userId, read);
    if (member.failure) return delivery.unasked(member.failure);
    if (!member.isTeam) return { kind: "sent", decide: () => ({ asked: member.learned }) };
  }
  const aim = await delivery.aim({ kind: "desk" }, { fromChatId: delivery.chatId });
  if (isOutcome(aim)) return aim;
  let { notice } = task;
  let learned: Membership[] = [];
  if (notice.text === "welcome") {
    const conversation = await read.conversation(customerId);
    // Until the card is posted, who writes may still turn out to be of the team.
    if (!conversation?.card) {
      const member = await options.team.ask(customerId, read);
      if (member.failure) return delivery.unasked(member.failure);
      if (member.isTeam && task.private?.command === "failed") {
        await options.admin.answerFailed(customerId, { chatId: customerId });
        return { kind: "sent" };
      }
      if (member.isTeam && task.private?.given) {
        await options.replyDesk.answer(task.private.given);
        return { kind: "sent" };
      }
      if (member.isTeam) notice = { text: "team-in-private" };
      learned = member.learned;
    }
  }
  const text = say(notice, task.private?.wording.language ?? options.config.locale);
  const { answerTo, answerIn = aim.chatId } = task;
  const answered = answerTo === undefined || answerIn !== aim.chatId
    ? aim
    : { ...aim, answer: { message_id: answerTo } };
  const answer = await delivery.attempt(
    answered,
    (extra) => api.sendMessage(aim.chatId, text, extra),
  );
  if (answer.failure) return delivery.failed(answer.failure);
  return { kind: "sent", decide: () => ({ asked: learned }) };
}

/** Marks a card whose thread is gone with the way to the newer one, if it still can be edited. */
export async function retireCard(delivery: Delivery, task: RetireTask): Promise<Outcome> {
  const { api, desk, read, customerId, options } = delivery;
  const [conversation, root] = await Promise.all([
    read.conversation(customerId),
    read.rootOf(customerId),
  ]);
  // Its forward came at the last moment: the conversation goes on there after all.
  const isInUse = root?.postId === task.postId;
  const isNewest = conversation?.card?.postId === task.postId;
  if (!conversation?.card || isInUse || isNewest) return { kind: "sent" };
  const words = say({ text: "moved" }, options.config.locale);
  const url = linkToPost(desk.channelId, conversation.card.postId);
  const { text, entities } = writeFormerCard(conversation.customer, words, url);
  const answer = await answerOf(api.editMessageText(desk.channelId, task.postId, text, {
    entities,
    link_preview_options: { is_disabled: true },
  }));
  if (!answer.failure) return { kind: "sent" };
  const { kind } = classify(answer.failure);
  const isOwed = kind === "pause" || kind === "passing" || kind === "trouble";
  if (isOwed) return delivery.failed(answer.failure);
  // It is gone, or can no longer be edited: then it cannot mislead anybody either.
  return { kind: "sent" };
}

/** The address of a post in a private channel (https://core.telegram.org/api/links#message-links). */
function linkToPost(channelId: number, postId: number): string {
  return `https://t.me/c/${String(channelId).replace(/^-100/, "")}/${postId}`;
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
