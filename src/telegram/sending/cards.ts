/** Cards in the channel: posted, kept true, marked when they are over; and the pins that go with them. */
import type { MessageEntity } from "grammy/types";
import {
  bareCard,
  isCardStale,
  lookOf,
  writeCard,
  writeFormerCard,
} from "../../conversation/card.ts";
import { addressOfPost } from "../../conversation/address.ts";
import { classify, type Failure, isOfToken, isOut, type Verdict } from "../classify.ts";
import { leadingTo } from "../../decisions/transfer.ts";
import type { Change, NewTask } from "../../jobs/change.ts";
import { type Card, type Conversation, isInInbox } from "../../conversation/conversation.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { CardTask, RetireTask, UnpinTask } from "../../jobs/card_task.ts";
import type { DeleteTask, UnbuttonTask } from "../../jobs/task.ts";
import type { Membership } from "../../desk/team.ts";
import { say } from "../../texts/texts.ts";
import type { Formatted } from "../../words/formatted.ts";
import { defined } from "../../values/defined.ts";
import { type Answer, answerOf } from "../api.ts";
import type { Delivery } from "./delivery.ts";
import { teamInPrivate } from "./doubt.ts";
import { instead } from "./endings.ts";
import { failed, unasked } from "./failures.ts";

/** Posts the customer's card, unless who wrote turns out to be of the team. */
export async function postCard(delivery: Delivery, task: CardTask): Promise<Outcome> {
  const { api, desk, read, customerId } = delivery;
  const [conversation, root] = await Promise.all([
    read.conversation(customerId),
    read.rootOf(customerId),
  ]);
  if (!conversation) return { kind: "sent" };
  // It went on elsewhere meanwhile: no thread begins here any more.
  const { card, movedTo } = conversation;
  if (movedTo && (!card || card.isOver)) return { kind: "sent" };
  // The answer to an earlier try was lost, but the card is there: its thread is known.
  if (root && await delivery.isInGroup(root)) {
    if (root.postId === undefined) return { kind: "sent" };
    return posted(delivery, task, { postId: root.postId, asked: [] });
  }
  const member = await teamInPrivate(delivery, customerId);
  if (member.failure) return unasked(delivery, member.failure);
  if (!task.isTransferred && member.isTeam) {
    return { kind: "sent", decide: () => ({ forget: [customerId] }) };
  }

  // A card posted now would get no thread.
  if (!delivery.served.watch.takesCards) return delivery.waitForDesk();
  const answer = await inPlainerForms(
    writeCard(conversation),
    ({ text, ...extra }) => delivery.call(() => api.sendMessage(desk.channelId, text, extra)),
  );
  if (answer.failure) return await failed(delivery, answer.failure);
  delivery.went(desk.channelId);
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
  { inVain, isTransferred }: CardTask,
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
      const at = { deskId: job.lane.deskId, postId: card.postId };
      const isFirst = former === undefined && !isTransferred;
      return {
        ...isFirst ? {} : await leadingTo(at, customerId, read),
        conversations: [{ ...current, card }],
        posts: [{ customerId, postId: card.postId }],
        asked,
        tasks: retire,
        ...(isFirst ? { events: [{ kind: "opened", atMs: card.postedMs }] } : {}),
      };
    },
  };
}

/** Makes the card show what the conversation is by now, then its pin: one call at a time. */
export async function refreshCard(delivery: Delivery): Promise<Outcome> {
  const { api, desk, job, read, customerId } = delivery;
  const conversation = await read.conversation(customerId);
  if (!conversation?.card) return { kind: "sent" };
  // What a try that failed has shown, or one that nobody lived to tell of, may be another by now.
  const isUnsure = job.attempts > 0 || job.isUnsure === true;
  if (!isUnsure && !isCardStale(conversation)) return { kind: "sent" };
  const { postId, look: shown } = conversation.card;
  const look = lookOf(conversation);
  const isPinned = isInInbox(conversation);
  const isEdit = isUnsure || look !== shown;
  const answer: Answer<unknown> = isEdit
    ? await inPlainerForms(
      writeCard(conversation),
      ({ text, ...extra }) =>
        delivery.call(() => api.editMessageText(desk.channelId, postId, text, extra)),
      OF_OLD_CARD,
    )
    : await delivery.call(() =>
      isPinned
        ? api.pinChatMessage(desk.channelId, postId, { disable_notification: true })
        : api.unpinChatMessage(desk.channelId, postId)
    );
  if (answer.failure) {
    const outcome = await failed(delivery, answer.failure);
    if (outcome.kind !== "drop" && outcome.kind !== "sent") return outcome;
    // A card that is gone, or can no longer be edited, is replaced when somebody writes next; what
    // is refused for good stays as it is until there is something else to show.
    const { kind } = classify(answer.failure);
    const isPast = OF_OLD_CARD.includes(kind) || kind === "unchanged";
    if (!isPast) notTidied(delivery, answer.failure);
  } else {
    delivery.went(desk.channelId);
  }
  return {
    kind: "sent",
    decide: async (read) => {
      const current = await read.conversation(customerId);
      // Another post is the card by now, which trusts in this job.
      if (current?.card?.postId !== postId) return current ? refreshIfStale(current) : {};
      const { isPinned: wasPinned, ...rest } = current.card;
      const before = isUnsure ? !isPinned || undefined : wasPinned;
      const pinned = isEdit ? before : isPinned || undefined;
      const card: Card = {
        ...rest,
        ...(isEdit ? { look } : {}),
        ...defined({ isPinned: pinned }),
      };
      const next = { ...current, card };
      return { conversations: [next], ...refreshIfStale(next) };
    },
  };
}

