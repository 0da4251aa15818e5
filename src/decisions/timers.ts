/**
 * What comes due by the clock alone: that a customer who waits is late, and that a conversation whose
 * customer is silent closes by itself. Both follow from the conversation and the settings, so whatever
 * changes these has them wait for another time, or no longer.
 */
import { type Conversation, heard, type Silence, type Wait } from "../conversation/conversation.ts";
import { laneOf } from "../conversation/lane.ts";
import { afterOpenTime } from "../hours/opening.ts";
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import type { Scheduled, ScheduledName } from "../jobs/scheduled.ts";
import type { Settings } from "../settings/settings.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../time/duration.ts";
import { defined } from "../values/defined.ts";

/** What timers depend on besides the conversation. */
export interface TimerCircumstances {
  settings: Settings;
  timeZone: string;
  nowMs: number;
}

/** Under which names they wait, beside the lane in which the desk does what is asked of it. */
const NAMES = ["alarm", "autoclose"] as const;

/**
 * The change, with all that waits for its time moved to when it is due by now; and the buttons of a
 * warning that is moot are taken away.
 */
export async function withTimers(
  change: Change,
  { deskId, read, timeZone, nowMs }: {
    deskId: number;
    read: Reader;
    timeZone: string;
    nowMs: number;
  },
): Promise<Change> {
  const { conversations = [], forget = [] } = change;
  const scheduled: Scheduled[] = [];
  const unscheduled: ScheduledName[] = [];
  const tasks: NewTask[] = [];
  const timed: Conversation[] = [];
  const nameOf = (customerId: number, name: string): ScheduledName => ({
    lane: laneOf({ channelId: deskId }, customerId, "to-desk"),
    name,
  });
  for (const changed of conversations) {
    const { customer: { id } } = changed;
    // Most conversations have nothing that is counted, and need no second look.
    if (!changed.waiting && !changed.silence && !changed.timers) {
      timed.push(changed);
      continue;
    }
    const known = await read.conversation(id);
    const conversation = resumed(changed, known, nowMs);
    const { timers: before = {}, silence } = conversation;
    const moot = known?.silence?.warningId;
    if (moot !== undefined && moot !== silence?.warningId) {
      const at = { chatId: id, messageId: moot };
      const lane = laneOf({ channelId: deskId }, id, "to-customer");
      tasks.push({ lane, task: { kind: "unbutton", at } });
    }
    const circumstances = { settings: await read.settings(), timeZone, nowMs };
    const due = {
      alarm: alarmOf(conversation, circumstances),
      autoclose: autocloseOf(conversation, circumstances),
    };
    for (const name of NAMES) {
      const next = due[name];
      if (next?.dueMs === before[name]) continue;
      if (next) scheduled.push({ ...nameOf(id, name), ...next });
      else unscheduled.push(nameOf(id, name));
    }
    const { timers: _before, ...rest } = conversation;
    const timers = defined({ alarm: due.alarm?.dueMs, autoclose: due.autoclose?.dueMs });
    // A warning has buttons, which are to go with it: that is looked at when it does.
    const isCounted = Object.keys(timers).length > 0 || silence?.warningId !== undefined;
    timed.push(isCounted ? { ...rest, timers } : rest);
  }
  for (const customerId of forget) {
    if (!(await read.conversation(customerId))?.timers) continue;
    unscheduled.push(...NAMES.map((name) => nameOf(customerId, name)));
  }
  return {
    ...change,
    ...(timed.length > 0 ? { conversations: timed } : {}),
    ...(tasks.length > 0 ? { tasks: [...change.tasks ?? [], ...tasks] } : {}),
    ...(scheduled.length > 0 ? { scheduled: [...change.scheduled ?? [], ...scheduled] } : {}),
    ...(unscheduled.length > 0
      ? { unscheduled: [...change.unscheduled ?? [], ...unscheduled] }
      : {}),
  };
}

/** A conversation in which no time is counted: it is over, nobody sees it, or it was put off. */
function standsStill({ status, card, putOff }: Conversation): boolean {
  return status !== "open" || card === undefined || putOff !== undefined;
}

/** What stood still, since it was put off or an answer was to be sent later, is counted anew. */
function resumed(
  conversation: Conversation,
  known: Conversation | null,
  nowMs: number,
): Conversation {
  const isBack = known?.putOff !== undefined && conversation.putOff === undefined;
  const { laterUntilMs = 0 } = conversation;
  const isCancelled = (known?.laterUntilMs ?? 0) > nowMs && laterUntilMs <= nowMs;
  if (!isBack && !isCancelled) return conversation;
  const { waiting, silence, ...rest } = conversation;
  return {
    ...rest,
    ...defined({
      waiting: waiting && anew(waiting, isBack, nowMs),
      silence: silence && { sinceMs: nowMs, hours: silence.hours },
    }),
  };
}

