/** Putting into its thread what has come to lie outside of any. */
import { classify } from "../classify.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { RelayTask } from "../../jobs/message_task.ts";
import { defined } from "../../values/defined.ts";
import { attempt, isOutcome, takeAim } from "./aim.ts";
import { inDoubt } from "./astray.ts";
import type { Delivery } from "./delivery.ts";
import { andUnlinked, instead, linked } from "./endings.ts";
import { failed } from "./failures.ts";
import { isOfButtons, markupOf, thenLinks } from "./parts.ts";

/**
 * A stray copy is copied into the thread as it is, with whatever stands before its words and under
 * it, and then taken away.
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
  // Another group is the desk's since, where that number is another message's.
  if (left.chatId !== chatId) {
    delivery.takeAway(left);
    return instead([unshown]);
  }
  const answer = await attempt(
    delivery,
    aim,
    (extra) => delivery.api.copyMessage(chatId, chatId, stray, { ...extra, ...markupOf(buttons) }),
  );
  if (answer.failure) {
    const { kind } = classify(answer.failure);
    // Somebody has deleted it meanwhile: then the message itself is shown.
    if (kind === "no message" || kind === "uncopyable") return instead([unshown]);
    if (buttons && isOfButtons(answer.failure)) return thenLinks({ ...unshown, stray }, buttons);
    return await failed(delivery, answer.failure);
  }
  delivery.takeAway(left);
  const there = delivery.placeThere(answer.result.message_id);
  const shown = linked([{ here: from, there, shows, ...defined({ also }) }], aim.memberships);
  const done = andUnlinked(shown, [{ here: from, there: left }]);
  return inDoubt(delivery, { copy: answer.result, here: from, answered: undefined, buttons, done });
}
