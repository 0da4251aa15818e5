/** A button that somebody has pressed, and what they are told while it is obeyed. */
import type { PressTask } from "../../jobs/request_task.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { defined } from "../../values/defined.ts";
import { answerOf } from "../api.ts";
import type { Delivery } from "../sending/delivery.ts";
import type { AskedAt } from "./request.ts";

/** The longest that can be told to who pressed (Bot API, answerCallbackQuery). */
const TOLD_MOST = 200;

/** A press under way, and where and in which language it is answered. */
export interface PressUnderWay {
  delivery: Delivery;
  task: PressTask;
  to: AskedAt;
}

/** What stands for nothing here does nothing. */
export async function ignorePress(press: PressUnderWay): Promise<Outcome> {
  await answerPress(press);
  return { kind: "sent" };
}

/** Lets the client go on, with a word if there is one; who pressed too long ago hears nothing. */
export async function answerPress(
  { delivery: { api, options: { log } }, task: { queryId } }: PressUnderWay,
  text?: string,
  { isAlert = false } = {},
): Promise<void> {
  const told = await answerOf(api.answerCallbackQuery(queryId, {
    ...defined({ text: text?.slice(0, TOLD_MOST) }),
    show_alert: isAlert,
  }));
  if (told.failure) log.warn("press not answered", { reason: told.failure.description });
}
