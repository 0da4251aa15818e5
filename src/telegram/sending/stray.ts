/** Putting into its thread what has come to lie outside of any. */
import { classify, type Failure, type Verdict } from "../classify.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { RelayTask } from "../../jobs/message_task.ts";
import { defined } from "../../values/defined.ts";
import { attempt, isOutcome, takeAim } from "./aim.ts";
import { inDoubt } from "./astray.ts";
import type { Delivery } from "./delivery.ts";
import { andUnlinked, instead, linked } from "./endings.ts";
import { failed } from "./failures.ts";
import { isOfButtons, markupOf, straysOf, thenLinks } from "./parts.ts";

/**
 * A stray copy is copied into the thread as it is, with whatever stands before its words and under
 * it, and then taken away: also from a group that is no longer the desk's, as long as the bot is there.
 */
export async function putIntoThread(
  delivery: Delivery,
  { stray, ...unshown }: RelayTask & { stray: number },
): Promise<Outcome> {
  const { from, shows, writer } = unshown;
  // No copy has the buttons of what it is made from (Bot API, copyMessage).
  const buttons = unshown.private?.snapshot?.buttons;
  // What is read is read before: a read that fails must not have it sent again.
  const known = await delivery.read.counterpart(from);
  // Its thread has ended as well, and it was moved with all that stood there.
  if (known?.there.messageId !== stray) return { kind: "sent" };
  const aim = await takeAim(delivery, writer, { fromChatId: from.chatId });
  if (isOutcome(aim)) return aim;
  const { chatId } = aim;
  const { there: left, also } = known;
  const isHere = left.chatId === chatId;
  const gone = isHere ? [{ here: from, there: left }] : await straysOf(delivery, from, known);
  const answer = await attempt(
    delivery,
    aim,
    (extra) =>
      delivery.api.copyMessage(chatId, left.chatId, stray, { ...extra, ...markupOf(buttons) }),
  );
  if (answer.failure) {
    if (buttons && isOfButtons(answer.failure)) return thenLinks({ ...unshown, stray }, buttons);
    if (!isLeftOut(answer.failure, isHere)) return await failed(delivery, answer.failure);
    if (!isHere) delivery.takeAway(left);
    return instead([unshown]);
  }
  delivery.takeAway(left);
  const there = delivery.placeThere(answer.result.message_id);
  const belonging = isHere ? defined({ also }) : {};
  const shown = linked([{ here: from, there, shows, ...belonging }], aim.memberships);
  const done = andUnlinked(shown, gone);
  return inDoubt(delivery, { copy: answer.result, here: from, answered: undefined, buttons, done });
}

/** Refusals that speak of where a copy goes, not of where it lies. */
const OF_THREAD: readonly Verdict["kind"][] = [
  "pause",
  "passing",
  "migrated",
  "no answered message",
];

/**
 * Whether the message itself is to be shown instead of its stray copy: somebody has deleted that
 * meanwhile, or its group, which is no longer the desk's, lets it be copied no more.
 */
function isLeftOut(failure: Failure, isHere: boolean): boolean {
  const { kind } = classify(failure);
  return isHere ? kind === "no message" || kind === "uncopyable" : !OF_THREAD.includes(kind);
}