/** While a refresh is under way no other is asked for: what is stale still, it begins anew. */
function refreshIfStale(conversation: Conversation): Change {
  return isCardStale(conversation) ? { instead: [{ kind: "refresh" }] } : {};
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
    const isOwed = kind === "pause" || kind === "passing" || isOut(answer.failure);
    if (isOwed) return await failed(delivery, answer.failure);
    // It is gone, or can no longer be edited: then it cannot mislead anybody either.
    return { kind: "sent" };
  }
  const at = { chatId: desk.channelId, messageId: task.postId };
  return instead([{ kind: "unpin", at }]);
}

/** Takes a message off its chat's pins. */
export async function unpin(delivery: Delivery, { at }: UnpinTask): Promise<Outcome> {
  return await politely(
    delivery,
    await answerOf(delivery.api.unpinChatMessage(at.chatId, at.messageId)),
  );
}

/** Takes a message away. */
export async function removeMessage(delivery: Delivery, { at }: DeleteTask): Promise<Outcome> {
  return await politely(
    delivery,
    await answerOf(delivery.api.deleteMessage(at.chatId, at.messageId)),
  );
}

/** Takes the buttons away from a message. */
export async function removeButtons(delivery: Delivery, { at }: UnbuttonTask): Promise<Outcome> {
  return await politely(
    delivery,
    await answerOf(delivery.api.editMessageReplyMarkup(at.chatId, at.messageId)),
  );
}

/** What is tidied is not owed: if Telegram refuses, it stays as it is, and the lane goes on. */
async function politely(delivery: Delivery, { failure }: Answer<unknown>): Promise<Outcome> {
  if (!failure) return { kind: "sent" };
  const { kind } = classify(failure);
  if (kind === "pause" || kind === "passing") return await failed(delivery, failure);
  notTidied(delivery, failure);
  return { kind: "sent" };
}

function notTidied({ job: { task }, options: { log } }: Delivery, failure: Failure): void {
  log.warn("not tidied", { task: task.kind, reason: failure.description });
}

/** How a card is sent. */
interface CardForm {
  text: string;
  entities?: MessageEntity[];
  link_preview_options: { is_disabled: true };
}

/** Refusals that do not mean what a card reads. */
const NOT_OF_WORDS: readonly Verdict["kind"][] = ["pause", "passing", "migrated", "unchanged"];
/** Refusals that mean the card that was to be edited. */
const OF_OLD_CARD: readonly Verdict["kind"][] = ["no message", "uneditable"];

/**
 * Shows a card as it should be; if Telegram refuses it, without the links in it; if it refuses that
 * as well, as nothing but the line by which its thread is known again.
 */
async function inPlainerForms<T>(
  card: Formatted,
  send: (form: CardForm) => Promise<Answer<T>>,
  others: readonly Verdict["kind"][] = [],
): Promise<Answer<T>> {
  let answer: Answer<T>;
  for (const form of [card, { text: card.text }, { text: bareCard(card.text) }]) {
    answer = await send({ ...form, link_preview_options: { is_disabled: true } });
    if (!answer.failure || isOfToken(answer.failure)) return answer;
    const { kind } = classify(answer.failure);
    if (NOT_OF_WORDS.includes(kind) || others.includes(kind)) return answer;
  }
  return answer!;
}
