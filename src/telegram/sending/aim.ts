/** Where what somebody wrote goes, and as an answer to what. */
import type { ReplyParameters } from "grammy/types";
import { classify, isOut } from "../classify.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { signatureLine } from "../../message/signature.ts";
import type { Quote } from "../../message/snapshot.ts";
import type { Writer } from "../../jobs/writer.ts";
import type { Membership } from "../../desk/team.ts";
import { defined } from "../../values/defined.ts";
import { slice } from "../../words/formatted.ts";
import type { Answer } from "../api.ts";
import { lookAt, rootGone, strayed } from "./astray.ts";
import type { Delivery } from "./delivery.ts";
import { doubt } from "./doubt.ts";
import { failed, park, unasked, untilLookedAt, UNWRITTEN } from "./failures.ts";
import { deadThread, reachThread } from "./thread.ts";

/** Where a task's call goes, and as an answer to what. */
export interface Aim {
  chatId: number;
  /** As an answer to the message it should answer; absent: to none. */
  answer?: ReplyParameters;
  /** If that message is gone: to the root of the thread; absent: to none. */
  plain?: ReplyParameters;
  /** What was learned about the writer on the way. */
  memberships: Membership[];
}

/** Whether taking aim ended in an outcome. */
export function isOutcome(aim: Aim | Outcome): aim is Outcome {
  return "kind" in aim;
}

/**
 * Takes aim for something `writer` wrote, as an answer to the counterpart of `answerTo` in their
 * chat. An outcome instead: it cannot go now, or nothing is owed.
 */
export async function takeAim(
  delivery: Delivery,
  writer: Writer,
  { fromChatId, answerTo, quote }: { fromChatId: number; answerTo?: number; quote?: Quote },
): Promise<Aim | Outcome> {
  const { read, customerId, isToTeam } = delivery;
  const ready = isToTeam ? await aimAtThread(delivery) : await aimAtCustomer(delivery, writer);
  if (isOutcome(ready)) return ready;
  const conversation = await read.conversation(customerId);
  // What was written before the ban is not shown either.
  if (writer.kind === "customer" && conversation?.status === "banned") return { kind: "sent" };
  const answered = await counterpartOf(delivery, fromChatId, answerTo);
  if (answered === null) return ready.plain ? { ...ready, answer: ready.plain } : ready;
  const stop = await lookForRoot(delivery, ready);
  if (stop) return stop;
  const quoted = quote && await asItStands(delivery, quote, { fromChatId, answerTo: answerTo! });
  const quoting = quoted
    ? {
      quote: quoted.text,
      quote_position: quoted.position,
      ...defined({ quote_entities: quoted.entities }),
    }
    : {};
  return { ...ready, answer: { message_id: answered, ...quoting } };
}

/**
 * A quote as it stands in the counterpart of what it is taken from: an answer's signature is before
 * its copy alone. `undefined`: nothing else is quoted.
 */
async function asItStands(
  { read }: Delivery,
  quote: Quote,
  { fromChatId, answerTo }: { fromChatId: number; answerTo: number },
): Promise<Quote | undefined> {
  const here = { chatId: fromChatId, messageId: answerTo };
  const link = await read.counterpart(here);
  const signedHere = link?.shows?.signedAs;
  if (signedHere !== undefined) return movedBy(quote, signatureLine(signedHere).text.length);
  const original = link && !link.shows ? await read.counterpart(link.there) : null;
  const signedAs = original?.shows?.signedAs;
  const isOfFirst = original?.there.chatId === fromChatId && original.there.messageId === answerTo;
  return signedAs === undefined || !isOfFirst
    ? quote
    : movedBy(quote, -signatureLine(signedAs).text.length);
}

/** A quote from so many units further on; what would be before the beginning is left out. */
function movedBy({ text, entities = [], position }: Quote, by: number): Quote | undefined {
  const left = Math.max(0, -by - position);
  const rest = slice({ text, entities }, left, text.length);
  if (rest.text.trim() === "") return undefined;
  const isFormatted = rest.entities.length > 0;
  return {
    text: rest.text,
    position: position + left + by,
    ...(isFormatted ? { entities: rest.entities } : {}),
  };
}

