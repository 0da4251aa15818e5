/** What follows from what customers do: they write, block the bot, come back, write too much. */
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { type CommandName, ruleOf, wordsAfterCommand } from "../commands/command.ts";
import {
  broughtBack,
  type Conversation,
  type Customer,
  hasSameName,
  heard,
  isBareStart,
  openConversation,
  reopened,
  sourceOfStart,
  waitingFor,
  withWritten,
} from "../conversation/conversation.ts";
import { type Lane, laneOf, otherLane } from "../conversation/lane.ts";
import type { MessageFacts } from "../message/facts.ts";
import type { Notice } from "../texts/notice.ts";
import { carry, staysHere } from "./carry.ts";
import { cannotBeShown } from "./given_up.ts";
import type { Circumstances } from "./circumstances.ts";
import { keepDays, type Settings } from "../settings/settings.ts";
import { onCloseOf, openings } from "./handling.ts";
import { backName } from "./later_names.ts";
import { HOUR_MS } from "../time/duration.ts";
import { defined } from "../values/defined.ts";
import { isWithin } from "../time/elapsed.ts";

/** A customer's message in private: into their thread; the first one opens it. */
export async function onCustomerMessage(
  message: MessageFacts,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  const { customer, treatment } = message;
  if (!customer || treatment === "silent") return {};
  const known = await read.conversation(customer.id);
  const name = privateCommandIn(message);
  if (isAnsweredByBot(name)) {
    const notice = await botAnswer(name, read, circumstances);
    const asking = name === "terms" ? { asking: customer } : {};
    const tasks = [tellingThem(message, customer, notice, circumstances, asking)];
    const noted = known?.silence ? { conversations: [heard(known)] } : {};
    return { ...(known ? staysHere(message) : {}), ...noted, tasks };
  }
  const ban = await banOf(known, customer, read);
  if (ban) {
    const told = tellingThem(message, customer, { text: "banned" }, circumstances);
    return ban.isTold ? {} : { ...ban.noted, tasks: [told] };
  }
  const contact = contactOf(message, customer, known);
  if (name === "solved") return onSolved(contact, await read.settings(), circumstances);
  return await received(contact, read, circumstances);
}

/** The customer says that they need nothing any more: it is closed, unless there is nothing to close. */
function onSolved(
  { message, customer, known, isBack }: Contact,
  settings: Settings,
  circumstances: Circumstances,
): Change {
  const { desk, nowMs } = circumstances;
  const noted = known ? staysHere(message) : {};
  if (known?.status !== "open") {
    const renamed = known && !hasSameName(known.customer, customer)
      ? { conversations: [{ ...known, customer }] }
      : {};
    return {
      ...noted,
      ...renamed,
      tasks: [tellingThem(message, customer, { text: "solved" }, circumstances)],
    };
  }
  const back = isBack ? onBlocked(known, false, circumstances) : {};
  const [open = known] = back.conversations ?? [];
  const { wording } = message;
  const hand = { desk, customerId: customer.id, by: "", nowMs };
  const closing = onCloseOf({ ...withWritten(open, nowMs), customer }, settings, hand, {
    isSilent: false,
    line: { text: "did-solve" },
    wording,
  });
  return { ...back, ...noted, ...closing, tasks: [...back.tasks ?? [], ...closing.tasks ?? []] };
}

/** Whether a message asks something of the bot itself, and is not shown to the team. */
export function isForBot(message: MessageFacts): boolean {
  const name = privateCommandIn(message);
  if (name === "solved") return true;
  return name === "start" ? isBareStart(writtenText(message)) : isAnsweredByBot(name);
}

/**
 * A command that means something in private; any other is a text like others. Under a file only the
 * team gives commands: what customers send is theirs, whatever its caption.
 */
function privateCommandIn(message: MessageFacts): CommandName | undefined {
  const { content, given } = message;
  if (given === null || given === "of another bot" || given.name === undefined) return undefined;
  const { by, where } = ruleOf(given.name);
  if (content.kind !== "text" && by.includes("customer")) return undefined;
  // With words behind it, it is what they have to say.
  if (given.name === "solved" && wordsAfter(message) !== "") return undefined;
  return where.includes("private") ? given.name : undefined;
}

function wordsAfter({ content: { snapshot: { words } } }: MessageFacts): string {
  return words ? wordsAfterCommand(words).text.trim() : "";
}

function writtenText({ content }: MessageFacts): string {
  return content.snapshot.words?.text ?? "";
}

