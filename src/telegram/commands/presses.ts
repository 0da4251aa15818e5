/** Buttons, obeyed: those of a conversation, of a rating, and of the administrators' lists. */
import type { Change, NewTask } from "../../jobs/change.ts";
import type { Decision, Reader } from "../../jobs/reader.ts";
import type { Giver } from "../../commands/command.ts";
import { type Button, readButton } from "../../buttons/button.ts";
import type { FailedAction } from "../../buttons/failed.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { Place } from "../../message/link.ts";
import type { Notice } from "../../texts/notice.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { LaterAction } from "../../buttons/later.ts";
import type { PanelAction } from "../../buttons/panel.ts";
import type { ReplyAction } from "../../buttons/replies.ts";
import type { Stars } from "../../stats/stats.ts";
import type { SilenceAction } from "../../buttons/silence.ts";
import type { Conversation } from "../../conversation/conversation.ts";
import { onStillNeeded } from "../../decisions/alarm.ts";
import {
  type Hand,
  onAssign,
  onBan,
  onClose,
  onCloseOf,
  onPriority,
} from "../../decisions/handling.ts";
import { onCancelLater, waitingAnswer } from "../../decisions/later.ts";
import { onPutOff } from "../../decisions/put_off.ts";
import type { PressTask } from "../../jobs/request_task.ts";
import { sayExactly } from "../../later/exactly.ts";
import { momentOfWhen, QUICK_WHENS } from "../../later/when.ts";
import { say } from "../../texts/texts.ts";
import { answerOf } from "../api.ts";
import { type AskedAt, sayingTo } from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";
import { teamInPrivate } from "../sending/doubt.ts";
import { unasked } from "../sending/failures.ts";
import type { FailedList } from "./failed.ts";
import { pressMenu } from "./menu.ts";
import { obeyPrivacy } from "./privacy.ts";
import type { Replies } from "../../replies/replies.ts";
import { sendingTo } from "../../decisions/sending.ts";
import type { ReplyDesk } from "./replies.ts";
import { transferTo } from "./transfer.ts";
import { helpFor, moreHelpFor } from "./thread.ts";
import { isOffered, onWhichDesk } from "./which_desk.ts";
import { defined } from "../../values/defined.ts";

/** The longest that can be told to who pressed (Bot API, answerCallbackQuery). */
const TOLD_MOST = 200;

/** What pressing buttons needs. */
export interface PressOptions {
  failedList: FailedList;
  replyDesk: ReplyDesk;
  replies: Pick<Replies, "shelf">;
}

/** A press under way, and where and in which language it is answered. */
interface PressUnderWay {
  delivery: Delivery;
  task: PressTask;
  to: AskedAt;
}

/** Obeys presses. */
export class Presses {
  constructor(private readonly options: PressOptions) {}

