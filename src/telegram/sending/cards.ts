/** Cards in the channel: posted, kept true, marked when they are over; and the pins that go with them. */
import { isCardStale, lookOf, writeCard, writeFormerCard } from "../../conversation/card.ts";
import { addressOfPost } from "../../conversation/address.ts";
import { classify } from "../classify.ts";
import type { NewTask } from "../../jobs/change.ts";
import { type Card, isInInbox } from "../../conversation/conversation.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { CardTask, DeleteTask, RetireTask, UnpinTask } from "../../jobs/task.ts";
import type { Membership } from "../../desk/team.ts";
import { say } from "../../texts/texts.ts";
import { defined } from "../../values/defined.ts";
import { type Answer, answerOf } from "../api.ts";
import type { Delivery } from "./delivery.ts";
import { instead } from "./endings.ts";
import { failed, unasked } from "./failures.ts";

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
    if (root.postId === undefined) return { kind: "sent" };
    return posted(delivery, task, { postId: root.postId, asked: [] });
  }
  const member = await options.desk.team.ask(customerId, read);
  if (member.failure) return unasked(delivery, member.failure);
  if (member.isTeam) return { kind: "sent", decide: () => ({ forget: [customerId] }) };

  // A card posted now would get no thread.
  if (!options.desk.watch.takesCards) return delivery.waitForDesk();
  const { text, entities } = writeCard(conversation);
  const answer = await delivery.call(() =>
    api.sendMessage(desk.channelId, text, {
      entities,
      link_preview_options: { is_disabled: true },
    })
  );
  if (answer.failure) return failed(delivery, answer.failure);
  return posted(delivery, task, {
    postId: answer.result.message_id,
    look: lookOf(conversation),
    asked: member.learned,
  });
}

/**
 * The customer's card is this post now. One that it replaces is marked in the lane in which cards are
 * kept true: an edit of it that is still under way must not take the mark away.
 */
function posted(
  { customerId, options, job }: Delivery,
  { inVain }: CardTask,
  { asked, ...shown }: { postId: number; look?: string; asked: Membership[] },
): Outcome {
  const card: Card = {
    ...shown,
    postedMs: options.now(),
    ...defined({ inVain }),
  };
  return {
    kind: "sent",
    decide: async (read) => {
      const current = await read.conversation(customerId);
      if (!current) return { asked };
      const { card: former } = current;
      const retire: NewTask[] = former && former.postId !== card.postId
        ? [{
          lane: { ...job.lane, direction: "to-desk" },
          task: { kind: "retire", postId: former.postId },
        }]
        : [];
      return {
        conversations: [{ ...current, card }],
        posts: [{ customerId, postId: card.postId }],
        asked,
        tasks: retire,
        ...(former === undefined ? { events: [{ kind: "opened", atMs: card.postedMs }] } : {}),
      };
    },
  };
}

/** Makes the card show what the conversation is by now, then its pin: one call at a time. */
export async function refreshCard(delivery: Delivery): Promise<Outcome> {
  const { api, desk, read, customerId } = delivery;
  const conversation = await read.conversation(customerId);
  if (!conversation?.card || !isCardStale(conversation)) return { kind: "sent" };
  const { postId, look: shown } = conversation.card;
  const look = lookOf(conversation);
  const isPinned = isInInbox(conversation);
  const { text, entities } = writeCard(conversation);
  const isEdit = look !== shown;
  const answer: Answer<unknown> = await delivery.call(() =>
    isEdit
      ? api.editMessageText(desk.channelId, postId, text, {
        entities,
        link_preview_options: { is_disabled: true },
      })
      : isPinned
      ? api.pinChatMessage(desk.channelId, postId, { disable_notification: true })
      : api.unpinChatMessage(desk.channelId, postId)
  );
  if (answer.failure) {
    // A card that is gone, or can no longer be edited, is replaced when somebody writes next.
    const { kind } = classify(answer.failure);
    const isPast = kind === "no message" || kind === "uneditable" || kind === "unchanged";
    if (!isPast) return failed(delivery, answer.failure);
  }
  return {
    kind: "sent",
    decide: async (read) => {
      const current = await read.conversation(customerId);
      if (current?.card?.postId !== postId) return {};
      const { isPinned: wasPinned, ...rest } = current.card;
      const pinned = isEdit ? wasPinned : isPinned || undefined;
      const card: Card = {
        ...rest,
        ...(isEdit ? { look } : {}),
        ...defined({ isPinned: pinned }),
      };
      const next = { ...current, card };
      return {
        conversations: [next],
        ...(isCardStale(next) ? { instead: [{ kind: "refresh" }] } : {}),
      };
    },
  };
}

/** Marks a card whose thread is gone with the way to the newer one, if it still can be edited. */
export async function retireCard(delivery: Delivery, task: RetireTask): Promise<Outcome> {
  const { api, desk, read, customerId } = delivery;
  const [conversation, root] = await Promise.all([
    read.conversation(customerId),
    read.rootOf(customerId),
  ]);
  // Its forward came at the last moment: the conversation goes on there after all.
  const isInUse = root?.postId === task.postId;
  const isNewest = conversation?.card?.postId === task.postId;
  if (!conversation?.card || isInUse || isNewest) return { kind: "sent" };
  const words = say({ text: "moved" }, await delivery.language());
  const url = addressOfPost(desk.channelId, conversation.card.postId);
  const { text, entities } = writeFormerCard(conversation.customer, words, url);
  const answer = await answerOf(api.editMessageText(desk.channelId, task.postId, text, {
    entities,
    link_preview_options: { is_disabled: true },
  }));
  if (answer.failure) {
    const { kind } = classify(answer.failure);
    const isOwed = kind === "pause" || kind === "passing" || kind === "trouble";
    if (isOwed) return failed(delivery, answer.failure);
    // It is gone, or can no longer be edited: then it cannot mislead anybody either.
    return { kind: "sent" };
  }
  const at = { chatId: desk.channelId, messageId: task.postId };
  return instead([{ kind: "unpin", at }]);
}

/** Takes a message off its chat's pins. */
export async function unpin(delivery: Delivery, { at }: UnpinTask): Promise<Outcome> {
  return politely(
    delivery,
    await answerOf(delivery.api.unpinChatMessage(at.chatId, at.messageId)),
  );
}

/** Takes a message away. */
export async function removeMessage(delivery: Delivery, { at }: DeleteTask): Promise<Outcome> {
  return politely(delivery, await answerOf(delivery.api.deleteMessage(at.chatId, at.messageId)));
}

/** What is tidied is not owed: if Telegram refuses, it stays as it is, and the lane goes on. */
function politely(delivery: Delivery, { failure }: Answer<unknown>): Outcome {
  if (!failure) return { kind: "sent" };
  const { kind } = classify(failure);
  if (kind === "pause" || kind === "passing") return failed(delivery, failure);
  delivery.options.log.warn("not tidied", {
    task: delivery.job.task.kind,
    reason: failure.description,
  });
  return { kind: "sent" };
}