/**
 * Calls with the answer it aims at; if Telegram refuses the quote, without it; if the answered
 * message is gone, as it aims otherwise. What went astray goes to the root at once, if that is there.
 */
export async function attempt<T>(
  delivery: Delivery,
  { chatId, answer, plain }: Aim,
  call: (extra: { reply_parameters?: ReplyParameters }) => Promise<T>,
): Promise<Answer<T>> {
  const { wentAstray } = delivery.job;
  const gone = wentAstray && await rootGone(delivery);
  if (gone) return { failure: gone };
  const tries = wentAstray ? [plain] : waysOf(answer, plain);
  let last: Answer<T> | undefined;
  for (const parameters of tries) {
    last = await delivery.call(() => call(parameters ? { reply_parameters: parameters } : {}));
    if (!last.failure) {
      const isToRoot = parameters?.message_id === plain?.message_id;
      const failure = await strayed(delivery, last.result, isToRoot);
      if (!failure) {
        delivery.went(chatId);
        return last;
      }
      last = { failure };
      if (failure === UNWRITTEN) return last;
    }
    const { kind } = classify(last.failure);
    if (kind !== "no quote" && kind !== "no answered message") return last;
  }
  return last!;
}

/** As an answer to what a call is tried, one after another. */
function waysOf(
  answer: ReplyParameters | undefined,
  plain: ReplyParameters | undefined,
): (ReplyParameters | undefined)[] {
  const ways = [answer];
  if (answer?.quote !== undefined) ways.push({ message_id: answer.message_id! });
  if (answer?.message_id !== plain?.message_id) ways.push(plain);
  return ways;
}

async function aimAtThread(delivery: Delivery): Promise<Aim | Outcome> {
  const outcome = await reachThread(delivery);
  if (outcome) return outcome;
  return { chatId: delivery.chatId, plain: { message_id: delivery.rootId! }, memberships: [] };
}

async function aimAtCustomer(delivery: Delivery, writer: Writer): Promise<Aim | Outcome> {
  const { read, job, customerId, chatId, served: { team } } = delivery;
  let memberships: Membership[] = [];
  // Who put it off was of the team when they did.
  const isPromised = "isLater" in job.task && job.task.isLater === true;
  if (writer.kind === "person" && !isPromised) {
    const member = await team.ask(writer.userId, read);
    if (member.failure) return unasked(delivery, member.failure);
    memberships = member.learned;
    if (member.doubt) return await doubt(delivery, writer.userId);
    delivery.isWriterClear = true;
    // Nothing is owed to a stranger.
    if (!member.isTeam) return { kind: "sent", decide: () => ({ asked: memberships }) };
  }
  const conversation = await read.conversation(customerId);
  // A ban calls off what waited for its time.
  if (isPromised && conversation?.status === "banned") return { kind: "sent" };
  if (conversation?.blockedSinceMs !== undefined) {
    return park(delivery, conversation.blockedSinceMs);
  }
  return { chatId, memberships };
}

/** The counterpart of a message of the writer's chat, in the chat this job goes to. */
async function counterpartOf(
  delivery: Delivery,
  chatId: number,
  messageId: number | undefined,
): Promise<number | null> {
  if (messageId === undefined) return null;
  const there = (await delivery.read.counterpart({ chatId, messageId }))?.there;
  // A link that leads anywhere else is of another conversation, or of a thread that is gone.
  if (there?.chatId !== delivery.chatId) return null;
  const isElsewhere = there.rootId !== undefined && delivery.rootId !== undefined &&
    there.rootId !== delivery.rootId;
  return isElsewhere ? null : there.messageId;
}

/** Telegram takes an answer to a comment even if the root is gone, but nobody would see it. */
async function lookForRoot(delivery: Delivery, { plain }: Aim): Promise<Outcome | null> {
  if (plain?.message_id === undefined) return null;
  const { failure } = await lookAt(delivery, delivery.chatId, plain.message_id);
  if (!failure) {
    delivery.options.roots.see({ chatId: delivery.chatId, messageId: plain.message_id });
    return null;
  }
  const { kind } = classify(failure);
  if (kind === "no message") return deadThread(delivery);
  if (isOut(failure)) return untilLookedAt(delivery, failure);
  const isUnseen = kind === "pause" || kind === "passing";
  return isUnseen ? await failed(delivery, failure) : null;
}