  /** Does what the button stands for, if who pressed it may; whoever may not is told so. */
  async obey(delivery: Delivery, task: PressTask): Promise<Outcome> {
    const { at } = task;
    const language = task.private.wording.language ?? await delivery.language();
    const press: PressUnderWay = { delivery, task, to: { at, language } };
    const button = readButton(task.data);
    if (!button || !isInItsPlace(button, press)) return await ignore(press);
    switch (button.kind) {
      case "panel":
        return await this.#as(
          "team",
          press,
          () => this.#inThread(press, button.action, (press, action) => this.#steer(press, action)),
        );
      case "later":
        return await this.#as(
          "team",
          press,
          () => this.#inThread(press, button.action, steerLater),
        );
      case "help": {
        const { where } = button;
        const help = async () => {
          await answerPress(press);
          const asked = { ...press.to, by: task.by, where };
          return await moreHelpFor(delivery, asked);
        };
        return where === "private"
          ? await this.#asAnyTeam(press, help)
          : await this.#as("team", press, help);
      }
      case "privacy": {
        const { told, outcome } = await obeyPrivacy(delivery, task, button.action, language);
        await answerPress(press, told && say(told, language), { isAlert: told !== undefined });
        return await outcome();
      }
      case "menu": {
        const { told, isAlert = false, outcome } = await pressMenu(delivery, task, button.action);
        await answerPress(press, told && say(told, language), { isAlert });
        return outcome;
      }
      case "silence":
        return await breakSilence(press, button.action);
      case "rating":
        return await rate(press, button.stars);
      case "failed":
        return await this.#as("admin", press, () => this.#obeyFailed(press, button.action));
      case "replies":
        return await this.#as("admin", press, () => this.#obeyReplies(press, button.action));
      case "which-desk": {
        const { action } = button;
        const isWaiting = await isOffered(delivery, action.command);
        const told = isWaiting ? undefined : say({ text: "which-desk-over" }, language);
        await answerPress(press, told, { isAlert: !isWaiting });
        return { kind: "sent", decide: (read) => onWhichDesk(read, delivery, action, task) };
      }
      case "setup":
        // Setting up hears its own buttons, before there is a desk to work for.
        return await ignore(press);
    }
  }

  async #as(rank: Giver, press: PressUnderWay, obey: () => Promise<Outcome>): Promise<Outcome> {
    const { delivery, task, to } = press;
    const may = await delivery.served.ranks.has(rank, task.by, delivery.read);
    if (may.failure) return unasked(delivery, may.failure);
    if (may.result) return await obey();
    const notice: Notice = { text: rank === "admin" ? "admins-only" : "team-only" };
    await answerPress(press, say(notice, to.language), { isAlert: true });
    return { kind: "sent" };
  }

  /** The same in private, where it is enough to be of the team of any desk. */
  async #asAnyTeam(press: PressUnderWay, obey: () => Promise<Outcome>): Promise<Outcome> {
    const { delivery, task, to } = press;
    const member = await teamInPrivate(delivery, task.by.userId);
    if (member.failure) return unasked(delivery, member.failure);
    if (member.isTeam) return await obey();
    await answerPress(press, say({ text: "team-only" }, to.language), { isAlert: true });
    return { kind: "sent" };
  }

  async #obeyFailed(press: PressUnderWay, action: FailedAction): Promise<Outcome> {
    const { delivery, to } = press;
    const { failedList } = this.options;
    await answerPress(press, await failedList.press(delivery, action, to.language));
    return await failedList.renew(delivery, to);
  }

  async #obeyReplies(press: PressUnderWay, action: ReplyAction): Promise<Outcome> {
    const { told, outcome } = await this.options.replyDesk.press(press.delivery, action, press.to);
    await answerPress(press, told);
    return outcome;
  }

  async #inThread<Action extends { customerId: number }>(
    press: PressUnderWay,
    action: Action,
    obey: (press: PressUnderWay, action: Action) => Promise<Outcome>,
  ): Promise<Outcome> {
    const { delivery: { read }, task: { thread = action.customerId }, to } = press;
    if (thread === action.customerId) {
      const { movedTo } = await read.conversation(thread) ?? {};
      if (!movedTo || isOfAnyThread(press)) return await obey(press, action);
      const notice = { text: "moved-to", desk: movedTo.name } as const;
      await answerPress(press, say(notice, to.language), { isAlert: true });
      return { kind: "sent" };
    }
    // Another's button is nothing that the bot has put there.
    if (thread !== "erased") return await ignore(press);
    await answerPress(press, say({ text: "erased-thread" }, to.language), { isAlert: true });
    return { kind: "sent" };
  }

  async #steer(press: PressUnderWay, action: PanelAction): Promise<Outcome> {
    await answerPress(press);
    const { delivery, task, to } = press;
    const { desk, options: { now } } = delivery;
    const { customerId } = action;
    const { at, by } = task;
    const hand: Hand = { desk, customerId, by: by.name, nowMs: now() };
    const command = task.command === undefined
      ? undefined
      : { chatId: at.chatId, messageId: task.command };
    const answered: Hand = { ...hand, question: at.messageId, ...defined({ command }) };
    const steer = (decide: Decision): Outcome => ({ kind: "sent", decide });
    // Whoever pressed: what is asked is about the customer.
    const lane = laneOf(desk, customerId, "to-desk");
    const asked = (notice: Notice): Outcome =>
      steer(() => ({ tasks: [{ ...sayingTo(delivery, to, notice), lane }] }));
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
        return asked({ text: "which-priority" });
      case "ask-later":
        return asked({ text: "which-later" });
      case "ask-ban":
        return asked({ text: "ban-sure" });
      case "reply": {
        const send = await this.#sending(press, action);
        return send ? steer(once(at, send)) : asked({ text: "reply-gone" });
      }
      case "transfer": {
        const to = delivery.options.desks.among
          .find(({ channelId }) => channelId === action.deskId) ?? null;
        const { decide, notice } = transferTo(delivery, answered, to);
        return decide ? steer(decide) : asked(notice ?? { text: "transfer-gone" });
      }
      case "help":
        return await helpFor(delivery, { ...to, by, where: "thread" });
    }
  }

  /** Sends the reply that was chosen, as it is by now; `null`: there is none any more. */
  async #sending(
    { delivery: { desk }, task }: PressUnderWay,
    { customerId, replyId, answerTo }: Extract<PanelAction, { does: "reply" }>,
  ): Promise<Decision | null> {
    const reply = await this.options.replies.shelf.get(desk.channelId, replyId);
    if (!reply || reply.isBroken) return null;
    const { content } = reply;
    const tidying: NewTask = {
      lane: laneOf(desk, customerId, "to-desk"),
      task: { kind: "delete", at: task.at },
    };
    const sending = { ...chosen(task), ...defined({ answerTo }), replyId, private: { content } };
    return () => ({ tasks: [sendingTo(desk, customerId, sending), tidying] });
  }
}

