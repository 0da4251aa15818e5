/** Buttons, obeyed: those of a conversation, of a rating, and of the administrators' lists. */
import type { Change } from "../../jobs/change.ts";
import type { Decision, Reader } from "../../jobs/reader.ts";
import type { Giver } from "../../commands/command.ts";
import type { Language } from "../../words/language.ts";
import { readAction } from "../../buttons/failed.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { Place } from "../../message/link.ts";
import type { Notice } from "../../texts/notice.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { readPrivacyAction } from "../../buttons/privacy.ts";
import { type PanelAction, readPanelAction, readStars } from "../../buttons/panel.ts";
import { readReplyAction } from "../../buttons/replies.ts";
import type { Stars } from "../../stats/stats.ts";
import { type Hand, onAssign, onBan, onClose, onPriority } from "../../decisions/handling.ts";
import type { PressTask } from "../../jobs/task.ts";
import { say } from "../../texts/texts.ts";
import { answerOf } from "../api.ts";
import { answerTo, type To } from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";
import { unasked } from "../sending/failures.ts";
import type { FailedList } from "./failed.ts";
import { obeyPrivacy } from "./privacy.ts";
import type { Ranks } from "../desk/rank.ts";
import type { ReplyDesk } from "./replies.ts";
import { helpFor } from "./thread.ts";

/** The longest that can be told to who pressed (Bot API, answerCallbackQuery). */
const TOLD_MOST = 200;

/** What pressing buttons needs. */
export interface PressOptions {
  ranks: Ranks;
  failedList: FailedList;
  replyDesk: ReplyDesk;
}

/** Obeys presses. */
export class Presses {
  constructor(private readonly options: PressOptions) {}

  /** Does what the button stands for, if who pressed it may; whoever may not is told so. */
  async obey(delivery: Delivery, task: PressTask): Promise<Outcome> {
    const { data, at, by } = task;
    const language = task.private.wording.language ?? await delivery.language();
    const to: To = { at, language };
    const isInGroup = at.chatId === delivery.desk.groupId;
    const panel = readPanelAction(data);
    if (panel && isInGroup) {
      return await this.#as("team", delivery, task, to, async () => {
        if (panel.customerId === delivery.customerId) {
          return await this.#steer(delivery, task, panel, to);
        }
        await tell(delivery, task, say({ text: "erased-thread" }, language), { isAlert: true });
        return { kind: "sent" };
      });
    }
    const privacy = at.chatId === by.userId ? readPrivacyAction(data) : null;
    if (privacy) {
      const { told, outcome } = await obeyPrivacy(delivery, task, privacy, language);
      await tell(delivery, task, told && say(told, language), { isAlert: told !== undefined });
      return await outcome();
    }
    const stars = readStars(data);
    if (stars !== null && at.chatId === by.userId) {
      return await rate(delivery, task, stars, language);
    }
    const { failedList, replyDesk } = this.options;
    const failed = readAction(data, delivery.desk.channelId);
    if (failed) {
      return await this.#as("admin", delivery, task, to, async () => {
        await tell(delivery, task, await failedList.press(delivery, failed, language));
        return await failedList.renew(delivery, to);
      });
    }
    const reply = readReplyAction(data);
    if (reply) {
      return await this.#as("admin", delivery, task, to, async () => {
        const { told, outcome } = await replyDesk.press(delivery, reply, to);
        await tell(delivery, task, told);
        return outcome;
      });
    }
    await tell(delivery, task);
    return { kind: "sent" };
  }

  async #as(
    rank: Giver,
    delivery: Delivery,
    task: PressTask,
    { language }: To,
    obey: () => Promise<Outcome>,
  ): Promise<Outcome> {
    const may = await this.options.ranks.has(rank, task.by, delivery.read);
    if (may.failure) return unasked(delivery, may.failure);
    if (may.result) return await obey();
    const notice: Notice = { text: rank === "admin" ? "admins-only" : "team-only" };
    await tell(delivery, task, say(notice, language), { isAlert: true });
    return { kind: "sent" };
  }

  async #steer(
    delivery: Delivery,
    task: PressTask,
    action: PanelAction,
    to: To,
  ): Promise<Outcome> {
    await tell(delivery, task);
    const { desk, options: { now } } = delivery;
    const { customerId } = action;
    const { at, by } = task;
    const hand: Hand = { desk, customerId, by: by.name, nowMs: now() };
    const question = at.messageId;
    const command = task.command === undefined
      ? {}
      : { command: { chatId: at.chatId, messageId: task.command } };
    const answered: Hand = { ...hand, question, ...command };
    const steer = (decide: Decision): Outcome => ({ kind: "sent", decide });
    switch (action.does) {
      case "close":
        return steer((read) => onClose(read, hand, { isSilent: false }));
      case "assign":
        return steer((read) => onAssign(read, hand, { userId: by.userId, name: by.name }));
      case "priority":
        return steer((read) => onPriority(read, answered, action.priority));
      case "ban":
        return steer(once(at, (read) => onBan(read, answered)));
      case "cancel":
        return steer(once(at, () => tidied(answered)));
      case "ask-priority":
        return answerTo(delivery, to, { text: "which-priority" });
      case "ask-ban":
        return answerTo(delivery, to, { text: "ban-sure" });
      case "help":
        return await helpFor(delivery, { ...to, by, where: "thread" }, this.options.ranks);
    }
  }
}

