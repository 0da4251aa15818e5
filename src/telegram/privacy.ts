/** What a customer asks of their own data by pressing buttons: to be shown it, to have it erased. */
import { InputFile } from "grammy";
import type { Language } from "../config.ts";
import { type EraseTask, isEraseWaiting, onEraseAsked } from "../erasure.ts";
import { laneOf, type NoticeTask, type PressTask } from "../job.ts";
import type { Notice } from "../notice.ts";
import type { Outcome } from "../outcome.ts";
import { writeData } from "../personal_data.ts";
import type { PrivacyAction } from "../privacy.ts";
import { say, TEXTS } from "../texts/texts.ts";
import { answerTo, showTo } from "./asked.ts";
import type { Delivery } from "./delivery.ts";

/** What the file with somebody's data is called. */
const FILE_NAME = "data.json";

/** What comes of a press, and what is told to who pressed in a word. */
export interface PrivacyAnswer {
  told?: Notice;
  outcome: () => Outcome | Promise<Outcome>;
}

/** Obeys a press in somebody's private chat with the bot, which is theirs alone. */
export async function obeyPrivacy(
  delivery: Delivery,
  task: PressTask,
  action: PrivacyAction,
  language: Language,
): Promise<PrivacyAnswer> {
  const { desk, read } = delivery;
  const { at, by: { userId } } = task;
  const to = { at, language };
  const lane = laneOf(desk, userId, "to-desk");
  const conversation = await read.conversation(userId);
  switch (action.does) {
    case "show":
      return { outcome: () => showData(delivery, userId, to) };
    case "ask-erase": {
      const notice: Notice = conversation
        ? { text: "erase-sure", sinceMs: conversation.sinceMs }
        : { text: "erase-nothing" };
      return { outcome: () => answerTo(delivery, to, notice) };
    }
    case "cancel": {
      // It is too late: what is said of the erasure must not be replaced by a word that nothing is.
      if (await isEraseWaiting(read, lane)) {
        return { told: { text: "erase-begun" }, outcome: () => ({ kind: "sent" }) };
      }
      if (!conversation) {
        return { told: { text: "erase-stale" }, outcome: () => ({ kind: "sent" }) };
      }
      const notice: NoticeTask = {
        kind: "notice",
        notice: { text: "erase-cancelled" },
        chatId: at.chatId,
        replaces: at.messageId,
        private: { wording: { language } },
      };
      return {
        outcome: () => ({ kind: "sent", decide: () => ({ tasks: [{ lane, task: notice }] }) }),
      };
    }
    case "erase": {
      if (conversation?.sinceMs !== action.sinceMs) {
        return { told: { text: "erase-stale" }, outcome: () => ({ kind: "sent" }) };
      }
      const erase: EraseTask = {
        kind: "erase",
        because: "customer",
        question: at.messageId,
        private: { wording: { language } },
      };
      return {
        told: { text: "erase-begun" },
        outcome: () => ({ kind: "sent", decide: (read) => onEraseAsked(read, erase, lane) }),
      };
    }
  }
}

/** Sends everything that is kept of somebody, as a file. */
async function showData(
  delivery: Delivery,
  userId: number,
  to: { at: PressTask["at"]; language: Language },
): Promise<Outcome> {
  const { api, desk, job, options: { lists, now } } = delivery;
  const data = await lists.dataOf(desk.channelId, userId);
  const isOwn = (other: typeof job) =>
    other.lane.direction === job.lane.direction && other.order.arrival === job.order.arrival &&
    other.order.n === job.order.n;
  const waiting = data.waiting.filter((other) => !isOwn(other));
  const texts = TEXTS[to.language];
  const json = writeData({ ...data, waiting }, { userId, nowMs: now(), texts });
  return await showTo(delivery, to, (answering) =>
    api.sendDocument(
      to.at.chatId,
      new InputFile(new TextEncoder().encode(json), FILE_NAME),
      { caption: say({ text: "data" }, to.language), ...answering },
    ));
}