/** Whether a button does nothing to the conversation: of one that goes on elsewhere as well. */
function isOfAnyThread({ task: { data } }: PressUnderWay): boolean {
  const button = readButton(data);
  return (button?.kind === "panel" && button.action.does === "help") ||
    (button?.kind === "later" && button.action.does === "cancel");
}

/** What is asked for by a button takes the place of a question, which is answered. */
function chosen(
  { at, by, command = at.messageId }: PressTask,
): { of: Place; writer: PressTask["by"] } {
  return { of: { chatId: at.chatId, messageId: command }, writer: by };
}

/** Calls an answer off that waits for its time, or puts a conversation off. */
async function steerLater(press: PressUnderWay, action: LaterAction): Promise<Outcome> {
  const { delivery, task: { at, by }, to: { language } } = press;
  const { desk, read, options: { now, config: { timeZone } } } = delivery;
  const { customerId } = action;
  const hand: Hand = { desk, customerId, by: by.name, nowMs: now(), question: at.messageId };
  if (action.does === "put-off") {
    await answerPress(press);
    const dueMs = momentOfWhen(QUICK_WHENS[action.when], now(), timeZone);
    if (typeof dueMs === "string") return { kind: "sent" };
    const until = sayExactly(dueMs, { language, timeZone });
    return { kind: "sent", decide: (read) => onPutOff(read, hand, { dueMs, until }) };
  }
  const command = { chatId: at.chatId, messageId: action.messageId };
  const isWaiting = await waitingAnswer(read, hand, command) !== null;
  const told = isWaiting ? undefined : say({ text: "later-over" }, language);
  await answerPress(press, told, { isAlert: told !== undefined });
  return { kind: "sent", decide: async (read) => await onCancelLater(read, hand, command) ?? {} };
}

/** Whether a button was pressed where the bot puts those of its kind. */
function isInItsPlace({ kind }: Button, { delivery, task: { at, by } }: PressUnderWay): boolean {
  switch (kind) {
    case "panel":
    case "later":
      return at.chatId === delivery.desk.groupId;
    case "help":
      return at.chatId === delivery.desk.groupId || at.chatId === by.userId;
    case "privacy":
    case "silence":
    case "menu":
    case "rating":
    case "which-desk":
      return at.chatId === by.userId;
    case "failed":
    case "replies":
    case "setup":
      return true;
  }
}

/** What stands for nothing here does nothing. */
async function ignore(press: PressUnderWay): Promise<Outcome> {
  await answerPress(press);
  return { kind: "sent" };
}

/** Lets the client go on, with a word if there is one; who pressed too long ago hears nothing. */
async function answerPress(
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

/** A customer who was warned says whether they still need help, unless that is settled by now. */
async function breakSilence(
  press: PressUnderWay,
  { does, sinceMs }: SilenceAction,
): Promise<Outcome> {
  const { delivery, task, to: { language } } = press;
  const { desk, options: { now } } = delivery;
  const customerId = task.by.userId;
  const isAsked = (known: Conversation | null): known is Conversation =>
    known?.status === "open" && known.silence?.sinceMs === sinceMs;
  const isNow = isAsked(await delivery.read.conversation(customerId));
  const told: Notice = { text: isNow ? "silence-broken" : "silence-over" };
  const isHeard = does === "help" || !isNow;
  await answerPress(press, isHeard ? say(told, language) : undefined, { isAlert: !isNow });
  const nowMs = now();
  return {
    kind: "sent",
    decide: async (read: Reader): Promise<Change> => {
      const conversation = await read.conversation(customerId);
      if (!isAsked(conversation)) return {};
      if (does === "help") return await onStillNeeded(read, sinceMs, { desk, customerId, nowMs });
      const hand: Hand = { desk, customerId, by: "", nowMs };
      return onCloseOf(conversation, await read.settings(), hand, {
        isSilent: false,
        line: { text: "did-solve" },
        wording: task.private.wording,
      });
    },
  };
}

/** A customer says how it was; once, and only if they were asked. */
async function rate(press: PressUnderWay, stars: Stars): Promise<Outcome> {
  const { delivery, task, to: { language } } = press;
  const { desk, options: { now } } = delivery;
  const customerId = task.by.userId;
  const isAsked = (await delivery.read.conversation(customerId))?.isRatingAsked === true;
  await answerPress(press, isAsked ? undefined : say({ text: "rate-over" }, language));
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