/** Lets the client go on, with a word if there is one; who pressed too long ago hears nothing. */
async function tell(
  { api, options: { log } }: Delivery,
  { queryId }: PressTask,
  text?: string,
  { isAlert = false } = {},
): Promise<void> {
  const told = await answerOf(api.answerCallbackQuery(queryId, {
    ...(text === undefined ? {} : { text: text.slice(0, TOLD_MOST) }),
    show_alert: isAlert,
  }));
  if (told.failure) log.warn("press not answered", { reason: told.failure.description });
}

/** A question of yes or no is answered once: who is slower changes nothing any more. */
function once(question: Place, decide: Decision): Decision {
  return async (read) => {
    if (await read.wasTold(question)) return {};
    return { ...await decide(read), told: [question] };
  };
}

/** A question that is not to be answered is taken away, with what asked for it. */
function tidied({ desk, customerId, question, command }: Hand): Change {
  const lane = laneOf(desk, customerId, "to-desk");
  const questions = question === undefined ? [] : [{ chatId: desk.groupId, messageId: question }];
  return {
    tasks: [...questions, ...command ? [command] : []].map((at) => ({
      lane,
      task: { kind: "delete", at },
    })),
  };
}

/** A customer says how it was; once, and only if they were asked. */
async function rate(
  delivery: Delivery,
  task: PressTask,
  stars: Stars,
  language: Language,
): Promise<Outcome> {
  const { desk, options: { now } } = delivery;
  const customerId = task.by.userId;
  const isAsked = (await delivery.read.conversation(customerId))?.isRatingAsked === true;
  await tell(delivery, task, isAsked ? undefined : say({ text: "rate-over" }, language));
  const atMs = now();
  return {
    kind: "sent",
    decide: async (read: Reader): Promise<Change> => {
      const conversation = await read.conversation(customerId);
      if (!conversation?.isRatingAsked) return {};
      const { isRatingAsked: _asked, ...rest } = conversation;
      return {
        conversations: [rest],
        events: [{ kind: "rated", atMs, stars }],
        tasks: [
          {
            lane: laneOf(desk, customerId, "to-customer"),
            task: {
              kind: "notice",
              notice: { text: "rated" },
              replaces: task.at.messageId,
              private: task.private,
            },
          },
          {
            lane: laneOf(desk, customerId, "to-desk"),
            task: { kind: "notice", notice: { text: "did-rate", stars } },
          },
        ],
      };
    },
  };
}
