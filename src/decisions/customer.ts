/** What follows from what customers write in private, and how much. */
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import {
  backHere,
  broughtBack,
  type Conversation,
  type Customer,
  hasSameName,
  heard,
  openConversation,
  reopened,
  waitingFor,
  withWritten,
} from "../conversation/conversation.ts";
import { type Lane, laneOf, otherLane } from "../conversation/lane.ts";
import type { MessageFacts } from "../message/facts.ts";
import { toldOf } from "../conversation/visit.ts";
import type { Notice } from "../texts/notice.ts";
import { bannedTold, banOf, isToldOf } from "./ban.ts";
import { onBlocked } from "./blocked.ts";
import {
  type AnsweredByBot,
  type Contact,
  contactOf,
  isAnsweredByBot,
  privateCommandIn,
} from "./contact.ts";
import { formerAlbum, laneAt, withAnsweredWords, withOthersWoken } from "./former.ts";
import { onVisit } from "./visit.ts";
import { servedHere } from "./routing.ts";
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
  const kept = await read.conversation(customer.id);
  // They have come back by a link, or the desk at which it was to go on is no more.
  const isMovedBack = kept?.movedTo !== undefined;
  const known = kept && backHere(kept);
  const name = privateCommandIn(message);
  if (isAnsweredByBot(name)) {
    const notice = await botAnswer(name, read, circumstances);
    const asking = name === "terms" ? { asking: customer } : {};
    const tasks = [tellingThem(message, customer, notice, circumstances, asking)];
    const noted = known?.silence ? { conversations: [heard(known)] } : {};
    return { ...(known ? staysHere(message) : {}), ...noted, tasks };
  }
  const ban = await banOf(read, customer.id);
  if (ban) {
    const told = tellingThem(message, customer, { text: "banned" }, circumstances);
    return isToldOf(ban) ? {} : { ...bannedTold(ban, customer.id), tasks: [told] };
  }
  const visit = known ? null : await read.visit(customer.id);
  const contact = contactOf(message, customer, { known, visit, isMovedBack }, circumstances);
  if (!known && !contact.isShown && ((await read.settings()).menu ?? []).length > 0) {
    return await onOpened(contact, read, circumstances);
  }
  if (name === "solved") return onSolved(contact, await read.settings(), circumstances);
  const change = await received(contact, read, circumstances);
  const { nowMs } = circumstances;
  return await withOthersWoken(change, customer.id, read, { message, nowMs });
}

/** Somebody opens the chat, whom the menu may answer: it costs the desk no card. */
async function onOpened(
  { message, customer, newSource: source }: Contact,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  const { desk, isAlone, nowMs } = circumstances;
  const visited = await onVisit(read, customer, { source, nowMs });
  const welcome = { text: "welcome" } as const;
  const change: Change = {
    ...visited,
    ...(isAlone ? {} : await servedHere(read, customer.id, circumstances)),
    tasks: [tellingThem(message, customer, welcome, circumstances, { asking: customer })],
    // Nobody knew that they had blocked the bot.
    wake: [{ lane: laneOf(desk, customer.id, "to-customer"), because: "customer" }],
  };
  return await withOthersWoken(change, customer.id, read, { message, nowMs });
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
  const back = isBack ? onBlocked(known, false, message.sentMs, circumstances) : {};
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

/** A message is received into its customer's conversation, which it may open. */
async function received(
  contact: Contact,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  const { customer, known, visit, isReopened, isBack } = contact;
  const { desk, nowMs } = circumstances;
  const carried = await carriedOf(contact, read, circumstances);
  const conversation = conversationAfter(contact, nowMs);
  const lane = laneOf(desk, customer.id, "to-customer");
  return {
    ...carried,
    tasks: [...saidFirst(contact, circumstances), ...carried.tasks ?? []],
    ...(conversation ? { conversations: [conversation] } : {}),
    ...(visit ? { visits: [{ customerId: customer.id, visit: toldOf(visit) }] } : {}),
    // A first contact counts when its card is posted: until then it may be one of the team's.
    ...(known && isReopened ? { events: await openings(read, known, nowMs) } : {}),
    ...(known?.putOff && contact.isShown ? { unscheduled: [backName(desk, customer.id)] } : {}),
    // Of somebody without a conversation nobody knew that they had blocked the bot.
    ...(isBack || !known ? { wake: [{ lane, because: "customer" }] } : {}),
  };
}

/** What is posted and said, on both sides, before the message itself is shown. */
function saidFirst(contact: Contact, circumstances: Circumstances): NewTask[] {
  const {
    message,
    customer,
    known,
    visit,
    isStart,
    isShown,
    isReopened,
    isBack,
    newSource,
    asks,
    askedDesk,
  } = contact;
  const lane = laneOf(circumstances.desk, customer.id, "to-team");
  const tasks: NewTask[] = [];
  const tellTeam = (notice: Notice) => tasks.push({ lane, task: { kind: "notice", notice } });
  const tellThem = (notice: Notice) =>
    tasks.push(tellingThem(message, customer, notice, circumstances));
  if (!known) {
    tasks.push({ lane, task: { kind: "card" } });
    tellTeam({ text: "panel", ...defined({ source: newSource }) });
    if (visit?.read) tellTeam({ text: "did-read", labels: visit.read });
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
  if (askedDesk !== undefined) tellTeam({ text: "did-choose-desk", desk: askedDesk });
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
  const album = await formerAlbum(message, customer.id, read);
  if (album) {
    const there = laneAt(album, "to-team");
    return await carry({ message, lane: there, writer }, album.read, circumstances);
  }
  const shown = await withAnsweredWords(message, customer.id, read);
  return await carry({ message: shown, lane, writer, asks }, read, circumstances);
}

/** The conversation as the message leaves it; `null`: as it was. */
function conversationAfter(contact: Contact, nowMs: number): Conversation | null {
  const { message, customer, known, isMovedBack, isShown, isReopened, isBack, newSource } = contact;
  const current = known ?? openConversation(customer, nowMs, newSource);
  const { blockedSinceMs: _blocked, ...reachable } = current;
  const here = isBack ? reachable : current;
  const open = heard(isReopened ? reopened(here) : isShown ? broughtBack(here) : here);
  const { messageId } = message.place;
  const waits = isShown ? waitingFor(open, { sinceMs: nowMs, messageId }) : open;
  const written = withWritten(waits, nowMs);
  const isNewSource = newSource !== undefined;
  const isChanged = !known || isMovedBack || isBack || isReopened || isNewSource ||
    written !== waits ||
    waits.waiting !== known.waiting || known.silence !== undefined ||
    waits.putOff !== known.putOff ||
    !hasSameName(known.customer, customer);
  if (!isChanged) return null;
  return { ...written, customer, ...defined({ source: newSource }) };
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