/** What the bot answers by itself. */
type AnsweredByBot = "privacy" | "help" | "terms";

function isAnsweredByBot(name: CommandName | undefined): name is AnsweredByBot {
  return name === "privacy" || name === "help" || name === "terms";
}

async function botAnswer(
  name: AnsweredByBot,
  read: Reader,
  { retentionDays }: Circumstances,
): Promise<Notice> {
  if (name !== "privacy") return { text: name };
  return { text: name, linkDays: retentionDays, keepDays: keepDays(await read.settings()) };
}

/** Says something to a customer, in the language of their message. */
function tellingThem(
  { wording }: MessageFacts,
  customer: Customer,
  notice: Notice,
  { desk }: Circumstances,
  more: { asking?: Customer } = {},
): NewTask {
  const lane = laneOf(desk, customer.id, "to-customer");
  return { lane, task: { kind: "notice", notice, private: { wording, ...more } } };
}

/**
 * Of who is banned, also from before they erased their data: whether they were told, and what notes
 * that they are by now. `null`: they are not banned.
 */
async function banOf(
  known: Conversation | null,
  { id: customerId }: Customer,
  read: Reader,
): Promise<{ isTold: boolean; noted: Change } | null> {
  if (known) {
    if (known.status !== "banned") return null;
    const noted = { conversations: [{ ...known, isBanTold: true } as const] };
    return { isTold: known.isBanTold === true, noted };
  }
  const erasure = await read.erasure(customerId);
  if (!erasure || !("isBanned" in erasure)) return null;
  const noted = { erasures: [{ customerId, erasure: { ...erasure, isTold: true } as const }] };
  return { isTold: erasure.isTold === true, noted };
}

/** What a message is to its customer's conversation. */
interface Contact {
  message: MessageFacts;
  customer: Customer;
  known: Conversation | null;
  isStart: boolean;
  /** The team sees it: it is not just what a button or a link sends. */
  isShown: boolean;
  /** The conversation had come to its end, and goes on. */
  isReopened: boolean;
  /** They had blocked the bot, and write again. */
  isBack: boolean;
  /** By which link they come, if it is not the one they are known by. */
  newSource?: string;
  /** What it asks if they are of the team: who is no customer yet may be. */
  asks?: CommandName;
}

function contactOf(
  message: MessageFacts,
  customer: Customer,
  known: Conversation | null,
): Contact {
  const name = privateCommandIn(message);
  const isStart = name === "start";
  const isShown = !isStart || !isBareStart(writtenText(message));
  const source = isStart ? sourceOfStart(writtenText(message)) : undefined;
  const { blockedSinceMs } = known ?? {};
  return {
    message,
    customer,
    known,
    isStart,
    isShown,
    isReopened: known?.status === "closed" && isShown,
    // What was written before the block may come after it.
    isBack: blockedSinceMs !== undefined && message.sentMs > blockedSinceMs,
    ...defined({
      newSource: source === known?.source ? undefined : source,
      asks: isStart ? undefined : name,
    }),
  };
}

/** A message is received into its customer's conversation, which it may open. */
async function received(
  contact: Contact,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  const { customer, known, isReopened, isBack } = contact;
  const { desk, nowMs } = circumstances;
  const carried = await carriedOf(contact, read, circumstances);
  const conversation = conversationAfter(contact, nowMs);
  const lane = laneOf(desk, customer.id, "to-customer");
  return {
    ...carried,
    tasks: [...saidFirst(contact, circumstances), ...carried.tasks ?? []],
    ...(conversation ? { conversations: [conversation] } : {}),
    // A first contact counts when its card is posted: until then it may be one of the team's.
    ...(known && isReopened ? { events: await openings(read, known, nowMs) } : {}),
    ...(known?.putOff && contact.isShown ? { unscheduled: [backName(desk, customer.id)] } : {}),
    // Of somebody without a conversation nobody knew that they had blocked the bot.
    ...(isBack || !known ? { wake: [{ lane, because: "customer" }] } : {}),
  };
}

