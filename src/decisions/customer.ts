/** What follows from what customers do: they write, block the bot, come back, write too much. */
import type { Message } from "grammy/types";
import type { Change, NewTask } from "../jobs/change.ts";
import type { Reader } from "../jobs/reader.ts";
import { type CommandName, COMMANDS, givenIn } from "../commands/command.ts";
import { contentOf, treatmentOf } from "../message/content.ts";
import {
  type Conversation,
  type Customer,
  hasSameName,
  isBareStart,
  openConversation,
  reopened,
  sourceOfStart,
  toCustomer,
  waitingFor,
  withWritten,
} from "../conversation/conversation.ts";
import { type Lane, laneOf, otherLane } from "../conversation/lane.ts";
import { type Notice } from "../texts/notice.ts";
import { spokenLanguage, type Wording } from "../words/language.ts";
import { carry, staysHere } from "./carry.ts";
import { cannotBeShown } from "./given_up.ts";
import { kept } from "../message/facts.ts";
import { type Circumstances } from "./circumstances.ts";
import { keepDays } from "../settings/settings.ts";
import { openings } from "./handling.ts";
import { HOUR_MS } from "../time/duration.ts";

/** A customer's message in private: into their thread; the first one opens it. */
export async function onCustomerMessage(
  message: Message,
  read: Reader,
  circumstances: Circumstances,
): Promise<Change> {
  const { desk, nowMs, retentionDays } = circumstances;
  const treatment = treatmentOf(contentOf(message));
  if (!message.from || treatment === "silent") return {};
  const customer = toCustomer(message.from);
  const known = await read.conversation(customer.id);
  const toTeam = laneOf(desk, customer.id, "to-team");
  const toThem = laneOf(desk, customer.id, "to-customer");
  const language = spokenLanguage(message.from.language_code);
  const wording: Wording = language ? { language } : {};
  const tasks: NewTask[] = [];
  const tellTeam = (notice: Notice) =>
    tasks.push({ lane: toTeam, task: { kind: "notice", notice } });
  const tellThem = (notice: Notice, more: { asking?: Customer } = {}) =>
    tasks.push({ lane: toThem, task: { kind: "notice", notice, private: { wording, ...more } } });

  const name = commandIn(message, circumstances);
  if (name === "privacy") {
    const notice: Notice = {
      text: name,
      linkDays: retentionDays,
      keepDays: keepDays(await read.settings()),
    };
    tellThem(notice);
    return { ...(known ? staysHere(message) : {}), tasks };
  }
  if (name === "help" || name === "terms") {
    tellThem({ text: name }, name === "terms" ? { asking: customer } : {});
    return { ...(known ? staysHere(message) : {}), tasks };
  }
  if (known?.status === "banned") {
    if (known.isBanTold) return {};
    tellThem({ text: "banned" });
    return { conversations: [{ ...known, isBanTold: true }], tasks };
  }
  const erasure = known ? null : await read.erasure(customer.id);
  if (erasure && "isBanned" in erasure) {
    if (erasure.isTold) return {};
    tellThem({ text: "banned" });
    const told = { customerId: customer.id, erasure: { ...erasure, isTold: true } as const };
    return { erasures: [told], tasks };
  }

  const isStart = name === "start";
  const isShown = !isStart || !isBareStart(message.text ?? "");
  // Who is known as a customer, or not known yet, may be of the team.
  const asks = isStart ? undefined : name;
  const source = isStart ? sourceOfStart(message.text ?? "") : undefined;
  const isNewSource = source !== undefined && source !== known?.source;
  if (!known) {
    tasks.push({ lane: toTeam, task: { kind: "card" } });
    tellTeam({ text: "panel", ...(source === undefined ? {} : { source }) });
  }
  const isReopened = known?.status === "closed" && isShown;
  if (!known || (isStart && !isReopened)) {
    tellThem({ text: "welcome", ...(asks === undefined ? {} : { isForCustomersOnly: true }) });
  }
  if (isReopened) tellThem({ text: "restart" });
  // What was written before the block may come after it.
  const isBack = known?.blockedSinceMs !== undefined && message.date * 1000 > known.blockedSinceMs;
  if (isBack) tellTeam({ text: "unblocked" });
  if (known && isNewSource) tellTeam({ text: "source", source });
  let carried: Change = {};
  if (isShown && treatment === "explain") {
    tasks.push(...explained(message, toTeam, wording));
  } else if (isShown) {
    carried = await carry(message, toTeam, { kind: "customer" }, read, circumstances);
    const [first] = carried.tasks ?? [];
    if (asks !== undefined && first?.task.kind === "relay") {
      first.task.asks = asks;
      first.task.private = { ...first.task.private, given: kept(message) };
    }
  } else {
    carried = staysHere(message);
  }

  const current = known ?? openConversation(customer, nowMs, source);
  const { blockedSinceMs: _blocked, ...reachable } = current;
  const here = isBack ? reachable : current;
  const open = isReopened ? reopened(here) : here;
  const { message_id: messageId } = message;
  const waits = isShown ? waitingFor(open, { sinceMs: nowMs, messageId }) : open;
  const written = withWritten(waits, nowMs);
  const conversation = isNewSource ? { ...written, customer, source } : { ...written, customer };
  const isChanged = !known || isBack || isReopened || isNewSource || written !== waits ||
    waits.waiting !== known.waiting || !hasSameName(known.customer, customer);
  return {
    ...carried,
    tasks: [...tasks, ...carried.tasks ?? []],
    ...(isChanged ? { conversations: [conversation] } : {}),
    // A first contact counts when its card is posted: until then it may be one of the team's.
    ...(isReopened ? { events: await openings(read, known, nowMs) } : {}),
    // Of somebody without a conversation nobody knew that they had blocked the bot.
    ...(isBack || !known ? { wake: [{ lane: toThem, because: "customer" }] } : {}),
  };
}

