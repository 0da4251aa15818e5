/** What follows when a customer has waited for too long, and when one has been silent for long. */
import type { Conversation, Silence } from "../conversation/conversation.ts";
import { laneOf } from "../conversation/lane.ts";
import type { Desk } from "../desk/desk.ts";
import type { Change } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import type { AlertTask } from "../jobs/notice_task.ts";
import type { AlarmTask, AutocloseTask } from "../jobs/timer_task.ts";
import { HOUR_MS } from "../time/duration.ts";
import { defined } from "../values/defined.ts";
import { onCloseOf } from "./handling.ts";
import { alarmOf, autocloseOf, recounted, warningLeadMs } from "./timers.ts";

/** Where and when it follows. */
interface AlarmCircumstances {
  desk: Desk;
  customerId: number;
  timeZone: string;
  nowMs: number;
}

/** A conversation whose customer says nothing, while that is counted. */
export type SilentConversation = Conversation & { silence: Silence };

/** The customer is late, if they still wait as long: the card says so, and people are told. */
export async function onAlarm(
  read: Reader,
  { stage, waitingMessageId }: AlarmTask,
  { desk, customerId, timeZone, nowMs }: AlarmCircumstances,
): Promise<Change> {
  const conversation = await read.conversation(customerId);
  if (!conversation) return {};
  const { waiting } = conversation;
  const settings = await read.settings();
  const next = alarmOf(conversation, { settings, timeZone, nowMs });
  const isNow = next?.task.kind === "alarm" && next.task.stage === stage && next.dueMs <= nowMs &&
    waiting?.messageId === waitingMessageId;
  if (!isNow || settings.alarm === undefined || settings.alarm === "off") {
    return { conversations: [recounted(conversation)] };
  }
  const place = { chatId: customerId, messageId: waitingMessageId };
  const shown = await read.counterpart(place);
  const task: AlertTask = {
    kind: "alert",
    waitingMessageId,
    ...defined({ messageId: shown?.there.messageId }),
    late: { tells: stage === 1 ? "assignee" : "admins", minutes: stage * settings.alarm.minutes },
  };
  return {
    conversations: [{ ...recounted(conversation), waiting: { ...waiting, late: stage } }],
    tasks: [{ lane: laneOf(desk, customerId, "to-desk"), task }],
    ...(stage === 1 ? { events: [{ kind: "late", atMs: nowMs }] } : {}),
  };
}

/** The customer is warned that the conversation will close, or it closes, if they are still silent. */
export async function onAutoclose(
  read: Reader,
  { does, sinceMs }: AutocloseTask,
  { desk, customerId, timeZone, nowMs }: AlarmCircumstances,
): Promise<Change> {
  const conversation = await read.conversation(customerId);
  if (!conversation) return {};
  const settings = await read.settings();
  const next = autocloseOf(conversation, { settings, timeZone, nowMs });
  const isNow = next?.task.kind === "autoclose" && next.task.does === does &&
    next.task.sinceMs === sinceMs && next.dueMs <= nowMs;
  if (!isNow || !conversation.silence) return { conversations: [recounted(conversation)] };
  if (does === "end") {
    const hand = { desk, customerId, by: "", nowMs };
    const closing = onCloseOf(recounted(conversation), settings, hand, {
      isSilent: false,
      line: { text: "did-autoclose" },
    });
    return { ...closing, events: [...closing.events ?? [], { kind: "autoclosed", atMs: nowMs }] };
  }
  const { silence } = conversation;
  const hours = warningLeadMs(silence.hours) / HOUR_MS;
  return {
    conversations: [{ ...recounted(conversation), silence: { ...silence, isWarned: true } }],
    tasks: [{
      lane: laneOf(desk, customerId, "to-customer"),
      task: { kind: "notice", notice: { text: "silence-warning", sinceMs, hours } },
    }],
  };
}

/** Whether a warning is still to be given: nothing has come of the silence since. */
export function isWarningOwed(conversation: Conversation | null, sinceMs: number): boolean {
  return conversation?.status === "open" && conversation.silence?.sinceMs === sinceMs &&
    conversation.silence.warnedMs === undefined;
}

/** The warning has come to the customer, as this message; or it cannot. The end is counted from now. */
export async function onWarned(
  read: Reader,
  customerId: number,
  { sinceMs, warningId, nowMs }: { sinceMs: number; warningId?: number; nowMs: number },
): Promise<Change> {
  const conversation = await read.conversation(customerId);
  if (conversation && isWarningOwed(conversation, sinceMs)) {
    const silence = { ...conversation.silence!, warnedMs: nowMs, ...defined({ warningId }) };
    return { conversations: [{ ...conversation, silence }] };
  }
  // They have written, or it was closed, while it was under way.
  return warningId === undefined
    ? {}
    : { instead: [{ kind: "unbutton", at: { chatId: customerId, messageId: warningId } }] };
}

/** A customer who was warned still needs help: the period begins anew, and the thread is told. */
export function onStillNeeded(
  conversation: SilentConversation,
  desk: Desk,
  nowMs: number,
): Change {
  const { customer, silence: { hours } } = conversation;
  return {
    conversations: [{ ...conversation, silence: { sinceMs: nowMs, hours } }],
    tasks: [{
      lane: laneOf(desk, customer.id, "to-team"),
      task: { kind: "notice", notice: { text: "still-needed" } },
    }],
  };
}
