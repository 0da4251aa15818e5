/**
 * What follows from what people write: the decisions, as pure functions from an update and the
 * little we know to the change it causes.
 */
import type { Message } from "grammy/types";
import type { Change } from "./change.ts";
import type { Language } from "./config.ts";
import { contentOf, treatmentOf } from "./content.ts";
import {
  type Conversation,
  hasSameName,
  openConversation,
  sourceOfStart,
  toCustomer,
} from "./conversation.ts";
import type { Desk } from "./desk.ts";
import { type Job, laneOf, otherLane, type Task } from "./job.ts";
import { languageFor, type Notice, type Undeliverable } from "./notice.ts";
import { authorOf } from "./team.ts";

/** A customer's message in private: into their thread; the first one opens it. */
export function onCustomerMessage(
  message: Message,
  known: Conversation | null,
  { desk, nowMs, locale }: { desk: Desk; nowMs: number; locale: Language },
): Change {
  const content = contentOf(message);
  if (!message.from || treatmentOf(content) === "silent") return {};
  const customer = toCustomer(message.from);
  const isStart = isCommand(message, "start");
  const source = isStart ? sourceOfStart(message.text ?? "") : undefined;
  const toTeam = (task: Task) => ({ lane: laneOf(desk, customer.id, "to-team"), task });
  const toCustomerLane = laneOf(desk, customer.id, "to-customer");
  const tasks: NonNullable<Change["tasks"]> = [];
  const wording = { language: languageFor(message.from.language_code, locale) };
  const tellTeam = (notice: Notice) => tasks.push(toTeam({ kind: "notice", notice }));
  const tellCustomer = (notice: Notice, answerTo?: number) =>
    tasks.push({
      lane: toCustomerLane,
      task: {
        kind: "notice",
        notice,
        private: { wording },
        ...(answerTo === undefined ? {} : { answerTo }),
      },
    });

  if (!known) tasks.push(toTeam({ kind: "card" }));
  if (!known || isStart) tellCustomer({ text: "welcome" });
  if (known?.blockedSinceMs !== undefined) tellTeam({ text: "unblocked" });
  if (source !== undefined && source !== known?.source) tellTeam({ text: "source", source });
  if (treatmentOf(content) === "explain") {
    const why = { because: "kind", content } as const;
    tellCustomer({ text: "undeliverable", why }, message.message_id);
  } else if (!isStart) {
    tasks.push(toTeam({
      kind: "relay",
      from: { chatId: message.chat.id, messageId: message.message_id },
      content,
      author: { kind: "customer" },
      ...answering(message),
    }));
  }

  const conversation = known ?? openConversation(customer, nowMs, source);
  const { blockedSinceMs, ...reachable } = conversation;
  const isChanged = !known || blockedSinceMs !== undefined ||
    !hasSameName(known.customer, customer);
  return {
    tasks,
    ...(isChanged ? { conversations: [{ ...reachable, customer }] } : {}),
    ...(blockedSinceMs === undefined
      ? {}
      : { wake: [{ lane: toCustomerLane, because: "customer" }] }),
  };
}

/**
 * A comment in a customer's thread: to the customer, unless it is a command, an internal note, or
 * says nothing to them. Whether its author is of the team is asked when the job is worked.
 */
export function onComment(message: Message, customerId: number, desk: Desk): Change {
  const content = contentOf(message);
  const author = authorOf(message, desk);
  if (author.kind === "stranger" || treatmentOf(content) === "silent") return {};
  if (isNote(message) || isCommand(message)) return {};
  return {
    tasks: [{
      lane: laneOf(desk, customerId, "to-customer"),
      task: {
        kind: "relay",
        from: { chatId: message.chat.id, messageId: message.message_id },
        content,
        author,
        ...answering(message),
      },
    }],
  };
}

/** The customer has blocked the bot, or come back. The thread is told once of each. */
export function onBlocked(
  known: Conversation,
  isBlocked: boolean,
  { desk, nowMs }: { desk: Desk; nowMs: number },
): Change {
  const { blockedSinceMs, ...reachable } = known;
  if (isBlocked === (blockedSinceMs !== undefined)) return {};
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

/**
 * What tells the sender's side that a job was given up: one line, as an answer to the message that
 * was not delivered. Tasks that carry nobody's message are given up in the log alone.
 */
export function onGivenUp(job: Job, why: Undeliverable): Change {
  const { task, lane } = job;
  if (task.kind !== "relay") return {};
  return {
    tasks: [{
      lane: otherLane(lane),
      task: {
        kind: "notice",
        notice: { text: "undeliverable", why },
        answerTo: task.from.messageId,
      },
    }],
  };
}

/** Whether a message is a bot command: any, or the one named. */
export function isCommand(message: Message, name?: string): boolean {
  const first = message.entities?.[0];
  if (first?.type !== "bot_command" || first.offset !== 0) return false;
  const command = message.text?.slice(1, first.length).split("@")[0];
  return name === undefined || command === name;
}

/** Comments that start with `#` are internal notes of the team. */
function isNote(message: Message): boolean {
  return (message.text ?? message.caption ?? "").startsWith("#");
}

function answering(message: Message): { answerTo?: number } {
  const answered = message.reply_to_message;
  return answered && !answered.is_automatic_forward ? { answerTo: answered.message_id } : {};
}
