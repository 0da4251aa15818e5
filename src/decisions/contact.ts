/** What a message of a customer's is: to the bot itself, and to their conversation. */
import { type CommandName, ruleOf, wordsAfterCommand } from "../commands/command.ts";
import {
  type Conversation,
  type Customer,
  isBareStart,
  sourceOfStart,
} from "../conversation/conversation.ts";
import type { Visit } from "../conversation/visit.ts";
import type { MessageFacts } from "../message/facts.ts";
import { defined } from "../values/defined.ts";
import type { Circumstances } from "./circumstances.ts";
import { isWrittenSince } from "./former.ts";
import { deskAskedFor } from "./routing.ts";

/** What a message is to its customer's conversation. */
export interface Contact {
  message: MessageFacts;
  customer: Customer;
  known: Conversation | null;
  /** What they have read, who have written nothing yet. */
  visit: Visit | null;
  /** It was to go on at another desk, and goes on here. */
  isMovedBack: boolean;
  isStart: boolean;
  /** The team sees it: it is not just what a button or a link sends. */
  isShown: boolean;
  /** The conversation had come to its end, and goes on. */
  isReopened: boolean;
  /** They had blocked the bot, and write again. */
  isBack: boolean;
  /** By which link they come, if it is not the one they are known by. */
  newSource?: string;
  /** The desk whose link they come by, while a conversation is open here. */
  askedDesk?: string;
  /** What it asks if they are of the team: who is no customer yet may be. */
  asks?: CommandName;
}

/** Sees what a message is, by what is known of who has written it. */
export function contactOf(
  message: MessageFacts,
  customer: Customer,
  { known, visit, isMovedBack }: Pick<Contact, "known" | "visit" | "isMovedBack">,
  { desk, desks, isAlone, nowMs }: Pick<Circumstances, "desk" | "desks" | "isAlone" | "nowMs">,
): Contact {
  const name = privateCommandIn(message);
  const isStart = name === "start";
  const isShown = !isStart || !isBareStart(writtenText(message));
  const text = isStart ? writtenText(message) : undefined;
  const asked = deskAskedFor(text, { desks, isAlone });
  const isElsewhere = asked !== null && asked.desk.channelId !== desk.channelId;
  // A link of another desk's moves nothing while a conversation is open.
  const given = asked
    ? isElsewhere ? undefined : asked.source
    : text === undefined
    ? undefined
    : sourceOfStart(text);
  const source = given ?? visit?.source;
  const { blockedSinceMs } = known ?? {};
  return {
    message,
    customer,
    known,
    visit,
    isMovedBack,
    isStart,
    isShown,
    isReopened: known?.status === "closed" && isShown,
    isBack: blockedSinceMs !== undefined && isWrittenSince(blockedSinceMs, message, nowMs),
    ...defined({
      newSource: source === known?.source ? undefined : source,
      askedDesk: known && isElsewhere ? asked.desk.name : undefined,
      asks: isStart ? undefined : name,
    }),
  };
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
export function privateCommandIn(message: MessageFacts): CommandName | undefined {
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
export type AnsweredByBot = "privacy" | "help" | "terms";

/** Whether a command is one that the bot answers by itself. */
export function isAnsweredByBot(name: CommandName | undefined): name is AnsweredByBot {
  return name === "privacy" || name === "help" || name === "terms";
}