/** A wait counted from now on; of one that was put off it is forgotten that it was long. */
function anew({ late, ...wait }: Wait, isBack: boolean, nowMs: number): Wait {
  return { ...wait, countsFromMs: nowMs, ...defined({ late: isBack ? undefined : late }) };
}

/** When a customer who waits is late next, and for whom; `undefined`: not by what holds now. */
export function alarmOf(
  conversation: Conversation,
  { settings, timeZone, nowMs }: TimerCircumstances,
): Pick<Scheduled, "task" | "dueMs"> | undefined {
  const { waiting, blockedSinceMs, laterUntilMs = 0 } = conversation;
  const { alarm = "off", hours, holidays = [] } = settings;
  if (!waiting || alarm === "off" || waiting.late === 2) return undefined;
  if (standsStill(conversation) || blockedSinceMs !== undefined) return undefined;
  const { sinceMs, countsFromMs = sinceMs, messageId } = waiting;
  // What they wrote in what is the future by now they wrote before the clock was set back.
  const beganMs = Math.min(nowMs, Math.max(sinceMs, countsFromMs, alarm.sinceMs));
  // An answer that is to be sent later will be one.
  const fromMs = Math.max(beganMs, laterUntilMs);
  const stage = waiting.late === 1 ? 2 : 1;
  const lengthMs = stage * alarm.minutes * MINUTE_MS;
  const dueMs = hours
    ? afterOpenTime({ hours, holidays, timeZone }, fromMs, lengthMs)
    : fromMs + lengthMs;
  return dueMs === undefined
    ? undefined
    : { dueMs, task: { kind: "alarm", stage, waitingMessageId: messageId } };
}

/** When something comes next of a customer's silence: the warning, or the end. */
export function autocloseOf(
  conversation: Conversation,
  { settings }: TimerCircumstances,
): Pick<Scheduled, "task" | "dueMs"> | undefined {
  const { silence, blockedSinceMs, laterUntilMs = 0 } = conversation;
  if (!silence || standsStill(conversation) || !isInForce(silence, settings)) return undefined;
  const { sinceMs, hours, isWarned, warnedMs } = silence;
  const step = (does: "warn" | "end", dueMs: number) =>
    ({ dueMs, task: { kind: "autoclose", does, sinceMs } }) as const;
  const leadMs = warningLeadMs(hours);
  const fromMs = Math.max(sinceMs, laterUntilMs);
  const endMs = fromMs + hours * HOUR_MS;
  if (warnedMs !== undefined) return step("end", Math.max(warnedMs, fromMs) + leadMs);
  // Who cannot be told is not warned.
  if (blockedSinceMs !== undefined) return step("end", endMs);
  // The end is counted from when they were told, which may take its time.
  return isWarned ? undefined : step("warn", endMs - leadMs);
}

/** How long before the end a silent customer is warned. */
export function warningLeadMs(hours: number): number {
  return hours < 48 ? hours * HOUR_MS / 2 : DAY_MS;
}

/** Whether silences are ended by what holds now, as when this one began. */
function isInForce(
  { hours }: Pick<Silence, "hours">,
  { autoclose = "off" }: Settings,
): boolean {
  return autoclose !== "off" && autoclose.hours === hours;
}

/** The customer has been answered, and says nothing: from now on, if the desk counts it. */
export function silentSince(
  conversation: Conversation,
  { autoclose = "off" }: Settings,
  nowMs: number,
): Conversation {
  const { silence: _before, ...rest } = conversation;
  const counts = autoclose !== "off" && rest.status === "open" && rest.waiting === undefined;
  return counts ? { ...rest, silence: { sinceMs: nowMs, hours: autoclose.hours } } : rest;
}

/** What was decided holds for these conversations: what waits in them waits for another time. */
export async function onRecount(read: Reader, customerIds: readonly number[]): Promise<Change> {
  const settings = await read.settings();
  const conversations: Conversation[] = [];
  for (const customerId of customerIds) {
    const conversation = await read.conversation(customerId);
    if (!conversation?.waiting && !conversation?.silence) continue;
    const { silence } = conversation;
    conversations.push(
      silence && !isInForce(silence, settings) ? heard(conversation) : conversation,
    );
  }
  return { conversations };
}

/** The same conversation, with what waits in it for its time counted anew, whatever it waited for. */
export function recounted(conversation: Conversation): Conversation {
  return { ...conversation, timers: {} };
}
