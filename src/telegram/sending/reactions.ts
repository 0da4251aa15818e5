/** Mirroring reactions: the copy shows the latest of them. */
import type { ReactionTypeEmoji } from "grammy/types";
import type { Place } from "../../message/link.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { ReactionTask } from "../../jobs/message_task.ts";
import { classify, isOfToken, isOut } from "../classify.ts";
import { isOutcome, takeAim } from "./aim.ts";
import type { Delivery } from "./delivery.ts";
import { instead } from "./endings.ts";
import { failed } from "./failures.ts";
import { shownThere } from "./thread.ts";

/**
 * Sets or takes back a reaction. Of several people's on one message the latest is shown; when it is
 * taken back, none is. What cannot be mirrored is silent.
 */
export async function mirrorReaction(delivery: Delivery, task: ReactionTask): Promise<Outcome> {
  const { at, reactorId, private: { emoji } } = task;
  if (emoji === null && await delivery.read.lastReactor(at) !== reactorId) return { kind: "sent" };
  const aim = await takeAim(delivery, task.writer, { fromChatId: task.at.chatId });
  if (isOutcome(aim)) return aim;
  // Not an answer: the counterpart may stand in another thread of the same customer.
  const counterpart = await delivery.read.counterpart(at);
  const there = counterpart?.there;
  const root = counterpart?.shows && await doubtedRootOf(delivery, counterpart.there);
  // Once it is known where the copy stands, that is the one which stays.
  if (root) return instead([{ kind: "look", root, asks: true }, task]);
  if (!there) return await shownThere(delivery) ?? { kind: "sent" };
  if (there.chatId !== delivery.chatId) return { kind: "sent" };
  const reaction = emoji === null ? [] : [{ type: "emoji", emoji } as ReactionTypeEmoji];
  const answer = await delivery.call(() =>
    delivery.api.setMessageReaction(aim.chatId, there.messageId, reaction)
  );
  if (answer.failure) {
    const { kind } = classify(answer.failure);
    const isPassing = kind === "pause" || kind === "passing" || kind === "blocked";
    const isOwed = isPassing || isOfToken(answer.failure) ||
      (delivery.isAtDesk && isOut(answer.failure));
    if (isOwed) return await failed(delivery, answer.failure);
  }
  const { memberships } = aim;
  return { kind: "sent", decide: () => ({ asked: memberships, reactors: [{ at, reactorId }] }) };
}

/** The root under which a copy of a customer's message is in doubt; `null`: it stands where it should. */
async function doubtedRootOf(
  { read, customerId, isToTeam }: Delivery,
  { chatId, messageId, rootId }: Place,
): Promise<Place | null> {
  if (!isToTeam || rootId === undefined) return null;
  const root = { chatId, messageId: rootId };
  const doubt = await read.doubt(customerId, root);
  return doubt && messageId >= doubt.sinceId ? root : null;
}