/** What is posted and said, on both sides, before the message itself is shown. */
function saidFirst(contact: Contact, circumstances: Circumstances): NewTask[] {
  const { message, customer, known, isStart, isShown, isReopened, isBack, newSource, asks } =
    contact;
  const lane = laneOf(circumstances.desk, customer.id, "to-team");
  const tasks: NewTask[] = [];
  const tellTeam = (notice: Notice) => tasks.push({ lane, task: { kind: "notice", notice } });
  const tellThem = (notice: Notice) =>
    tasks.push(tellingThem(message, customer, notice, circumstances));
  if (!known) {
    tasks.push({ lane, task: { kind: "card" } });
    tellTeam({ text: "panel", ...defined({ source: newSource }) });
  }
  if (!known || (isStart && !isReopened)) {
    tellThem({ text: "welcome", ...(asks === undefined ? {} : { isForCustomersOnly: true }) });
  }
  if (isReopened) tellThem({ text: "restart" });
  if (isBack) tellTeam({ text: "unblocked" });
  if (known?.putOff && isShown) {
    const putOffBy = known.putOff.by;
    tellTeam({ text: "did-bring-back", because: "customer", putOffBy });
  }
  if (known && newSource !== undefined) tellTeam({ text: "source", source: newSource });
  return tasks;
}

/** The message itself, on its way to the team. */
async function carriedOf(
  { message, customer, isShown, asks }: Contact,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  if (!isShown) return staysHere(message);
  const lane = laneOf(circumstances.desk, customer.id, "to-team");
  if (message.treatment === "explain") return { tasks: explained(message, lane) };
  const writer = { kind: "customer" } as const;
  return await carry({ message, lane, writer, asks }, read, circumstances);
}

/** The conversation as the message leaves it; `null`: as it was. */
function conversationAfter(contact: Contact, nowMs: number): Conversation | null {
  const { message, customer, known, isShown, isReopened, isBack, newSource } = contact;
  const current = known ?? openConversation(customer, nowMs, newSource);
  const { blockedSinceMs: _blocked, ...reachable } = current;
  const here = isBack ? reachable : current;
  const open = heard(isReopened ? reopened(here) : isShown ? broughtBack(here) : here);
  const { messageId } = message.place;
  const waits = isShown ? waitingFor(open, { sinceMs: nowMs, messageId }) : open;
  const written = withWritten(waits, nowMs);
  const isNewSource = newSource !== undefined;
  const isChanged = !known || isBack || isReopened || isNewSource || written !== waits ||
    waits.waiting !== known.waiting || known.silence !== undefined ||
    waits.putOff !== known.putOff ||
    !hasSameName(known.customer, customer);
  if (!isChanged) return null;
  return { ...written, customer, ...defined({ source: newSource }) };
}

/** The customer has blocked the bot, or come back. The thread is told once of each. */
export function onBlocked(
  known: Conversation,
  isBlocked: boolean,
  { desk, nowMs }: Pick<Circumstances, "desk" | "nowMs">,
): Change {
  const { blockedSinceMs, ...reachable } = known;
  // A refusal from before the return may be under way: the record is written, so that it looks again.
  // And a block that is known is noted: brought again after the return, it is none.
  if (isBlocked === (blockedSinceMs !== undefined)) return { conversations: [known] };
  const customerId = known.customer.id;
  return {
    conversations: [isBlocked ? { ...reachable, blockedSinceMs: nowMs } : reachable],
    tasks: [{
      lane: laneOf(desk, customerId, "to-team"),
      task: { kind: "notice", notice: { text: isBlocked ? "blocked" : "unblocked" } },
    }],
    ...(isBlocked
      ? {}
      : { wake: [{ lane: laneOf(desk, customerId, "to-customer"), because: "customer" }] }),
  };
}

/** How often a customer is asked to write less at once. */
const SLOW_DOWN_MS = HOUR_MS;

/** A crowd of a customer's messages waits: they are asked, once in a while, to slow down. */
export function onCrowd(known: Conversation, lane: Lane, nowMs: number): Change {
  if (lane.direction !== "to-team" || isWithin(SLOW_DOWN_MS, known.slowedMs, nowMs)) return {};
  return {
    conversations: [{ ...known, slowedMs: nowMs }],
    tasks: [{ lane: otherLane(lane), task: { kind: "notice", notice: { text: "slow-down" } } }],
  };
}

/** Both sides are told of a message that cannot be shown on the other. */
function explained({ place, content, wording }: MessageFacts, lane: Lane): NewTask[] {
  const { kind } = content;
  return [
    {
      lane: otherLane(lane),
      task: {
        kind: "notice",
        notice: { text: "undeliverable", why: { because: "kind", content: kind } },
        answerTo: place.messageId,
        answerIn: place.chatId,
        private: { wording },
      },
    },
    { lane, task: cannotBeShown(kind) },
  ];
}
