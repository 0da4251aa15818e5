/** What a customer asks of their own data by pressing buttons: to be shown it, to have it erased. */
import { InputFile } from "grammy";
import type { Language } from "../../words/language.ts";
import { isEraseWaiting, onEraseAskedEverywhere } from "../../privacy/erasure.ts";
import { type Lane, laneOf } from "../../conversation/lane.ts";
import type { Notice } from "../../texts/notice.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { writeData } from "../../privacy/personal_data.ts";
import type { PrivacyAction } from "../../buttons/privacy.ts";
import type { Decision } from "../../jobs/reader.ts";
import type { PressTask } from "../../jobs/request_task.ts";
import type { EraseTask } from "../../jobs/erase_task.ts";
import type { NoticeTask } from "../../jobs/notice_task.ts";
import { say, TEXTS } from "../../texts/texts.ts";
import { answerTo, type AskedAt, showTo } from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";

/** What the file with somebody's data is called. */
const FILE_NAME = "data.json";

/** What comes of a press, and what is told to who pressed in a word. */
export interface PrivacyAnswer {
  told?: Notice;
  outcome: () => Outcome | Promise<Outcome>;
}

/** What somebody asks of their own data, and what there is of it. */
interface AskedOfData {
  delivery: Delivery;
  to: AskedAt;
  userId: number;
  /** The lane in which what follows is done in its turn. */
  lane: Lane;
  /** Since when they are known at this desk; 0: only at others; `null`: at none. */
  sinceMs: number | null;
  /** The other desks that know them. */
  others: number[];
}

/** Obeys a press in somebody's private chat with the bot, which is theirs alone. */
export async function obeyPrivacy(
  delivery: Delivery,
  { at, by: { userId } }: PressTask,
  action: PrivacyAction,
  language: Language,
): Promise<PrivacyAnswer> {
  const { desk, read, options: { lists } } = delivery;
  const [conversation, visit, desks] = await Promise.all([
    read.conversation(userId),
    read.visit(userId),
    lists.desksOf(userId),
  ]);
  const others = desks.filter((deskId) => deskId !== desk.channelId);
  const sinceMs = conversation?.sinceMs ?? visit?.sinceMs ?? (others.length > 0 ? 0 : null);
  const lane = laneOf(desk, userId, "to-desk");
  const asked: AskedOfData = { delivery, to: { at, language }, userId, lane, sinceMs, others };
  switch (action.does) {
    case "show":
      return { outcome: () => showData(asked) };
    case "ask-erase":
      return await askErase(asked);
    case "cancel":
      // It is too late: what is said of the erasure must not be replaced by a word that nothing is.
      if (await isEraseWaiting(read, lane)) return onlyTold({ text: "erase-begun" });
      return sinceMs === action.sinceMs ? cancelErase(asked) : onlyTold({ text: "erase-stale" });
    case "erase":
      return sinceMs === action.sinceMs ? eraseAsked(asked) : onlyTold({ text: "erase-stale" });
  }
}

function onlyTold(told: Notice): PrivacyAnswer {
  return { told, outcome: () => ({ kind: "sent" }) };
}

/** Asks whether to erase, if there is anything. */
async function askErase({ delivery, to, userId, sinceMs }: AskedOfData): Promise<PrivacyAnswer> {
  const notice: Notice = sinceMs !== null
    ? { text: "erase-sure", sinceMs }
    : { text: "erase-nothing", isAgent: (await desksOfAgent(delivery, userId)).length > 0 };
  return { outcome: () => answerTo(delivery, to, notice) };
}

/** The question is answered: nothing is erased. */
function cancelErase({ to: { at, language }, lane }: AskedOfData): PrivacyAnswer {
  const task: NoticeTask = {
    kind: "notice",
    notice: { text: "erase-cancelled" },
    chatId: at.chatId,
    replaces: at.messageId,
    private: { wording: { language } },
  };
  return { outcome: () => ({ kind: "sent", decide: () => ({ tasks: [{ lane, task }] }) }) };
}

/** Has the data erased, here and at the other desks. */
function eraseAsked({ to: { at, language }, lane, others }: AskedOfData): PrivacyAnswer {
  const here: EraseTask = {
    kind: "erase",
    because: "customer",
    question: at.messageId,
    private: { wording: { language } },
  };
  const decide: Decision = (read) => onEraseAskedEverywhere(read, here, lane, others);
  return { told: { text: "erase-begun" }, outcome: () => ({ kind: "sent", decide }) };
}

/** The desks that know somebody as one of theirs. */
async function desksOfAgent(
  { options: { desks, reader } }: Delivery,
  userId: number,
): Promise<number[]> {
  const found: number[] = [];
  for (const { watch: { desk: { channelId } } } of desks.known) {
    const read = reader(channelId);
    const isKnown = await read.agent(userId) !== null ||
      await read.isNoticeWanted(userId) !== null || await read.isAllowed(userId) ||
      (await read.roster()).some((agent) => agent.userId === userId);
    if (isKnown) found.push(channelId);
  }
  return found;
}

/** Sends everything that is kept of somebody, as a file. */
async function showData({ delivery, to, userId, others }: AskedOfData): Promise<Outcome> {
  const { api, desk, job, options: { lists, now } } = delivery;
  const data = await lists.dataOf(desk.channelId, userId);
  const elsewhere = new Set([...others, ...await desksOfAgent(delivery, userId)]);
  elsewhere.delete(desk.channelId);
  const otherDesks = await Promise.all(
    [...elsewhere].map((deskId) => lists.dataOf(deskId, userId)),
  );
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
