/** The buttons of a conversation, in its thread: the panel, what it asks, and what waits for later. */
import { readButton } from "../../buttons/button.ts";
import type { LaterAction } from "../../buttons/later.ts";
import type { PanelAction } from "../../buttons/panel.ts";
import { laneOf } from "../../conversation/lane.ts";
import { type Hand, onAssign, onBan, onClose, onPriority } from "../../decisions/handling.ts";
import { onCancelLater } from "../../decisions/later.ts";
import { waitingAnswer } from "../../decisions/later_waiting.ts";
import { onPutOff } from "../../decisions/put_off.ts";
import { sendingTo } from "../../decisions/sending.ts";
import type { Change, NewTask } from "../../jobs/change.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Decision } from "../../jobs/reader.ts";
import type { PressTask } from "../../jobs/request_task.ts";
import { sayExactly } from "../../later/exactly.ts";
import { momentOfWhen, QUICK_WHENS } from "../../later/when.ts";
import type { Place } from "../../message/link.ts";
import type { Replies } from "../../replies/replies.ts";
import type { Notice } from "../../texts/notice.ts";
import { say } from "../../texts/texts.ts";
import { defined } from "../../values/defined.ts";
import { goneOnFrom } from "./gone_on.ts";
import { answerPress, ignorePress, type PressUnderWay } from "./press.ts";
import { sayingTo } from "./request.ts";
import { helpFor } from "./thread.ts";
import { transferTo } from "./transfer.ts";

/** Obeys a button of the panel, or of what the panel asks. */
export function pressPanel(
  press: PressUnderWay,
  action: PanelAction,
  replies: Pick<Replies, "shelf">,
): Promise<Outcome> {
  return inThread(press, action, () => steer(press, action, replies));
}

/** Obeys a button of an answer that waits for its time, or of putting a conversation off. */
export function pressLater(press: PressUnderWay, action: LaterAction): Promise<Outcome> {
  return inThread(press, action, () => steerLater(press, action));
}

/** Obeys a button that was pressed in its conversation's thread, and that still goes on there. */
async function inThread(
  press: PressUnderWay,
  action: { customerId: number },
  obey: () => Promise<Outcome>,
): Promise<Outcome> {
  const { delivery, task: { thread = action.customerId }, to } = press;
  if (thread === action.customerId) {
    const { desk, back } = isOfAnyThread(press) ? {} : await goneOnFrom(delivery, thread);
    if (desk === undefined) return back ?? await obey();
    const notice = { text: "moved-to", desk } as const;
    await answerPress(press, say(notice, to.language), { isAlert: true });
    return { kind: "sent" };
  }
  // Another's button is nothing that the bot has put there.
  if (thread !== "erased") return await ignorePress(press);
  await answerPress(press, say({ text: "erased-thread" }, to.language), { isAlert: true });
  return { kind: "sent" };
}

/** Does what a button of the panel stands for, or asks what is to be known first. */
async function steer(
  press: PressUnderWay,
  action: PanelAction,
  replies: Pick<Replies, "shelf">,
): Promise<Outcome> {
  await answerPress(press);
  const { delivery, task, to } = press;
  const { desk, options: { now } } = delivery;
  const { customerId } = action;
  const { at, by } = task;
  const hand: Hand = { desk, customerId, by: by.name, nowMs: now() };
  const command = task.command === undefined
    ? undefined
    : { chatId: at.chatId, messageId: task.command };
  const answered: Hand = { ...hand, question: at, ...defined({ command }) };
  const decided = (decide: Decision): Outcome => ({ kind: "sent", decide });
  // Whoever pressed: what is asked is about the customer.
  const lane = laneOf(desk, customerId, "to-desk");
  const asked = (notice: Notice): Outcome =>
    decided(() => ({ tasks: [{ ...sayingTo(delivery, to, notice), lane }] }));
  switch (action.does) {
    case "close":
      return decided((read) => onClose(read, hand, { isSilent: false }));
    case "assign":
      return decided((read) => onAssign(read, hand, { userId: by.userId, name: by.name }));
    case "priority":
      return decided((read) => onPriority(read, answered, action.priority));
    case "ban":
      return decided(once(at, (read) => onBan(read, answered)));
    case "cancel":
      return decided(once(at, () => tidied(answered)));
    case "ask-priority":
      return asked({ text: "which-priority" });
    case "ask-later":
      return asked({ text: "which-later" });
    case "ask-ban":
      return asked({ text: "ban-sure" });
    case "reply": {
      const send = await replyChosen(press, action, replies);
      return send ? decided(once(at, send)) : asked({ text: "reply-gone" });
    }
    case "transfer": {
      const to = delivery.options.desks.among
        .find(({ channelId }) => channelId === action.deskId) ?? null;
      const { decide, notice } = transferTo(delivery, answered, to);
      return decide ? decided(decide) : asked(notice ?? { text: "transfer-gone" });
    }
    case "help":
      return await helpFor(delivery, { ...to, by, where: "thread" });
  }
}

/** Sends the reply that was chosen, as it is by now; `null`: there is none any more. */
async function replyChosen(
  { delivery: { desk }, task }: PressUnderWay,
  { customerId, replyId, answerTo }: Extract<PanelAction, { does: "reply" }>,
  { shelf }: Pick<Replies, "shelf">,
): Promise<Decision | null> {
  const reply = await shelf.get(desk.channelId, replyId);
  if (!reply || reply.isBroken) return null;
  const { content } = reply;
  const tidying: NewTask = {
    lane: laneOf(desk, customerId, "to-desk"),
    task: { kind: "delete", at: task.at },
  };
  const sending = { ...chosen(task), ...defined({ answerTo }), replyId, private: { content } };
  return () => ({ tasks: [sendingTo(desk, customerId, sending), tidying] });
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
  const hand: Hand = { desk, customerId, by: by.name, nowMs: now(), question: at };
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

/** Whether a button does nothing to the conversation: of one that goes on elsewhere as well. */
function isOfAnyThread({ task: { data } }: PressUnderWay): boolean {
  const button = readButton(data);
  return (button?.kind === "panel" && button.action.does === "help") ||
    (button?.kind === "later" && button.action.does === "cancel");
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
  const asked = [question, command].filter((at) => at !== undefined);
  return { tasks: asked.map((at) => ({ lane, task: { kind: "delete", at } })) };
}