/** Whether a message asks something of the bot itself, and is not shown to the team. */
export function isForBot(message: Message, circumstances: Circumstances): boolean {
  const name = commandIn(message, circumstances);
  return name === "start"
    ? isBareStart(message.text ?? "")
    : name === "help" || name === "terms" || name === "privacy";
}

/** A command that means something in private; any other is a text like others. */
function commandIn(
  message: Message,
  { botUsername }: Circumstances,
): CommandName | undefined {
  if (message.text === undefined) return undefined;
  const given = givenIn(message, botUsername);
  if (given === null || given === "of another bot" || given.name === undefined) return undefined;
  const where: readonly string[] = COMMANDS[given.name].where;
  return where.includes("private") ? given.name : undefined;
}

/** The customer has blocked the bot, or come back. The thread is told once of each. */
export function onBlocked(
  known: Conversation,
  isBlocked: boolean,
  { desk, nowMs }: Pick<Circumstances, "desk" | "nowMs">,
): Change {
  const { blockedSinceMs, ...reachable } = known;
  // A refusal from before the return may be under way: the record is written, so that it looks again.
  if (!isBlocked && blockedSinceMs === undefined) return { conversations: [known] };
  if (isBlocked && blockedSinceMs !== undefined) return {};
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
  if (lane.direction !== "to-team" || nowMs - (known.slowedMs ?? -Infinity) < SLOW_DOWN_MS) {
    return {};
  }
  return {
    conversations: [{ ...known, slowedMs: nowMs }],
    tasks: [{ lane: otherLane(lane), task: { kind: "notice", notice: { text: "slow-down" } } }],
  };
}

/** Both sides are told of a message that cannot be shown on the other. */
function explained(message: Message, lane: Lane, wording: Wording): NewTask[] {
  const content = contentOf(message);
  return [
    {
      lane: otherLane(lane),
      task: {
        kind: "notice",
        notice: { text: "undeliverable", why: { because: "kind", content } },
        answerTo: message.message_id,
        answerIn: message.chat.id,
        private: { wording },
      },
    },
    { lane, task: cannotBeShown(content) },
  ];
}
