/** What a customer asks of their own data by pressing buttons: to be shown it, to have it erased. */
import { InputFile } from "grammy";
import type { Language } from "../../words/language.ts";
import { isEraseWaiting, onEraseAskedEverywhere } from "../../privacy/erasure.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { Notice } from "../../texts/notice.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { writeData } from "../../privacy/personal_data.ts";
import type { PrivacyAction } from "../../buttons/privacy.ts";
import { type EraseTask, type NoticeTask, type PressTask } from "../../jobs/task.ts";
import { say, TEXTS } from "../../texts/texts.ts";
import { answerTo, showTo } from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";

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
  const { desk, read, options: { lists } } = delivery;
  const { at, by: { userId } } = task;
  const to = { at, language };
  const lane = laneOf(desk, userId, "to-desk");
  const [conversation, desks] = await Promise.all([
    read.conversation(userId),
    lists.desksOf(userId),
  ]);
  const others = desks.filter((deskId) => deskId !== desk.channelId);
  const sinceMs = conversation?.sinceMs ?? (others.length > 0 ? 0 : null);
  switch (action.does) {
    case "show":
      return { outcome: () => showData(delivery, userId, { to, others }) };
    case "ask-erase": {
      const notice: Notice = sinceMs !== null
        ? { text: "erase-sure", sinceMs }
        : { text: "erase-nothing", isAgent: await isKnownAsAgent(delivery, userId) };
      return { outcome: () => answerTo(delivery, to, notice) };
    }
    case "cancel": {
      // It is too late: what is said of the erasure must not be replaced by a word that nothing is.
      if (await isEraseWaiting(read, lane)) {
        return { told: { text: "erase-begun" }, outcome: () => ({ kind: "sent" }) };
      }
      if (sinceMs !== action.sinceMs) {
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
      if (sinceMs !== action.sinceMs) {
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
        outcome: () => ({
          kind: "sent",
          decide: (read) => onEraseAskedEverywhere(read, erase, lane, others),
        }),
      };
    }
  }
}

async function isKnownAsAgent({ read }: Delivery, userId: number): Promise<boolean> {
  return await read.agent(userId) !== null || await read.isNoticeWanted(userId) !== null ||
    await read.isAllowed(userId);
}

/** Sends everything that is kept of somebody, as a file. */
async function showData(
  delivery: Delivery,
  userId: number,
  { to, others }: { to: { at: PressTask["at"]; language: Language }; others: number[] },
): Promise<Outcome> {
  const { api, desk, job, options: { lists, now } } = delivery;
  const data = await lists.dataOf(desk.channelId, userId);
  const otherDesks = await Promise.all(others.map((deskId) => lists.dataOf(deskId, userId)));
  const isOwn = (other: typeof job) =>
    other.lane.direction === job.lane.direction && other.order.arrival === job.order.arrival &&
    other.order.n === job.order.n;
  const waiting = data.waiting.filter((other) => !isOwn(other));
  const texts = TEXTS[to.language];
  const json = writeData({ ...data, waiting, otherDesks }, { userId, nowMs: now(), texts });
  return await showTo(delivery, to, (answering) =>
    api.sendDocument(
      to.at.chatId,
      new InputFile(new TextEncoder().encode(json), FILE_NAME),
      { caption: say({ text: "data" }, to.language), ...answering },
    ));
}
